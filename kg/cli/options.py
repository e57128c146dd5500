"""Options and arguments that several commands share, with their help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

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
PipelineName = Literal["default", "fast"]
Pipeline = Annotated[
    PipelineName | None,
    typer.Option(
        "--pipeline",
        help="Read with the learned model beside the rules (default), or quicker by rules alone (fast).",
        show_default=False,
    ),
]
Weights = Annotated[
    Path | None,
    typer.Option(
        "--weights",
        metavar="DIR",
        envvar="KG_WEIGHTS",
        help="Weights of your own, made by `kg train`, instead of those that kg comes with.",
        show_default=False,
    ),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        metavar="0..1",
        min=0.0,
        max=1.0,
        help="Leave out facts that are less sure than this: nearer to 1 fewer are wrong, nearer to 0 fewer are missed.",
        show_default=False,
    ),
]
ExtractorName = Annotated[
    Literal["kg", "llm"],
    typer.Option(
        "--extractor",
        help="Who reads: kg itself, offline; or llm, a language model of your own behind --llm-url.",
    ),
]
LlmUrl = Annotated[
    str | None,
    typer.Option(
        "--llm-url",
        metavar="URL",
        help="With --extractor llm: OpenAI-compatible address, such as http://127.0.0.1:8080/v1. The texts of the "
        "documents are sent there and nowhere else; without this option nothing leaves your machine. A key is taken "
        "from the environment variable KG_LLM_API_KEY, and never sent over plain http to another machine.",
    ),
]
LlmModel = Annotated[
    str | None,
    typer.Option("--llm-model", metavar="NAME", help="With --extractor llm: the model's name on that server."),
]
DEFAULT_STORE = Path("kg-store")
