"""Options and arguments that several commands share, with their help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="Text, Markdown or HTML files, folders or globs of them, http(s) URLs, or - for standard input.",
        show_default=False,
    ),
]
Store = Annotated[
    Path,
    typer.Option("--store", envvar="KG_STORE", metavar="DIR", help="Folder that holds the graph's store."),
]
Published = Annotated[
    str | None,
    typer.Option(
        "--published",
        metavar="DATE",
        help="When the documents were published (2015, 2015-03 or 2015-03-12), whatever they say themselves.",
    ),
]
Model = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="Installed spaCy model to read with, instead of the usual one."),
]
DEFAULT_STORE = Path("kg-store")
