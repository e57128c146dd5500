"""``kg annotate``: what was extracted, corrected by a person, becomes gold files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg import wording
from kg.cli import options, output
from kg.cli.extractors import Choice
from kg.errors import KgError, SourceError

if TYPE_CHECKING:
    from kg.annotation import GoldArticle
    from kg.annotation.folder import GoldFolder
    from kg.annotation.session import Point
    from kg.extraction.protocol import DocumentExtractor
    from kg.model import Document

Way = Literal["ask", "editor", "file", "unseen"]


def annotate(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Articles, as other commands take them, or corrected sheets NNN.toml; with --check gold files, sheets "
            "or folders of them.",
            show_default=False,
        ),
    ],
    output_folder: Annotated[
        Path,
        typer.Option("--output", metavar="DIR", help="Folder for the gold files NNN.json and their texts NNN.txt."),
    ] = Path("gold"),
    edit: Annotated[
        bool, typer.Option("--edit/--no-edit", help="Ask about each fact, or take over unseen what is extracted.")
    ] = True,
    file: Annotated[
        bool,
        typer.Option(
            "--file", help="Write a commented sheet NNN.toml for each article, to correct and give back later."
        ),
    ] = False,
    editor: Annotated[
        bool,
        typer.Option("--editor", help="Open the sheet of each article in the editor that $VISUAL or $EDITOR names."),
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Open articles that are annotated already too, as they were left.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only tell what is wrong with gold files, sheets, or folders of them.")
    ] = False,
    published: options.Published = None,
    model: options.Model = None,
    pipeline: options.Pipeline = None,
    min_confidence: options.MinConfidence = None,
    extractor: options.ExtractorName = "kg",
    llm_url: options.LlmUrl = None,
    llm_model: options.LlmModel = None,
    weights: options.Weights = None,
) -> None:
    """Correct what is extracted from articles, and keep it as gold files to measure with and to learn from.

    Each fact is shown with the words that state it, and asked about. Every decision is kept at once: Ctrl-C loses
    nothing, and the next run goes on there. Articles whose gold file is in the folder are passed over.
    """
    from kg.annotation.sheet import SUFFIX
    from kg.cli.gold_files import check_all, take_in

    if (file, editor, not edit, check).count(True) > 1:
        raise KgError("--file, --editor, --no-edit and --check exclude each other: say one of them.")
    if check:
        raise typer.Exit(0 if check_all(sources) else 2)
    sheets = [source for source in sources if source.endswith(SUFFIX) and Path(source).is_file()]
    texts = [source for source in sources if source not in sheets]
    way: Way = "file" if file else "editor" if editor else "ask" if edit else "unseen"
    if "-" in texts and way in ("ask", "editor"):
        raise SourceError("-", "standard input is where answers come from: give a file, or say --file or --no-edit")
    reader = Choice(extractor, model, pipeline, min_confidence, llm_url, llm_model, weights).extractor()
    bad = sum(not take_in(Path(sheet)) for sheet in sheets)
    if texts:
        bad += _Work(output_folder, reader, way, again=again).run(texts, published)
    if bad:
        raise typer.Exit(2)


class _Work:
    """One run over articles; ``way`` says how they are corrected."""

    def __init__(self, folder: Path, extractor: DocumentExtractor, way: Way, *, again: bool) -> None:
        self._path = folder
        self._extractor = extractor
        self._way = way
        self._again = again
        self._written = 0
        self._passed = 0

    def run(self, sources: list[str], published: str | None) -> int:
        """Go through the sources; return how many could not be worked on."""
        from kg.annotation.folder import GoldFolder
        from kg.documents import expand, read_target

        bad = 0
        targets = expand(sources)
        folder = GoldFolder(self._path)
        for number, target in enumerate(targets, start=1):
            try:
                document = read_target(target, published=published)
                if isinstance(document, SourceError):
                    raise document
                if not self._one(document, folder, f"article {number} of {len(targets)}"):
                    output.say("stopped; what is decided is kept, and `kg annotate` goes on there")
                    break
            except SourceError as problem:
                output.complain(problem)
                bad += 1
        kind = "sheet" if self._way == "file" else "gold file"
        passed = f"; {wording.count(self._passed, 'article')} there already" if self._passed else ""
        output.say(f"{wording.count(self._written, kind)} written to {self._path}{passed}")
        return bad

    def _one(self, document: Document, folder: GoldFolder, place: str) -> bool:
        """Work on one article; tell whether to go on with the next."""
        # A person may be correcting the sheet that is laid out: only giving it back lets go of it.
        laid_out = self._way == "file" and folder.is_laid_out(document)
        if laid_out or (folder.is_done(document) and not self._again):
            self._passed += 1
            return True
        if self._way == "ask":
            return self._ask(document, folder, place)
        if self._way == "file":
            from kg.annotation.sheet import to_sheet

            folder.lay_out(document, to_sheet(self._begun(document, folder).article))
            self._written += 1
            return True
        article = self._edited(document, folder) if self._way == "editor" else self._begun(document, folder).article
        if article is not None:
            self._save(article, document, folder)
        return True

    def _edited(self, document: Document, folder: GoldFolder) -> GoldArticle | None:
        from kg.cli.gold_files import edited

        return edited(folder, document, lambda: self._begun(document, folder).article)

    def _ask(self, document: Document, folder: GoldFolder, place: str) -> bool:
        """Ask about one article until it is done, skipped, or the person stops."""
        from kg.annotation.session import Session

        left = folder.draft(document)
        begun = left or self._begun(document, folder)
        _require_known_types(begun.article, document, folder)
        session = Session(begun)
        output.line(f"{document.title or document.origin}, {place} (help lists what can be said)")
        if left is not None:
            output.line(f"Going on after {wording.count(begun.decided, 'fact')}.")
        _show(session.question())
        while session.state == "open":
            before = session.point
            sys.stdout.write("> ")
            sys.stdout.flush()
            line = sys.stdin.readline()
            _show(session.do(line or "quit"))
            if session.point != before:
                folder.keep_draft(document, session.point)
                _show(session.question())
        if session.state == "done":
            self._save(session.point.article, document, folder)
        return session.state != "stopped"

    def _begun(self, document: Document, folder: GoldFolder) -> Point:
        """Where the correction was left, or else the article as annotated before, or else as it is extracted."""
        from kg.annotation import read_gold
        from kg.annotation.draft import draft
        from kg.annotation.session import Point

        left = folder.draft(document)
        if left is not None:
            return left
        path = folder.place(document)
        return Point(read_gold(path) if path.is_file() else draft(self._extractor.extract(document)))

    def _save(self, article: GoldArticle, document: Document, folder: GoldFolder) -> None:
        path = folder.save(article, document)
        self._written += 1
        output.say(f"{document.origin}: {wording.count(len(article.facts), 'fact')} in {path}")


def _require_known_types(article: GoldArticle, document: Document, folder: GoldFolder) -> None:
    """Refuse what was annotated with fact types of a user's own, and is opened where these are not known."""
    from kg.ontology import VARIABLE
    from kg.vocabulary import FACT_TYPES

    for fact in (*article.facts, *article.unscored):
        if fact.type not in FACT_TYPES:
            problem = f"its annotation in {folder.path} has a fact of the type {fact.type!r}, which is not known here"
            raise SourceError(document.origin, f"{problem}; name the file that defines it with {VARIABLE}")


def _show(lines: list[str]) -> None:
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        sys.stdout.write(f"{' ' * indent}{output.clean(line)}\n")
