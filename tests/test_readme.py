"""README cannot drift: it names every command, every command and snippet in it runs, and its links lead somewhere.

What needs more than a plain installation is marked in it. Commands under ``<!-- server -->`` ask a server of this test
in place of the one they name. Those under ``<!-- train -->`` run where the extra ``train`` is installed; everywhere a
test sees that without it they say what to install.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import typer.main
from chat_server import Reply, finds, serving
from test_floors import FLOORS, PACKAGE

from kg.cli import app

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [
    "README.md",
    "CHANGELOG.md",
    "training/README.md",
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")),
]
_BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>\w+) -->\n)?^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)
_LINK = re.compile(r"\]\((?P<target>[^)#]+)\)")
_COMMAND = re.compile(r"(?<![\w/.-])kg (?P<name>[a-z]+)\b(?P<rest>[^|;>&\n]*)")
_COMMANDS = sorted(command.name or command.callback.__name__ for command in app.registered_commands if command.callback)
_APART = ("run", "test", "server", "train")
_MINUTES = 15  # for all the commands of a test, on a busy machine

ANSWERS = "status in talks\nkeep\nrest\n"
"""What the reader says when ``kg annotate`` asks about the first article."""


def blocks(mark: str | None = None) -> list[re.Match[str]]:
    """The fenced blocks with this mark, in order; all of them for none."""
    return [block for block in _BLOCK.finditer(README) if mark is None or block["mark"] == mark]


def script() -> str:
    """All blocks that need nothing special as one script for bash, which begins with the main job of set-up."""
    lines = ["set -euxo pipefail", "kg demo"]
    for block in blocks():
        if block["mark"] not in _APART:
            python = f"python - <<'PYTHON'\n{block['code']}PYTHON\n"
            lines.append(block["code"] if block["language"] == "bash" else python)
    return "\n".join(lines)


def rows(page: str, heading: str) -> Iterator[list[str]]:
    """The cells of the table whose first heading is this one, a row at a time."""
    _, found, rest = page.partition(f"\n| {heading} |")
    assert found, f"there is no table {heading!r}"
    for line in rest.split("\n\n")[0].splitlines()[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def run(code: str, place: Path, answers: str = "", before: str = "") -> subprocess.CompletedProcess[str]:
    """Run a script of bash in a folder, with this checkout's ``kg``; ``before`` is Python that comes first in it."""
    tools = place.parent / "tools"
    tools.mkdir(exist_ok=True)
    kg = tools / "kg"
    kg.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{before}from kg.cli import main; main()" "$@"\n')
    kg.chmod(kg.stat().st_mode | stat.S_IXUSR)
    place.mkdir(exist_ok=True)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("KG_")},
        "PATH": f"{tools}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.run(
        ["bash", "-c", code],
        cwd=place,
        env=environment,
        input=answers,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60 * _MINUTES,
    )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the articles of ``kg demo`` where that leaves them."""
    shutil.copytree(PACKAGE / "examples", tmp_path / "place" / "kg-demo" / "articles", ignore=_no_code)
    return tmp_path / "place"


def _no_code(_: str, names: list[str]) -> list[str]:
    return [name for name in names if name.startswith("__")]


# -- what stands in it -------------------------------------------------------------------------------------------------


def test_blocks_are_bash_or_python() -> None:
    assert {block["language"] for block in blocks()} == {"bash", "python"}
    assert README.count("```") == 2 * len(blocks())
    assert {block["mark"] for block in blocks()} == {None, *_APART}


@pytest.mark.parametrize("mark", ["run", "test"])
def test_set_up_is_two_commands(mark: str) -> None:
    (block,) = blocks(mark)
    assert block["code"].count("\n") == 1


@pytest.mark.parametrize("command", _COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"\bkg {command}\b", README)


def links() -> list[tuple[str, str]]:
    """Each page with each target that it links to."""
    texts = {page: (ROOT / page).read_text(encoding="utf-8") for page in PAGES}
    return sorted({(page, match["target"]) for page, text in texts.items() for match in _LINK.finditer(text)})


@pytest.mark.parametrize(("page", "target"), links())
def test_links_lead_to_files(page: str, target: str) -> None:
    assert target.startswith("https://") or ((ROOT / page).parent / target).exists()


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_is_named_knows_its_options(page: str) -> None:
    known: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for name, rest in commands((ROOT / page).read_text(encoding="utf-8")):
        assert name in known, f"there is no command kg {name}"
        options = {option for each in known[name].params for option in (*each.opts, *each.secondary_opts)}
        said = set(re.findall(r"(?<=\s)--?[a-z][a-z-]*", rest))
        assert said <= {*options, "--help"}, f"kg {name}: {sorted(said - options)}"


def commands(page: str) -> Iterator[tuple[str, str]]:
    """The commands in a page's blocks and between backticks, each with what follows it."""
    code = [block["code"].replace("\\\n", " ") for block in _BLOCK.finditer(page)]
    code += [span.replace("\n", " ") for span in re.findall(r"`([^`]+)`", _BLOCK.sub("", page))]
    for each in code:
        for found in _COMMAND.finditer(re.sub(r"'[^']*'", "''", each)):
            yield found["name"], found["rest"]


