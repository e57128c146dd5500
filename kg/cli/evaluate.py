"""``kg evaluate``: how far what is extracted agrees with what careful readers noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg import wording
from kg.cli import options, output
from kg.cli.extractors import Choice
from kg.cli.interrupt import patience
from kg.errors import ModelError, SourceError

if TYPE_CHECKING:
    from kg.evaluation import Evaluation, Figures, GoldFile
    from kg.evaluation.calibration import Calibration
    from kg.evaluation.scores import Score

EvaluationFormat = Literal["text", "json"]
_ERRORS_SHOWN = 10
_VIEWS = {"Company": "companies", "Person": "people", "deals": "deals", "pairs": "pairs", "states": "states"}
_FIGURES = ("Precision", "Recall", "F1", "Right", "Guessed", "Gold")


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD_DIR", help="Folder of gold files NNN.json beside their articles NNN.txt."),
    ],
    predicted: Annotated[
        Path | None,
        typer.Option(
            "--predicted",
            metavar="DIR",
            help="Judge the files that `kg extract --output DIR` wrote, instead of extracting now.",
        ),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        EvaluationFormat, typer.Option("--format", help="text for people; json for programs.")
    ] = "text",
    errors: Annotated[
        int | None,
        typer.Option(
            "--errors",
            metavar="N",
            min=0,
            help="List at most so many errors, the worst first (text: 10, json: all, unless told).",
            show_default=False,
        ),
    ] = None,
    model: options.Model = None,
    pipeline: options.Pipeline = None,
    min_confidence: options.MinConfidence = None,
    extractor: options.ExtractorName = "kg",
    llm_url: options.LlmUrl = None,
    llm_model: options.LlmModel = None,
    weights: options.Weights = None,
) -> None:
    """Compare extracted facts with gold annotations: precision, recall, F1, calibration, speed, and the errors."""
    from kg.evaluation import read_gold_folder

    articles = read_gold_folder(gold)
    choice = Choice(extractor, model, pipeline, min_confidence, llm_url, llm_model, weights)
    problems: list[SourceError] = []
    if predicted is None:
        found = _judge_extractor(articles, choice, problems)
    elif choice == Choice():
        found = _judge_files(articles, predicted)
    else:
        raise ModelError("--predicted judges files, for which nothing is extracted: leave the extractor's options out.")
    if format == "json":
        output.data(output.as_json(found.to_json(errors)))
    else:
        _print(found, _ERRORS_SHOWN if errors is None else errors)
    if problems:
        raise typer.Exit(2)


def _judge_files(articles: Sequence[GoldFile], folder: Path) -> Evaluation:
    from kg.evaluation import compare, read_predictions
    from kg.evaluation import evaluate as evaluated

    predictions = read_predictions(articles, folder)
    lacking = len(articles) - len(predictions)
    if lacking:
        total = wording.count(len(articles), "article")
        output.say(f"{folder} has no file for {lacking} of {total}; nothing counts as predicted for these")
    compared = [compare(article.gold, predictions.get(article.name, {}), article.name) for article in articles]
    return evaluated(compared, _sources(articles))


def _judge_extractor(articles: Sequence[GoldFile], choice: Choice, problems: list[SourceError]) -> Evaluation:
    """Extract and compare; an article that the extractor fails on is reported, remembered, and counts as empty."""
    from kg.evaluation import compare, extract_articles
    from kg.evaluation import evaluate as evaluated

    extractor = choice.extractor()
    signature = extractor.signature  # loads the model: that it is missing comes before all that is wrong with articles
    with patience() as patient, output.bar(len(articles)) as advance:

        def progress() -> None:
            advance()
            patient.check()

        extractions, timing = extract_articles(articles, extractor, progress)
    compared = []
    for article in articles:
        extraction = extractions[article.name]
        if isinstance(extraction, SourceError):
            output.complain(extraction)
            problems.append(extraction)
        compared.append(compare(article.gold, {} if isinstance(extraction, SourceError) else extraction, article.name))
    return evaluated(compared, _sources(articles), timing=timing, extractor=signature)


def _sources(articles: Sequence[GoldFile]) -> dict[str, str]:
    return {article.name: article.source for article in articles if article.source is not None}


def _print(found: Evaluation, errors: int) -> None:
    who = f", read by {found.extractor}" if found.extractor else ""
    output.line(f"{wording.count(found.figures.articles, 'article')}{who}")
    output.line()
    _print_scores("View", {_VIEWS[name]: score for name, score in found.figures.views.items()})
    _print_attributes(found.figures)
    _print_scores("Type", {wording.type_name(name): score for name, score in found.figures.types.items()})
    _print_sources(found.sources)
    _print_calibration(found.calibration)
    if found.timing is not None:
        timing = found.timing
        output.line(
            f"Time an article: {timing.percentile(0.5):.2f} s at the median, {timing.percentile(0.95):.2f} s at the "
            f"95th percentile; {timing.words_per_second:,.0f} words a second."
        )
        output.line()
    _print_errors(found, errors)


def _print_scores(what: str, scores: Mapping[str, Score]) -> None:
    if scores:
        output.table((what, *_FIGURES), [(name, *_cells(score)) for name, score in scores.items()])
        output.line()


def _cells(score: Score) -> tuple[str, ...]:
    shares = (score.precision, score.recall, score.f1)
    return (*(f"{share:.3f}" for share in shares), *map(str, (score.right, score.guessed, score.wanted)))


def _print_attributes(figures: Figures) -> None:
    if figures.attributes:
        output.table(
            ("Attribute of right deals", "Accuracy", "Of"),
            [(name, f"{each.accuracy:.3f}", str(each.n)) for name, each in figures.attributes.items()],
        )
        output.line()


def _print_sources(sources: Mapping[str, Figures]) -> None:
    if sources:
        output.table(
            ("F1 by source", "Articles", *map(wording.sentence, _VIEWS.values())),
            [
                (name, str(figures.articles), *(f"{figures.views[view].f1:.3f}" for view in _VIEWS))
                for name, figures in sources.items()
            ],
        )
        output.line()


def _print_calibration(calibration: Calibration) -> None:
    if not calibration.bins:
        return
    total = sum(each.count for each in calibration.bins)
    edges = wording.count(total, "predicted deal edge")
    output.line(f"Confidence is {calibration.error:.3f} off on average (expected calibration error, {edges}).")
    output.table(
        ("Confidence", "On average", "Right", "Edges"),
        [
            (f"{each.low:.1f} to {each.high:.1f}", f"{each.confidence:.3f}", f"{each.right:.3f}", str(each.count))
            for each in calibration.bins
        ],
    )
    output.line()


def _print_errors(found: Evaluation, most: int) -> None:
    if not most:
        return
    if found.mistakes:
        _print_edges(found, most)
    for kind in ("wrong", "missed"):
        names = [f"{name.name} ({name.type}, {name.article})" for name in found.names if name.kind == kind]
        if names:
            output.line(f"{wording.count(len(names), 'company or person', 'companies and people')} {kind}, the first:")
            output.item(", ".join(names[:most]))


def _print_edges(found: Evaluation, most: int) -> None:
    from kg.evaluation.mistakes import CAUSES

    output.table(
        ("Why edges are wrong or missed", "Wrong", "Missed"),
        [(CAUSES[cause], *map(str, counts.values())) for cause, counts in found.causes().items()],
    )
    output.line()
    output.line(f"The worst {min(most, len(found.mistakes))} of {wording.count(len(found.mistakes), 'error')}:")
    for mistake in found.mistakes[:most]:
        sure = "" if mistake.confidence is None else f", confidence {mistake.confidence:.2f}"
        output.item(f"{mistake.article} {mistake.kind} {mistake.edge}{sure}: {CAUSES[mistake.cause]}")
        for quote in mistake.quotes:
            output.item(f'"{output.shortened(quote, 400)}"', depth=2)
