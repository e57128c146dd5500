"""A graph as one self-contained interactive page: pyvis' network, our own template, and no address outside the file.

vis-network comes from the installed pyvis package and is written into the page. A Content-Security-Policy lets exactly
the scripts and the style of the page run, by their hashes, and lets nothing be loaded.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from kg import wording
from kg.export.files import write_whole
from kg.views import cards
from kg.views.content import Content, gather
from kg.views.escape import html_text, script_json
from kg.views.network import network
from kg.views.picture import Picture, draw
from kg.views.style import KINDS, STATUSES, line_style
from kg.vocabulary import FACT_TYPES, FactType

if TYPE_CHECKING:
    from kg.graph import Graph

_SCRIPTS = ("data.js", "picture.js", "labels.js", "panel.js", "legend.js", "search.js", "main.js")
_DEFAULT_TITLE = "Who does business with whom"
_FRAME_HEIGHT = 640


@dataclass(frozen=True)
class Page:
    """A page that can be written to a file or shown in a notebook."""

    html: str

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the page to a file, whole or not at all; raises ``ExportError`` when that cannot be done."""
        write_whole(Path(path), [self.html.encode("utf-8")])

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{html_text(self.html)}" width="100%" height="{_FRAME_HEIGHT}" title="Graph"'
            ' sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" frameborder="0"></iframe>'
        )


def page(graph: Graph, *, title: str | None = None, company: str | None = None) -> Page:
    """Return the page of a graph, or of what it knows around one company; a notebook shows it in place.

    Raises ``UnknownNameError`` when the graph holds no such company.
    """
    return build(gather(graph, company), title or company or _DEFAULT_TITLE)


def build(content: Content, title: str) -> Page:
    """Return the page of some content; the same content gives the same bytes."""
    scripts = [_vis_network(), _own_script()]
    style = _asset("page.css")
    return Page(
        Template(_asset("page.html")).substitute(
            policy=_policy(scripts, style),
            title=html_text(title),
            style=style,
            data=script_json(_data(content, draw(content))),
            scripts="\n".join(f"<script>{script}</script>" for script in scripts),
        )
    )


def _data(content: Content, picture: Picture) -> dict[str, object]:
    """All that the page's scripts read."""
    drawn = network(picture)
    return {
        "names": [cards.name_card(node.identity) for node in picture.nodes],
        "facts": cards.fact_cards(content),
        "sources": [cards.source_card(source) for source in content.sources],
        "network": {"nodes": drawn.nodes, "edges": drawn.edges, "options": drawn.options},
        "crowded": picture.crowded,
        "kinds": [asdict(style) | {"name": name} for name, style in KINDS.items()],
        "types": [
            asdict(line_style(name))
            | {"name": name, "label": wording.type_name(name), "deal": type_.is_deal, "arrow": _has_arrow(type_)}
            for name, type_ in FACT_TYPES.items()
        ],
        "statuses": [asdict(style) | {"name": name} for name, style in STATUSES.items()],
    }


def _has_arrow(type_: FactType) -> bool:
    return not any(rule.symmetric for rule in type_.edges)


def _policy(scripts: Sequence[str], style: str) -> str:
    """The Content-Security-Policy under which the page's own scripts and style run, and nothing else."""
    hashes = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


@cache
def _asset(name: str) -> str:
    return (files("kg.views") / "assets" / name).read_text(encoding="utf-8")


def _own_script() -> str:
    """The page's own scripts as one, in a scope of its own."""
    return '(() => {\n"use strict";\n' + "\n".join(_asset(name) for name in _SCRIPTS) + "})();\n"


@cache
def _vis_network() -> str:
    """The script of vis-network as the installed pyvis carries it, in its newest version there."""
    found = sorted(
        (_version(folder.name), folder)
        for folder in (files("pyvis") / "lib").iterdir()
        if folder.name.startswith("vis-") and (folder / "vis-network.min.js").is_file()
    )
    script = (found[-1][1] / "vis-network.min.js").read_text(encoding="utf-8")
    # A carriage return would be read as a line feed by the browser and so change the hash.
    return script.replace("\r\n", "\n").replace("</script", "<\\/script")


def _version(folder: str) -> tuple[int, ...]:
    return tuple(int(part) for part in folder.removeprefix("vis-").split(".") if part.isdigit())
