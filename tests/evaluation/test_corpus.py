"""Folders of gold files: what is read, what is timed, and one sentence for each thing that is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import kg.extraction
from kg.errors import SourceError
from kg.evaluation import extract_articles, read_gold_folder, read_predictions
from kg.model import Document, Extraction

GOLD: dict[str, Any] = {
    "published": "2021-03-04",
    "entities": [
        {"name": "Kestrel Motors Plc", "type": "Company", "aliases": ["Kestrel"]},
        {"name": "Borland Foods", "type": "Company"},
    ],
    "facts": [
        {
            "type": "Acquisition",
            "roles": {"acquirer": ["Kestrel"], "target": "Borland Foods"},
            "status": "announced",
            "evidence": "Kestrel agreed to buy Borland Foods.",
        }
    ],
    "unscored": [],
}
TEXT = "Kestrel Motors Plc grows\n\nKestrel agreed to buy Borland Foods.\n"


def lay_out(folder: Path, gold: object = GOLD, index: str | None = None) -> Path:
    (folder / "001.json").write_text(gold if isinstance(gold, str) else json.dumps(gold), "utf-8")
    (folder / "001.txt").write_text(TEXT, "utf-8")
    if index is not None:
        (folder / "index.tsv").write_text(index, "utf-8")
    return folder


def changed(place: str, value: object) -> dict[str, Any]:
    """The gold annotation with one value changed; ``place`` is its path: ``facts.0.type``."""
    copy: Any = json.loads(json.dumps(GOLD))
    found, *_, last = copy, *place.split(".")
    for part in place.split(".")[:-1]:
        found = found[int(part) if part.isdigit() else part]
    found[int(last) if last.isdigit() else last] = value
    return copy


class Recording:
    """Finds nothing, and remembers what it was given."""

    signature = "recording"

    def __init__(self) -> None:
        self.seen: list[Document] = []

    def extract_many(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            yield self.extract(document)

    def extract(self, document: Document) -> Extraction:
        self.seen.append(document)
        return Extraction(document, (), ())


@pytest.mark.parametrize(
    ("index", "source"),
    [
        (None, None),
        ('file\tsource\theadline\n001.txt\twire\tA "quoted headline\n', "wire"),
        ("headline\tsource\tfile\nA\tpress\t001\n", "press"),
        ("file\tsource\n002.txt\twire\n", "(not listed)"),
        ("file\tsource\n", "(not listed)"),
        ("", "(not listed)"),
        ('file\tsource\theadline\r\n002.txt\tpress\t"\r\n\r\n001.txt\twire\tB\r\n', "wire"),
    ],
)
def test_sources_come_from_the_index(tmp_path: Path, index: str | None, source: str | None) -> None:
    (article,) = read_gold_folder(lay_out(tmp_path, index=index))
    assert (article.name, article.source) == ("001", source)


@pytest.mark.parametrize(
    ("gold", "problem"),
    [
        ("{", "is not valid JSON"),
        ('{"entities": "\udcff"}', "is not valid JSON"),
        ("[" * 100_000, "is not valid JSON"),
        ([], "the file must be an object, not []"),
        (changed("entities", {"name": "A"}), "entities must be a list"),
        (changed("facts", None), "facts must be a list, not None"),
        (changed("entities.0", "Kestrel"), "an entity must be an object, not 'Kestrel'"),
        (changed("entities.0.name", 7), "the name of an entity must be a string, not 7"),
        (changed("entities.0.aliases", "Kestrel"), "the aliases of 'Kestrel Motors Plc' must be a list of strings"),
        (changed("entities.0.type", "Firm"), "the type of 'Kestrel Motors Plc' is 'Firm', not one of Company, Person"),
        (changed("entities.0", {"name": "A"}), "the type of 'A' is None"),
        (changed("facts.0.type", "Takeover"), "'Takeover' is no type of a fact; the vocabulary has Acquisition"),
        (changed("facts.0.roles", ["Kestrel"]), "the roles of Acquisition must be an object"),
        (changed("facts.0.roles.buyer", "Kestrel"), "Acquisition has no role 'buyer', only acquirer, target, seller"),
        (changed("facts.0.roles.target", "Borland"), "'Borland', the target of Acquisition, is no entity of the file"),
        (changed("facts.0.roles.target", [1]), "the target of Acquisition must be a string, not 1"),
        (changed("facts.0.amount", "$1"), "the amount of Acquisition must be an object, not '$1'"),
        (changed("facts.0.amount", {"value": "1"}), "the amount of Acquisition must be a number, not '1'"),
        (changed("facts.0.amount", {"value": 10**400}), "the amount of Acquisition must be a number"),
        (changed("facts.0.stake", "half"), "the stake of Acquisition must be a number, not 'half'"),
        (changed("facts.0.date", 2015), "the date of Acquisition must be a string, not 2015"),
        (changed("facts.0.evidence", 5), "the evidence of Acquisition must be a quote or a list of quotes, not 5"),
        (changed("unscored", [{}]), "the type of a fact must be a string, not None"),
    ],
)
def test_bad_gold_is_one_sentence(tmp_path: Path, gold: object, problem: str) -> None:
    if isinstance(gold, str) and "\udcff" in gold:
        lay_out(tmp_path)
        (tmp_path / "001.json").write_bytes(gold.encode("utf-8", "surrogateescape"))
    else:
        lay_out(tmp_path, gold)
    with pytest.raises(SourceError) as raised:
        read_gold_folder(tmp_path)
    assert str(raised.value).startswith(f"{(tmp_path / '001.json').as_posix()}: ")
    assert problem in str(raised.value)
    assert "\n" not in str(raised.value)


def test_folders_without_gold_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"holds no gold files; name one with NNN\.json"):
        read_gold_folder(tmp_path)
    with pytest.raises(SourceError, match=r"missing: is no folder; name one with NNN\.json"):
        read_gold_folder(tmp_path / "missing")
    articles = read_gold_folder(lay_out(tmp_path))
    with pytest.raises(SourceError, match="missing: is no folder; name the one that kg extract --output wrote"):
        read_predictions(articles, tmp_path / "missing")


@pytest.mark.parametrize(
    "index", ["file\theadline\n001.txt\tA\n", "001.txt\twire\n002.txt\n", "file\tsource\n001.txt\n"]
)
def test_a_bad_index_is_one_sentence(tmp_path: Path, index: str) -> None:
    with pytest.raises(SourceError, match=r"index\.tsv: needs a line of column names with file and source"):
        read_gold_folder(lay_out(tmp_path, index=index))


def test_an_index_that_is_no_text(tmp_path: Path) -> None:
    lay_out(tmp_path)
    (tmp_path / "index.tsv").write_bytes(b"file\tsource\n\xff\t\xfe\n")
    with pytest.raises(SourceError, match=r"index\.tsv: cannot be read"):
        read_gold_folder(tmp_path)


def test_predictions_may_be_missing_but_not_bad(tmp_path: Path) -> None:
    articles = read_gold_folder(lay_out(tmp_path))
    folder = tmp_path / "predicted"
    folder.mkdir()
    assert read_predictions(articles, folder) == {}
    (folder / "001.json").write_text('{"facts": [{"type": "Acquisition", "roles": 1}]}', "utf-8")
    with pytest.raises(SourceError, match=r"predicted/001\.json: the roles of Acquisition must be an object"):
        read_predictions(articles, folder)


def test_articles_are_read_one_by_one_with_the_date_of_their_gold_files(tmp_path: Path) -> None:
    extractor, ticks = Recording(), []
    found, timing = extract_articles(read_gold_folder(lay_out(tmp_path)), extractor, lambda: ticks.append(1))
    assert [document.published for document in extractor.seen] == ["2021-03-04"]
    assert found["001"] == Extraction(extractor.seen[0], (), ())
    assert extractor.seen[0].text == TEXT
    assert (len(timing.seconds), timing.words, len(ticks)) == (1, len(TEXT.split()), 1)


def test_only_the_extractor_of_kg_reads_before_the_clock_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Own(Recording):
        pass

    monkeypatch.setattr(kg.extraction, "Extractor", Own)
    articles, own, other = read_gold_folder(lay_out(tmp_path)), Own(), Recording()
    for extractor, times in ((own, 2), (other, 1)):
        _, timing = extract_articles(articles, extractor)
        assert (len(extractor.seen), len(timing.seconds)) == (times, 1)


@pytest.mark.parametrize(("text", "problem"), [(None, "there is no such file"), ("", "is empty")])
def test_an_article_that_cannot_be_read_is_one_sentence(tmp_path: Path, text: str | None, problem: str) -> None:
    articles = read_gold_folder(lay_out(tmp_path))
    (tmp_path / "001.txt").unlink()
    if text is not None:
        (tmp_path / "001.txt").write_text(text, "utf-8")
    with pytest.raises(SourceError, match=rf"001\.txt: {problem}"):
        extract_articles(articles, Recording())
