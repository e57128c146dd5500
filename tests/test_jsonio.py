"""Extractions survive JSON, and the published JSON Schema describes exactly what is written."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import sample_extractions

from kg import jsonio, vocabulary
from kg.errors import SourceError
from kg.model import Document, Entity, Evidence, Extraction, Fact, Mention, Money, Support

VALIDATOR = jsonschema.Draft202012Validator(jsonio.schema())


@pytest.mark.parametrize("extraction", sample_extractions(), ids=lambda e: e.document.source)
def test_samples_follow_the_schema(extraction: Extraction) -> None:
    VALIDATOR.validate(json.loads(json.dumps(jsonio.to_json(extraction))))


def test_schema_has_the_names_of_the_vocabulary() -> None:
    definitions = jsonio.schema()["$defs"]
    fact = definitions["fact"]["properties"]
    roles = dict.fromkeys(
        role.name for kind in vocabulary.FACT_TYPES.values() for role in kind.roles.values() if not role.literal
    )
    assert fact["type"]["enum"] == list(vocabulary.FACT_TYPES)
    assert fact["status"]["enum"] == list(vocabulary.STATUSES)
    assert fact["roles"]["propertyNames"]["enum"] == list(roles)
    assert definitions["entity"]["properties"]["type"]["enum"] == list(vocabulary.ENTITY_TYPES)


def test_exact_form() -> None:
    document = Document("Ada buys Bo.", "s", "o", published="2020-05")
    entities = (
        Entity("e1", "Ada", "Company", ("A",), (Mention(0, 3, "Ada"),)),
        Entity("e2", "Bo", "Company"),
    )
    fact = Fact(
        "Acquisition",
        {"acquirer": ("e1",), "target": ("e2",)},
        "announced",
        (Evidence(0, 11, "Ada buys Bo"),),
        amount=Money(Decimal("2E+9"), "USD"),
        confidence=0.5,
    )
    assert jsonio.to_json(Extraction(document, entities, (fact,))) == {
        "document": {"id": document.id, "published": "2020-05", "source": "s"},
        "entities": [
            {
                "id": "e1",
                "name": "Ada",
                "type": "Company",
                "aliases": ["A"],
                "mentions": [{"start": 0, "end": 3, "text": "Ada"}],
            },
            {"id": "e2", "name": "Bo", "type": "Company", "aliases": [], "mentions": []},
        ],
        "facts": [
            {
                "type": "Acquisition",
                "roles": {"acquirer": ["e1"], "target": ["e2"]},
                "status": "announced",
                "amount": {"value": 2000000000, "currency": "USD"},
                "confidence": 0.5,
                "evidence": [{"quote": "Ada buys Bo", "start": 0, "end": 11}],
            }
        ],
    }


def test_support_has_its_place_and_its_own_confidence() -> None:
    fact = Fact("Supply", {}, "announced", (), confidence=0.9, support=(Support(2, 8, "verb: supply", 0.55),))
    document = Document("", "s", "o")
    (written,) = jsonio.to_json(Extraction(document, (), (fact,)))["facts"]
    assert written["support"] == [{"component": "verb: supply", "confidence": 0.55, "start": 2, "end": 8}]


@pytest.mark.parametrize(("value", "written"), [("5", "5"), ("5.0", "5"), ("1E+9", "1000000000"), ("0.5", "0.5")])
def test_whole_amounts_are_written_as_integers(value: str, written: str) -> None:
    fact = Fact("Supply", {}, "announced", (), amount=Money(Decimal(value), "EUR"))
    data = jsonio.to_json(Extraction(Document("", "s", "o"), (), (fact,)))
    assert json.dumps(data["facts"][0]["amount"]["value"]) == written


@pytest.mark.parametrize("extraction", sample_extractions(), ids=lambda e: e.document.source)
def test_samples_round_trip(extraction: Extraction) -> None:
    document = extraction.document
    data = json.loads(json.dumps(jsonio.to_json(extraction)))
    again = jsonio.from_json(data, document.text, origin=document.origin)
    kept = dataclasses.replace(document, url=None, publisher=None, author=None)
    assert again == dataclasses.replace(extraction, document=kept, extractor="")


@settings(deadline=None)
@given(
    st.text(min_size=1),
    st.text(min_size=1),
    st.decimals(min_value=0, max_value=10**12, places=2),
    st.none() | st.floats(0, 1),
    st.none() | st.text(min_size=1),
)
def test_any_text_round_trips(text: str, name: str, value: Decimal, stake: float | None, title: str | None) -> None:
    entity = Entity("e1", name, "Company", (name,), (Mention(0, 1, text[0]),))
    fact = Fact(
        "Role",
        {"person": ("e1",), "organization": ("e1",)},
        "denied",
        (Evidence(0, len(text), text),),
        Money(value, "USD"),
        stake,
        "2001",
        title,
        0.25,
        (Support(0, len(text), name, stake or 0.0),),
    )
    extraction = Extraction(Document(text, name, name, title), (entity,), (fact,))
    data = json.loads(json.dumps(jsonio.to_json(extraction)))
    VALIDATOR.validate(data)
    assert jsonio.from_json(data, text) == extraction


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"document": {"id": "0" * 16, "source": "s"}}, "another text"),
        ({"document": {}}, "no document with a source"),
        ({"entities": [{"id": "e1"}]}, "is not an extraction"),
        ({"facts": [{"type": "Supply"}]}, "is not an extraction"),
        ({"facts": None}, "is not an extraction"),
    ],
)
def test_broken_json_is_refused(change: dict[str, Any], message: str) -> None:
    data = jsonio.to_json(Extraction(Document("text", "s", "s"), (), ()))
    with pytest.raises(SourceError, match=message):
        jsonio.from_json({**data, **change}, "text")