def test_the_house_is_as_it_is_told() -> None:
    told = {room: int(floor) for floor, rooms_, _ in rows(README, "floor") for room in re.findall(r"`(\w+)`", rooms_)}
    assert told == {room: floor for floor, rooms_ in FLOORS.items() for room in rooms_ if room in told}
    assert {path.parent.name for path in PACKAGE.glob("*/__init__.py")} <= set(told)


def test_figures_are_those_that_are_held() -> None:
    held = json.loads((ROOT / "tests" / "quality" / "baseline.json").read_text(encoding="utf-8"))["floors"]["dev"]
    views = {"companies": "Company", "people": "Person"}
    for label, *cells in rows(README, "view"):
        view = label.split(" (")[0]
        expected = [f"{held[f'views {views.get(view, view)} {figure}']:.2f}" for figure in ("p", "r", "f1")]
        assert cells[:3] == expected, f"{label} of the default pipeline"
    for label, *cells in rows(README, "on deals that are right"):
        attribute = label.removesuffix(" right")
        assert cells[0] == f"{held[f'attributes {attribute} accuracy']:.2f}", f"{label} with the default pipeline"


@pytest.mark.parametrize("page", PAGES)
def test_no_figure_is_left_open(page: str) -> None:
    assert not re.findall(r"^\|.*\| \? \|.*$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)


def test_the_annotations_are_as_many_as_are_told() -> None:
    page = (ROOT / "training" / "README.md").read_text(encoding="utf-8")
    lines = (ROOT / "training" / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    for source, _, *counts in rows(page, "source"):
        mine = [each for each in articles if source == "all" or each["source"] == source.strip("`")]
        held = [len(mine), *(sum(len(each[part]) for each in mine) for part in ("entities", "facts", "unscored"))]
        assert counts == [f"{count:,}" for count in held], source
    assert {source.strip("`") for source, *_ in rows(page, "source")} == {"all", *(each["source"] for each in articles)}


# -- what it says can be done ------------------------------------------------------------------------------------------


def test_every_command_and_snippet_runs(tmp_path: Path) -> None:
    place = tmp_path / "place"
    done = run(script(), place, ANSWERS)
    assert done.returncode == 0, done.stderr[-4000:]
    for file in ("kg-demo/deals.ttl", "kg-demo/deals.html", "extracted/toyota-uber.json", "graph.trig", "nvidia.html"):
        assert (place / file).stat().st_size > 0
    first = json.loads((place / "my-gold" / "001.json").read_text(encoding="utf-8"))
    assert first["facts"][0]["status"] == "in_talks"
    judged = json.loads((place / "figures.json").read_text(encoding="utf-8"))
    assert judged["attributes"]["status"]["accuracy"] < 1  # for what was corrected is not extracted so


def test_a_language_model_reads(place: Path) -> None:
    (block,) = blocks("server")
    assert set(re.findall(r"https?://\S+", block["code"])) == {"http://127.0.0.1:8080/v1"}
    with serving(_reader) as server:
        done = run("set -euo pipefail\n" + block["code"].replace("http://127.0.0.1:8080/v1", server.url), place)
    assert done.returncode == 0, done.stderr[-4000:]
    assert re.search(r"Joint venture +announced +Sony Group and Honda Motor", done.stdout)
    assert {body["model"] for body in server.asked} == {"my-model"}
    assert len(server.asked) >= 1 + len(_documents(place))
    assert (place / "llm-store").is_dir()


def _documents(place: Path) -> list[Path]:
    return [path for path in (place / "kg-demo" / "articles").iterdir() if path.suffix != ".json"]


def _reader(body: dict[str, Any]) -> Reply:
    """A model that knows of one deal."""
    words = "Sony Group and Honda Motor signed an agreement on Thursday to set up a joint venture"
    if words not in body["messages"][1]["content"]:
        return finds([], [])
    names = ["Sony Group", "Honda Motor"]
    deal = {
        "type": "JointVenture",
        "roles": {"partner": names, "vehicle": []},
        "status": "announced",
        "evidence": words,
        "amount": None,
        "stake": None,
        "date": None,
        "confidence": 0.9,
    }
    return finds([{"name": name, "type": "Company", "aliases": []} for name in names], [deal])


def test_training_without_the_extra_says_what_to_install(place: Path) -> None:
    (block,) = blocks("train")
    done = run(block["code"].splitlines()[0], place, before="import sys; sys.modules['torch'] = None; ")
    assert done.returncode == 2
    assert "corporate-kg[train]" in done.stderr
    assert "corporate-kg[train]" in README


def needed_by(extra: str) -> Sequence[str]:
    """The packages that an extra of the project asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [re.split(r"[<>=\[;! ]", each)[0] for each in project["optional-dependencies"][extra]]


def test_training_with_the_extra(place: Path) -> None:
    for package in needed_by("train"):
        try:
            metadata.distribution(package)
        except metadata.PackageNotFoundError:
            pytest.skip(f"needs the extra 'train' ({package} is not installed)")
    (block,) = blocks("train")
    (gold,) = [line for found in blocks() for line in found["code"].splitlines() if "--no-edit" in line]
    done = run(f"set -euxo pipefail\n{gold}\n{block['code']}", place)
    assert done.returncode == 0, done.stderr[-4000:]
    assert (place / "my-weights" / "model.json").stat().st_size > 0
