"""What the network reads in plain sentences, and what the two pipelines make of it."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest
from told import names, read

from kg import vocabulary
from kg.errors import ModelError
from kg.extraction import Extractor
from kg.extraction.encoder import ENCODER, HEAD, WEIGHTS
from kg.extraction.learned import Links
from kg.extraction.links import Link, links
from kg.model import Document, Extraction

PURCHASE = "Harbourline Plc agreed to buy Quillfen Group from Stonebeck Plc."
STORY = (
    f"Harbourline buys Quillfen\n\n{PURCHASE} Harbourline Plc and Marrowby Foods Plc formed a partnership to sell "
    "tea in Germany. Quillfen Group sued Dunmore Bank Plc over a loan of $20 million, chief executive Ada Lund said. "
    "Marrowby Foods Plc, which is based in Zurich, competes with Stonebeck Plc and owns 40% of Dunmore Bank Plc."
)
TEXTS = (PURCHASE, STORY, "Nothing happened.", "Harbourline Plc.", "", "Quillfen Group, Harbourline Plc\n\nIt sued it.")


@cache
def extractor_of(pipeline: str = "default", least: float | None = None) -> Extractor:
    return Extractor(pipeline=pipeline, min_confidence=least)


def read_links_of(text: str) -> tuple[list[str], Links]:
    (doc,) = extractor_of().read([Document(text, "test", "test")])
    return [node.name for node in doc._.kg_nodes], doc._.kg_links


def test_a_plain_sentence_gives_its_link_with_statuses() -> None:
    found, told = read_links_of(PURCHASE)
    buyer, target = found.index("Harbourline Plc"), found.index("Quillfen Group")
    bought = Link("Acquisition", "acquirer", "target")
    assert bought in {link for link, a, b in told if (a, b) == (buyer, target)}
    link = told[bought, buyer, target]
    assert link.logit > 0
    assert (bought, target, buyer) not in told or told[bought, target, buyer].logit < link.logit
    statuses = dict(zip(vocabulary.STATUSES, link.statuses, strict=True))
    assert max(statuses, key=lambda status: statuses[status]) in {"announced", "in_effect"}


def test_where_rules_read_the_seller_the_network_makes_no_buyer_of_it() -> None:
    extraction = extractor_of().extract(Document(PURCHASE, "test", "test"))
    bought = [fact for fact in extraction.facts if fact.type == "Acquisition"]
    roles = [{role: [extraction.entity(n).name for n in ids] for role, ids in fact.roles.items()} for fact in bought]
    assert roles == [{"acquirer": ["Harbourline Plc"], "target": ["Quillfen Group"], "seller": ["Stonebeck Plc"]}]


def test_all_that_is_told_is_in_range() -> None:
    found, told = read_links_of(STORY)
    assert {link for link, _, _ in told} <= set(links())
    for (link, a, b), each in told.items():
        assert a != b
        assert {a, b} <= set(range(len(found)))
        assert a < b or not link.is_symmetric
        assert sum(each.statuses) == pytest.approx(1.0, abs=1e-5)
        assert all(0 <= share <= 1 for share in each.statuses)
        assert each.start <= each.trigger < each.end


def test_links_stand_once_whichever_way_they_run() -> None:
    _, told = read_links_of("Harbourline Plc and Quillfen Group merged. Quillfen Group is a rival of Harbourline Plc.")
    symmetric = [(link, frozenset({a, b})) for link, a, b in told if link.is_symmetric]
    assert symmetric
    assert len(symmetric) == len(set(symmetric))


@pytest.mark.parametrize("text", ["", "Nothing happened.", "Harbourline Plc opened a shop."])
def test_without_two_entities_nothing_is_told(text: str) -> None:
    assert read_links_of(text)[1] == {}


@pytest.mark.parametrize("pipeline", ["default", "fast"])
@pytest.mark.parametrize("text", TEXTS)
def test_facts_of_both_pipelines_are_possible(pipeline: str, text: str) -> None:
    extraction = read(extractor_of(pipeline, 0.0), text)
    types = {entity.id: entity.type for entity in extraction.entities}
    for fact in extraction.facts:
        assert vocabulary.problems(fact.type, fact.roles, fact.status, fact.stake, types) == []
        assert 0 < fact.confidence < 1
        assert fact.evidence
        assert all(text[e.start : e.end] == e.quote for e in fact.evidence)


@pytest.mark.parametrize("pipeline", ["default", "fast"])
def test_a_purchase_is_read_by_both_pipelines(pipeline: str) -> None:
    extraction = read(extractor_of(pipeline), PURCHASE)
    fact = max((fact for fact in extraction.facts if fact.type == "Acquisition"), key=lambda fact: fact.confidence)
    assert fact.status == "announced"
    assert names(extraction, fact) == {
        "acquirer": ["Harbourline Plc"],
        "target": ["Quillfen Group"],
        "seller": ["Stonebeck Plc"],
    }


def told_facts(extraction: Extraction) -> list[tuple[str, str, str]]:
    return [(fact.type, str(names(extraction, fact)), fact.status) for fact in extraction.facts]


@pytest.mark.parametrize("pipeline", ["default", "fast"])
def test_the_least_confidence_chooses_among_the_same_facts(pipeline: str) -> None:
    every, usual, none = (read(extractor_of(pipeline, least), STORY) for least in (0.0, None, 1.0))
    assert usual.facts
    assert set(told_facts(usual)) <= set(told_facts(every))
    assert none.facts == ()
    assert every.entities == usual.entities == none.entities
    for least in (0.3, 0.6, 0.9):
        expected = [fact for fact in every.facts if fact.confidence >= least]
        assert list(read(extractor_of(pipeline, least), STORY).facts) == expected


def test_rules_alone_need_no_network(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(WEIGHTS, tmp_path / "weights", ignore=shutil.ignore_patterns(ENCODER, HEAD)))
    assert (
        read(Extractor(pipeline="fast", weights=folder), PURCHASE).facts == read(extractor_of("fast"), PURCHASE).facts
    )
    with pytest.raises(ModelError, match="is missing or broken; train the weights again with kg train"):
        read(Extractor(weights=folder), PURCHASE)


def test_the_network_reads_a_text_the_same_among_others() -> None:
    documents = [Document(text, "test", str(number)) for number, text in enumerate([STORY, PURCHASE, *TEXTS])]
    together = list(extractor_of().extract_many(documents))
    assert [extraction.facts for extraction in together] == [extractor_of().extract(d).facts for d in documents]
