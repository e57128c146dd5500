"""``kg train``: weights of the user's own for the learned extractor, from gold articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import wording
from kg.cli import output
from kg.errors import ModelError, SourceError
from kg.learning.schedule import Schedule

if TYPE_CHECKING:
    from kg.learning.recipe import Material

_USUAL = Schedule()


def train(
    gold: Annotated[
        list[Path],
        typer.Argument(metavar="GOLD_DIR...", help="Folders of gold files, as `kg annotate` writes them."),
    ],
    out: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="Folder for the weights; name it later with --weights."),
    ],
    annotations: Annotated[
        Path | None,
        typer.Option("--annotations", metavar="FILE", help="Annotations of news articles that stand in --news."),
    ] = None,
    news: Annotated[
        Path | None,
        typer.Option("--news", metavar="DIR", help="Folder of SOURCE.jsonl.gz files with the annotated articles."),
    ] = None,
    core: Annotated[
        Path | None,
        typer.Option("--core", metavar="FILE", help="Sentences of the CORE data set (train.json), to learn from too."),
    ] = None,
    names: Annotated[
        bool, typer.Option("--names", help="Train the recognizer of names too; it takes some hundred articles.")
    ] = False,
    epochs: Annotated[int, typer.Option("--epochs", min=1, help="Passes over the articles.")] = _USUAL.epochs,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same weights.")] = _USUAL.seed,
) -> None:
    """Train the learned extractor on gold articles (needs `pip install 'corporate-kg[train]'`).

    One article in six is kept aside: by these the network is weighed against the rules, and the confidence is chosen
    from which on facts are listed. A training that is interrupted goes on when the same command is given again.
    """
    if (annotations is None) != (news is None):
        raise SourceError("--annotations", "goes together with --news, the folder of the articles; name both")
    try:
        from kg.learning.recipe import learn
    except ModuleNotFoundError as error:
        raise ModelError(
            f"training needs the package {error.name}; install all that it needs with pip install 'corporate-kg[train]'"
        ) from None
    material = _material(gold, annotations, news, core)
    card = learn(material, out, Schedule(epochs=epochs, seed=seed), output.say, names=names)
    balance = card["balance"]["default"]
    judged = sum(card["held_out"].values())
    output.say(
        f"weights written to {out}; deals are listed from confidence {balance['least_deal']:g} on, states from "
        f"{balance['least_state']:g}, as was best on {wording.count(judged, 'article')} kept aside"
    )


def _material(gold: list[Path], annotations: Path | None, news: Path | None, core: Path | None) -> Material:
    from kg.learning.corpus import annotated_news, core_sentences, gold_folder
    from kg.learning.recipe import Material

    texts = [text for folder in gold for text in gold_folder(folder)]
    fresh = annotated_news(annotations, news) if annotations is not None and news is not None else []
    return Material(texts, fresh, core_sentences(core) if core is not None else [])
