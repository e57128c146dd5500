"""What the command line prints: tables and messages for people, data for programs.

Names, titles and quotes come from documents and are hostile until ``clean`` has taken escape sequences, control
characters and direction overrides out of them: nothing else in this package writes to a terminal.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal

ListFormat = Literal["table", "json", "jsonl", "csv"]

_CONTROL_SEQUENCE = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?")
_CONTROL_STRING = re.compile(r"(?:\x1b[\]P_^X]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?")
_OTHER_ESCAPE = re.compile(r"\x1b.?")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WIDTH_OF_A_PIPE = 240
_LONGEST_QUOTE = 160


def clean(text: str, *, lines: bool = False) -> str:
    """Return the text as a terminal may safely show it: on one line, or with its own line breaks when ``lines``."""
    for pattern in (_CONTROL_STRING, _CONTROL_SEQUENCE, _OTHER_ESCAPE, _UNPRINTABLE):
        text = pattern.sub("", text)
    text = _SURROGATE.sub("\ufffd", text)
    return text if lines else " ".join(text.split())


def shortened(text: str, length: int = _LONGEST_QUOTE) -> str:
    """Return the text on one line, cut at a word with an ellipsis when it is longer than ``length`` characters."""
    line = clean(text)
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"


def say(message: str) -> None:
    """Tell the person something on standard error, which leaves standard output to the data."""
    print(clean(message), file=sys.stderr, flush=True)


def complain(problem: object) -> None:
    """Report a problem on standard error as one sentence that begins with the name of the command."""
    say(f"kg: {problem}")


def data(text: str) -> None:
    """Write data to standard output: unchanged to a file or pipe, cleaned when a person looks on."""
    sys.stdout.write(clean(text, lines=True) if sys.stdout.isatty() else text)
    if not text.endswith("\n"):
        sys.stdout.write("\n")


def line(text: str = "") -> None:
    """Write one line for people to standard output."""
    sys.stdout.write(clean(text) + "\n")


def item(text: str, depth: int = 1) -> None:
    """Write an item of an indented list for people, wrapped to the terminal's width."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH_OF_A_PIPE
    indent = "  " * depth
    filled = textwrap.fill(
        clean(text), max(width, 40), initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False
    )
    sys.stdout.write(filled + "\n")


def as_json(value: Any) -> str:
    """Return a value as indented JSON in UTF-8, keys in their given order."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table for people; cells are text, never markup."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    drawn = Table(header_style="bold", box=SIMPLE_HEAD, collapse_padding=True)
    for column in columns:
        drawn.add_column(Text(column), overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(clean(cell)) for cell in row))
    console = _console()
    with console.capture() as captured:
        console.print(drawn)
    sys.stdout.write("\n".join(row.rstrip() for row in captured.get().strip("\n").split("\n")).strip("\n") + "\n")


def listing(
    format: ListFormat,  # noqa: A002 - the option's name
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    records: Iterable[Mapping[str, Any]],
) -> None:
    """Print the same list as a table (``columns`` and ``rows``) or as data (``records``), as the format asks."""
    if format == "table":
        table(columns, rows)
    elif format == "json":
        data(as_json(list(records)))
    elif format == "jsonl":
        for record in records:
            data(json.dumps(record, ensure_ascii=False))
    else:
        from kg.export.tables import csv_row

        data(b"".join(map(csv_row, (columns, *rows))).decode("utf-8"))


def _console() -> Any:
    from rich.console import Console

    # A pipe has no width: without one of its own rich would fold tables at 80 columns, and `grep` miss half a row.
    return Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else _WIDTH_OF_A_PIPE)


@contextmanager
def bar(total: int) -> Iterator[Callable[[], None]]:
    """Show a bar on standard error when a person looks on; what it gives is called after each document."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    progress = Progress(
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    with progress:
        task = progress.add_task("reading", total=total)
        yield lambda: progress.advance(task)
