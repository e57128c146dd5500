"""Gold folders, annotated news and CORE as training reads them, and what is true of the entities that are found."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from to_train_on import article, gold_files

from kg.errors import SourceError
from kg.evaluation.annotation import annotation
from kg.extraction import Extractor
from kg.extraction.links import Link
from kg.extraction.windows import flatten, kind_of
from kg.learning.corpus import GoldText, annotated_news, core_sentences, examples, gold_folder, links_of
from kg.learning.examples import Example
from kg.model import Document

BOUGHT = Link("Acquisition", "acquirer", "target")
FROM = Link("Acquisition", "acquirer", "seller")
SOLD = Link("Acquisition", "target", "seller")
SEAT = Link("BasedIn", "organization", "place")
PARTNERS = Link("Partnership", "partner", "partner")


def test_a_gold_folder_gives_its_articles(texts: list[GoldText]) -> None:
    assert [text.name for text in texts] == [f"gold/{number:03}" for number in range(1, 10)]
    assert {text.source for text in texts} == {"gold"}
    assert texts[0].document.text.strip() == article(1)[0].strip()
    assert texts[0].document.published == "2021-03-04"
    assert [fact.type for fact in texts[0].gold.facts] == ["Acquisition"]


def test_the_index_of_a_gold_folder_names_sources(tmp_path: Path) -> None:
    folder = gold_files(tmp_path, 2)
    (folder / "index.tsv").write_text("file\tsource\n001.txt\twire\n", encoding="utf-8")
    assert [text.source for text in gold_folder(folder)] == ["wire", "(not listed)"]


def test_a_gold_folder_without_files_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no gold files"):
        gold_folder(tmp_path)


# -- annotated news ----------------------------------------------------------------------------------------------------


def row(number: int, **values: Any) -> dict[str, Any]:
    title, text = article(number)[0].split("\n\n")
    return {"id": f"n{number}", "title": f" {title} ", "text": text, **values}


def news_files(folder: Path, lines: object = None, rows: object = None) -> tuple[Path, Path]:
    """Write annotations of articles 1 and 2 from two sources; either file may be given other contents."""
    told = [{"source": f"wire{n}", "id": f"n{n}", **article(n)[1]} for n in (2, 1)]
    (folder / "annotations.jsonl").write_text(
        lines if isinstance(lines, str) else "".join(json.dumps(line) + "\n" for line in told), encoding="utf-8"
    )
    for n in (1, 2):
        content = "".join(json.dumps(row(number)) + "\n" for number in (n, 5))
        if isinstance(rows, bytes):
            (folder / f"wire{n}.jsonl.gz").write_bytes(rows)
        else:
            with gzip.open(folder / f"wire{n}.jsonl.gz", "wt", encoding="utf-8") as out:
                out.write(rows if isinstance(rows, str) else content)
    return folder / "annotations.jsonl", folder


def test_annotated_news_gives_articles_in_the_order_of_the_annotations(tmp_path: Path) -> None:
    found = annotated_news(*news_files(tmp_path))
    assert [(text.name, text.source) for text in found] == [("wire2/n2", "wire2"), ("wire1/n1", "wire1")]
    assert found[1].document.text == article(1)[0]
    assert found[1].document.published == "2021-03-04"
    assert [fact.type for fact in found[1].gold.facts] == ["Acquisition"]


NO_LINES: dict[str, tuple[str | None, str | bytes | None, str]] = {
    "annotations are no JSON": ("{", None, "is no file of annotations, one a line"),
    "annotations are a list": ("[1]\n", None, "is no file of annotations, one a line"),
    "annotations name no source": ('{"id": "n1"}\n', None, "is no file of annotations, one a line"),
    "facts are no list": ('{"source": "wire1", "id": "n1", "facts": 3}\n', None, "facts must be a list"),
    "a source is missing": ('{"source": "else", "id": "n1"}\n', None, r"else\.jsonl\.gz: is missing; name the folder"),
    "an article is missing": (
        '{"source": "wire1", "id": "n9"}\n',
        None,
        "line 1: is about wire1/n9, which ",
    ),
    "news are no JSON": (None, "{", "holds no articles, one a line"),
    "news are a list": (None, "[1]\n", "holds no articles, one a line"),
    "news have no text": (None, '{"id": "n1", "title": "A"}\n', "holds no articles, one a line"),
    "a title is null": (None, '{"id": "n1", "title": null, "text": ""}\n', "holds no articles, one a line"),
    "news are not compressed": (None, b'{"id": "n1"}\n', "holds no articles, one a line"),
    "news are cut off": (None, gzip.compress(b"x" * 99)[:-9], "holds no articles, one a line"),
}


@pytest.mark.parametrize("case", NO_LINES)
def test_bad_annotated_news_is_one_sentence(case: str, tmp_path: Path) -> None:
    lines, rows, expected = NO_LINES[case]
    annotations, news = news_files(tmp_path, lines, rows)
    with pytest.raises(SourceError, match=expected) as caught:
        annotated_news(annotations, news)
    assert "\n" not in str(caught.value)


def test_annotations_that_are_not_there_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is no file of annotations"):
        annotated_news(tmp_path / "none.jsonl", tmp_path)


# -- what is true of the entities that are found -----------------------------------------------------------------------

Named = tuple[Link, str, str]


def told(text: GoldText, rules: Extractor) -> tuple[dict[Named, str | None], set[Named]]:
    """What gold says, by the names of the entities."""
    (doc,) = rules.read([text.document])
    names = [node.name for node in doc._.kg_nodes]
    linked, free = links_of(text, doc)
    named = {(link, names[a], names[b]): status for (link, a, b), status in linked.items()}
    return named, {(link, names[a], names[b]) for link, a, b in free}


def test_links_and_statuses_come_from_gold_alone(texts: list[GoldText], rules: Extractor) -> None:
    linked, free = told(texts[0], rules)
    assert linked == {
        (BOUGHT, "Veltrano Plc", "Quorvia Group"): "announced",
        (FROM, "Veltrano Plc", "Stonebeck Ltd"): "announced",
        (SOLD, "Quorvia Group", "Stonebeck Ltd"): "announced",
    }
    assert free == {(SEAT, "Veltrano Plc", "Germany")}


def changed(text: GoldText, facts: list[dict[str, Any]], unscored: list[dict[str, Any]]) -> GoldText:
    gold = {**article(1)[1], "facts": facts, "unscored": unscored}
    return replace(text, gold=annotation(gold, "gold"))


def test_partners_are_linked_both_ways_and_what_is_true_is_not_free(texts: list[GoldText], rules: Extractor) -> None:
    both = {"type": "Partnership", "status": "in_effect", "roles": {"partner": ["Veltrano", "Quorvia Group"]}}
    seat = {"type": "BasedIn", "roles": {"organization": "Veltrano Plc", "place": "Germany"}}
    unknown = {"type": "Partnership", "roles": {"partner": ["Veltrano Plc", "Somebody Else"]}}
    linked, free = told(changed(texts[0], [both, seat, unknown], [seat]), rules)
    assert linked == {
        (PARTNERS, "Veltrano Plc", "Quorvia Group"): "in_effect",
        (PARTNERS, "Quorvia Group", "Veltrano Plc"): "in_effect",
        (SEAT, "Veltrano Plc", "Germany"): None,
    }
    assert free == set()


def test_an_example_holds_windows_and_truth(made: list[Example]) -> None:
    example = made[0]
    assert (example.name, example.source) == ("gold/001", "gold")
    assert len(example.types) == len(example.names)
    assert set(example.linked.values()) == {"announced"}
    assert example.size == sum(len(pieces) for window in example.windows for pieces in window.pieces) > 0


def test_a_text_in_which_nobody_meets_gives_no_example(texts: list[GoldText], rules: Extractor) -> None:
    empty = GoldText("none", "none", Document("Nothing happened.", "none", "none"), annotation({}, "none"))
    chosen = [empty, texts[0]]
    found = list(examples(chosen, rules.read(text.document for text in chosen)))
    assert [example.name for example in found] == ["gold/001"]


# -- CORE --------------------------------------------------------------------------------------------------------------

SENTENCE = {
    "id": "c1",
    "context": ["Quillfen", "Group", "was", "bought", "by", "Harbourline", "."],
    "e1_start": 0,
    "e1_end": 1,
    "e2_start": 5,
    "e2_end": 5,
    "invert_relation": 0,
    "relation": "acquired_by",
}


def core_file(folder: Path, *rows: object) -> Path:
    path = folder / "train.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


def core_example(folder: Path, **changes: Any) -> Example:
    (found,) = core_sentences(core_file(folder, {**SENTENCE, **changes}))
    return found


def test_a_sentence_of_core_is_an_example(tmp_path: Path) -> None:
    found = core_example(tmp_path)
    assert (found.name, found.source, found.names) == ("c1", "core", ("Quillfen Group", "Harbourline"))
    assert found.linked == {(BOUGHT, 1, 0): None}
    (window,) = found.windows
    assert window.kinds == [kind_of("Company"), kind_of("Company") + 1, 0, 0, 0, kind_of("Company"), 0]
    assert [(mention.start, mention.end, mention.node) for mention in window.mentions] == [(0, 2, 0), (5, 6, 1)]
    assert len(flatten(window).spans) == 2
    assert (Link("Ownership", "owner", "owned"), 1, 0) in found.free
    assert (Link("Supply", "supplier", "customer"), 1, 0) not in found.free


@pytest.mark.parametrize(
    ("changes", "types", "linked"),
    [
        ({"invert_relation": 1}, ("Company", "Company"), {(BOUGHT, 1, 0)}),
        ({"relation": "collaboration"}, ("Company", "Company"), {(PARTNERS, 0, 1), (PARTNERS, 1, 0)}),
        ({"relation": "undefined"}, ("Company", "Company"), set()),
        ({"relation": "regulated_by"}, ("Company", "Organization"), set()),
        ({"relation": "brand_of"}, ("Product", "Company"), {(Link("Product", "maker", "product"), 1, 0)}),
        ({"relation": "client_of"}, ("Company", "Company"), {(Link("Supply", "supplier", "customer"), 1, 0)}),
    ],
)
def test_relations_of_core_are_links_of_the_vocabulary(
    changes: dict[str, Any], types: tuple[str, str], linked: set[tuple[Link, int, int]], tmp_path: Path
) -> None:
    found = core_example(tmp_path, **changes)
    assert found.types == types
    assert set(found.linked) == linked
    if "invert_relation" in changes:
        assert found.names == ("Harbourline", "Quillfen Group")


@pytest.mark.parametrize("changes", [{"e2_start": 1}, {"context": ["Quillfen", *["word"] * 300]}])
def test_sentences_that_are_too_long_or_tangled_are_left_out(changes: dict[str, Any], tmp_path: Path) -> None:
    assert core_sentences(core_file(tmp_path, {**SENTENCE, **changes})) == []


@pytest.mark.parametrize(
    "rows",
    [
        [1],
        [{"id": "c1"}],
        [{**SENTENCE, "relation": "married_to"}],
        [{**SENTENCE, "context": [1, 2]}],
        [{**SENTENCE, "e2_start": 50, "e2_end": 50}],
        [{**SENTENCE, "e1_start": "0"}],
    ],
)
def test_what_is_not_core_is_one_sentence(rows: list[object], tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"is not CORE's train\.json") as caught:
        core_sentences(core_file(tmp_path, *rows))
    assert "\n" not in str(caught.value)


def test_a_file_of_core_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"is not CORE's train\.json"):
        core_sentences(tmp_path / "train.json")
