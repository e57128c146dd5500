"""The command ``kg``: parse, call, print. Every command is a thin room of its own; what it does lives on lower floors.

Heavy libraries (spaCy, rdflib, pyvis) are imported inside the commands that need them, so that help is there at once.
Results go to standard output, everything else to standard error; an error is one sentence and exit status 2.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from kg.cli import annotate, build, evaluate, export, extract, output, query, show, train
from kg.errors import KgError

BAD_INPUT = 2
INTERRUPTED = 130
BROKEN_PIPE = 1  # as typer has it for a pipe that closes while a command writes

app = typer.Typer(
    name="kg",
    help="Reads business news and says, with proof, who does business with whom.",
    epilog="Start with `kg demo`: it builds a graph from the example articles and says what to try next.",
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_COMMANDS = (
    ("Read", (build.demo, extract.extract, build.build, build.forget)),
    ("Ask", (query.query, show.show, show.deals, show.companies, show.documents)),
    ("Measure and teach", (annotate.annotate, evaluate.evaluate, train.train)),
    ("Take along", (export.export, export.render, export.check, extract.schema)),
)
for _panel, _functions in _COMMANDS:
    for _function in _functions:
        app.command(rich_help_panel=_panel)(_function)


def _print_version(wanted: bool) -> None:
    if wanted:
        from kg.version import version

        output.line(f"kg {version()}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line (by default on the process's arguments) and leave the process with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(_status(arguments))


def _status(arguments: Sequence[str] | None) -> int:
    try:
        status = app(args=arguments, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has left (`kg deals | head`); Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except (KeyboardInterrupt, typer.Abort):
        output.complain("stopped")
        return INTERRUPTED
    except KgError as error:
        output.complain(error)
        return BAD_INPUT
    except typer.TyperException as error:
        output.complain(f"{error.format_message().rstrip('.')}; `kg --help` lists commands and options.")
        return BAD_INPUT
    return status if isinstance(status, int) else 0
