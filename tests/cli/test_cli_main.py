"""The front door: help for everything without heavy libraries, one sentence and status 2 for every mistake."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from command_line import run

from kg import cli
from kg.errors import KgError
from kg.version import version

GROUP = typer.main.get_command(cli.app)
COMMANDS = sorted(GROUP.commands)
HEAVY = ("spacy", "pyvis", "rdflib", "pyshacl", "networkx", "trafilatura", "pyoxigraph")


def test_the_commands() -> None:
    assert " ".join(COMMANDS) == (
        "annotate build check companies deals demo documents evaluate export extract forget query "
        "render schema show train"
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = GROUP.commands[name]
    assert command.help
    for parameter in command.params:
        if parameter.name != "help":
            assert getattr(parameter, "help", None), f"kg {name}: {parameter.name} has no help"
    assert f"kg {name}" in run(capsys, name, "--help").out


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_help_names_every_command(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, *arguments)
    assert answer.status == 0
    assert all(name in answer.out for name in COMMANDS)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version") == (0, f"kg {version()}\n", "")


def loaded_by(arguments: list[str]) -> list[str]:
    """The heavy libraries that a command has loaded by its end."""
    code = (
        "import sys\nfrom kg.cli import main\n"
        f"try: main({arguments!r})\nexcept SystemExit as end: assert not end.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return ast.literal_eval(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["query", "--help"]])
def test_help_loads_no_heavy_library(arguments: list[str]) -> None:
    assert loaded_by(arguments) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["deals"],
        ["deals", "--format", "csv"],
        ["companies", "--format", "csv"],
        ["documents"],
        ["show", "Norvik Marine"],
        ["query", "ASK {}"],
    ],
)
def test_asking_loads_nothing_that_reads_or_draws(arguments: list[str], store: str) -> None:
    assert set(loaded_by([*arguments, "--store", store])) <= {"pyoxigraph"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["frobnicate"], "No such command 'frobnicate'"),
        (["build"], "Missing argument 'SOURCE...'"),
        (["deals", "--nonsense"], "No such option"),
        (["extract", "x.txt", "--format", "yaml"], "Invalid value for '--format'"),
        (["query"], "exactly one of a query"),
        (["query", "ASK {}", "--saved", "x"], "exactly one of a query"),
        (["query", "ASK {}", "--set", "a=b"], "name one with --saved"),
        (["deals", "--store", "nowhere"], "nowhere"),
        (["show", "Nobody", "--store", "nowhere"], "nowhere"),
        (["build", "missing.txt"], "missing.txt"),
        (["extract", "missing.txt"], "missing.txt"),
        (["extract", "missing.txt", "--output", "out", "--format", "jsonl"], "--output writes JSON files"),
        (["extract", "missing.txt", "--published", "yesterday"], "yesterday"),
        (["extract", "missing.txt", "--model", "no_such_model"], "no_such_model"),
    ],
)
def test_mistakes_are_one_sentence(
    arguments: list[str],
    words: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = run(capsys, *arguments)
    assert answer.status == 2
    assert answer.out == ""
    assert words in answer.err
    assert answer.err.count("\n") == 1
    assert answer.err.startswith("kg: ")


def test_any_error_of_the_tree_gives_status_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise KgError("something was \x1b[31mwrong; mend it")

    monkeypatch.setattr(cli, "app", fail)
    assert run(capsys, "deals") == (2, "", "kg: something was wrong; mend it\n")


def test_interrupt_gives_status_130(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "app", interrupt)
    assert run(capsys, "deals").status == 130


def test_a_closed_pipe_is_silent() -> None:
    command = [sys.executable, "-c", "from kg.cli import main; main()", "schema"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() != 0
