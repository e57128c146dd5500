"""README cannot drift: it names every command, every command and snippet in it runs, and its links lead somewhere."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import app

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>\w+) -->\n)?^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)
_LINK = re.compile(r"\]\((?P<target>[^)#]+)\)")
_COMMANDS = sorted(command.name or command.callback.__name__ for command in app.registered_commands if command.callback)


def blocks() -> list[re.Match[str]]:
    """The fenced blocks, in order."""
    return list(_BLOCK.finditer(README))


def script() -> str:
    """All blocks after the set-up commands as one script for bash, which begins with the main job of set-up."""
    lines = ["set -euxo pipefail", "kg demo"]
    for block in blocks():
        if block["mark"] in ("run", "test"):
            continue
        lines.append(block["code"] if block["language"] == "bash" else f"python - <<'PYTHON'\n{block['code']}PYTHON\n")
    return "\n".join(lines)


def test_blocks_are_bash_or_python() -> None:
    assert {block["language"] for block in blocks()} == {"bash", "python"}
    assert README.count("```") == 2 * len(blocks())


@pytest.mark.parametrize("mark", ["run", "test"])
def test_set_up_is_two_commands(mark: str) -> None:
    (block,) = [block for block in blocks() if block["mark"] == mark]
    assert block["code"].count("\n") == 1


@pytest.mark.parametrize("command", _COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"\bkg {command}\b", README)


@pytest.mark.parametrize("target", sorted({match["target"] for match in _LINK.finditer(README)}))
def test_links_lead_to_files(target: str) -> None:
    assert target.startswith("https://") or (ROOT / target).exists()


def test_every_command_and_snippet_runs(tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    kg = tools / "kg"
    kg.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from kg.cli import main; main()" "$@"\n')
    kg.chmod(kg.stat().st_mode | stat.S_IXUSR)
    place = tmp_path / "place"
    place.mkdir()
    environment = {
        **{name: value for name, value in os.environ.items() if name != "KG_STORE"},
        "PATH": f"{tools}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    run = subprocess.run(
        ["bash", "-c", script()],
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert run.returncode == 0, run.stderr[-4000:]
    for file in ("kg-demo/deals.ttl", "kg-demo/deals.html", "extracted/toyota-uber.json", "graph.trig", "nvidia.html"):
        assert (place / file).stat().st_size > 0
