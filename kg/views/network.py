"""A picture as a pyvis ``Network``: nodes, lines and options exactly as vis-network takes them, all text plain."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pyvis.network import Network

from kg import wording
from kg.views.layout import positions
from kg.views.picture import Line, Node, Picture
from kg.views.style import KINDS, STATUSES, line_style, node_size
from kg.vocabulary import fact_type

_OPTIONS: Mapping[str, Any] = {
    "autoResize": True,
    "interaction": {"hover": True, "keyboard": False, "multiselect": False, "tooltipDelay": 250},
    "layout": {"improvedLayout": False},
    "physics": {"enabled": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3},
    "edges": {"arrowStrikethrough": False, "hoverWidth": 1.2, "selectionWidth": 1.8},
}

_DEAL_PULL = 1.0
_STATE_PULL = 0.4
_MINOR_WIDTH = 1.0


def network(picture: Picture) -> Network:
    """Return the pyvis network of a picture: physics off, every node that is seen at first at its computed place.

    Beside what vis-network knows, a node carries ``kind``, ``first`` and ``deals``, a line its ``fact``'s id, ``type``,
    ``status`` and ``caption``.
    """
    net = Network(directed=True)
    net.set_options(json.dumps(_OPTIONS))
    first = {node.identity.id: node for node in picture.nodes if node.first}
    points = positions(
        list(first),
        [(line.start, line.end, _pull(line)) for line in picture.lines if line.start in first and line.end in first],
        frozenset(key for key, node in first.items() if node.identity.type == "Place"),
    )
    most = max((node.deals for node in picture.nodes), default=0)
    for node in picture.nodes:
        net.add_node(node.identity.id, **_node_options(node, most, points.get(node.identity.id)))
    for number, line in enumerate(picture.lines):
        net.add_edge(line.start, line.end, id=f"line-{number}", **_line_options(line))
    return net


def _pull(line: Line) -> float:
    return _DEAL_PULL if fact_type(line.fact.type).is_deal else _STATE_PULL


def _node_options(node: Node, most: int, point: tuple[int, int] | None) -> dict[str, Any]:
    kind = KINDS[node.identity.type]
    options: dict[str, Any] = {
        "label": node.identity.name,
        "shape": kind.shape,
        "color": kind.light,
        "size": node_size(node.deals, most),
        "kind": node.identity.type,
        "first": node.first,
        "deals": node.deals,
    }
    return options if point is None else options | {"x": point[0], "y": point[1]}


def _line_options(line: Line) -> dict[str, Any]:
    style, status = line_style(line.fact.type), STATUSES[line.fact.status]
    return {
        "color": {"color": style.light, "opacity": status.opacity, "inherit": False},
        "width": _MINOR_WIDTH if line.minor else style.width,
        "dashes": list(status.dashes) if status.dashes else False,
        "arrows": {"to": {"enabled": line.arrow, "scaleFactor": 0.55}},
        "smooth": _curve(line.bend),
        "caption": _caption(line),
        "fact": line.fact.id,
        "type": line.fact.type,
        "status": line.fact.status,
    }


def _curve(bend: float) -> dict[str, Any]:
    if bend == 0:
        return {"enabled": False}
    turn = "curvedCCW" if bend > 0 else "curvedCW"
    return {"enabled": True, "type": turn, "roundness": round(min(0.8, 0.22 * abs(bend)), 3)}


def _caption(line: Line) -> str:
    """The few words that stand on a line: its type (or a role's title), with the amount when there is one."""
    fact = line.fact
    if line.minor:
        return line.minor
    name = fact.title or fact_type(fact.type).label
    return f"{name}, {wording.money(fact.amount)}" if fact.amount else name
