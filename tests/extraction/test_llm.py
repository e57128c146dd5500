"""A language model's answers: what text and vocabulary bear out comes in, and every failure is one sentence."""

from __future__ import annotations

import json
import socket
from typing import Any

import jsonschema
import pytest
from chat_server import Reply, fails, finds, says, serving
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import jsonio
from kg.errors import KgError, ModelError, SourceError
from kg.extraction import Extractor
from kg.extraction.llm import KEY_VARIABLE, Client, LlmExtractor, answers, prompt
from kg.extraction.llm.grounding import Ground
from kg.extraction.protocol import DocumentExtractor
from kg.model import Document, Extraction, Support
from kg.store.claims import extraction_quads
from kg.vocabulary import DEAL_TYPES, FACT_TYPES, STATUSES

JSON = dict[str, Any]
TEXT = (
    "Veltrano buys Quorvia\n\n"
    "Veltrano Motors Plc agreed on Thursday to buy\nQuorvia for “$2 billion”, chief executive Ada Lund said. "
    "Veltrano, a German carmaker, will pay in cash.\n"
)
ARTICLE = Document(TEXT, "veltrano.txt", "veltrano.txt", published="2021-03-04")
NAMES: list[JSON] = [
    {"name": "Quorvia", "type": "Company", "aliases": []},
    {"name": "Veltrano Motors Plc", "type": "Company", "aliases": ["Veltrano", "VLT"]},
    {"name": "Ada Lund", "type": "Person", "aliases": []},
    {"name": "Germany", "type": "Place", "aliases": []},
]
DEAL: JSON = {
    "type": "Acquisition",
    "roles": {"acquirer": ["Veltrano"], "target": ["Quorvia"], "seller": []},
    "status": "announced",
    "evidence": 'agreed on Thursday to buy Quorvia for "$2 billion"',
    "amount": {"value": 2000000000, "currency": "USD"},
    "stake": None,
    "date": "2021-03-04",
    "confidence": 0.9,
}
ROLE: JSON = {
    "type": "Role",
    "roles": {"person": ["Ada Lund"], "organization": ["Veltrano Motors Plc"]},
    "status": "in_effect",
    "evidence": "chief executive Ada Lund said",
    "amount": None,
    "stake": None,
    "date": None,
    "title": "Chief Executive",
    "confidence": 0.8,
}
BASED: JSON = {
    "type": "BasedIn",
    "roles": {"organization": ["Veltrano"], "place": ["Germany"]},
    "status": "in_effect",
    "evidence": "Veltrano, a German carmaker",
    "amount": None,
    "stake": None,
    "date": None,
    "confidence": 1,
}


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)


def asking(url: str, told: list[str] | None = None, **options: Any) -> tuple[LlmExtractor, list[float]]:
    """An extractor that does not really wait, and the pauses that it would have made."""
    pauses: list[float] = []
    client = Client(url, "small-model", sleep=pauses.append)
    tell = (lambda _: None) if told is None else told.append
    return LlmExtractor(url, "small-model", client=client, tell=tell, **options), pauses


def extracted(reply: Reply, told: list[str] | None = None, **options: Any) -> Extraction:
    with serving([reply]) as server:
        return asking(server.url, told, **options)[0].extract(ARTICLE)


def with_fact(**changes: Any) -> Reply:
    return finds(NAMES, [{**DEAL, **changes}])


def test_extractors_have_one_interface(extractor: Extractor) -> None:
    assert isinstance(LlmExtractor("http://127.0.0.1:1/v1", "m"), DocumentExtractor)
    assert isinstance(extractor, DocumentExtractor)


def test_what_stands_in_the_text_is_an_ordinary_extraction() -> None:
    found = extracted(finds(NAMES, [BASED, ROLE, DEAL]))
    jsonschema.validate(jsonio.to_json(found), jsonio.schema())
    assert extraction_quads(found)
    assert [(e.id, e.name, e.type, e.aliases) for e in found.entities] == [
        ("e1", "Veltrano Motors Plc", "Company", ("Veltrano",)),
        ("e2", "Quorvia", "Company", ()),
        ("e3", "Ada Lund", "Person", ()),
        ("e4", "Germany", "Place", ()),
    ]
    assert [m.text for m in found.entities[0].mentions] == ["Veltrano", "Veltrano Motors Plc", "Veltrano"]
    assert [m.text for m in found.entities[3].mentions] == ["German"]
    for entity in found.entities:
        assert all(TEXT[m.start : m.end] == m.text for m in entity.mentions)
    deal, role, based = found.facts
    assert deal.roles == {"acquirer": ("e1",), "target": ("e2",)}
    assert deal.evidence[0].quote == "agreed on Thursday to buy\nQuorvia for “$2 billion”"
    assert TEXT[deal.evidence[0].start : deal.evidence[0].end] == deal.evidence[0].quote
    assert (deal.status, deal.date, deal.confidence) == ("announced", "2021-03-04", 0.9)
    assert deal.amount is not None
    assert (str(deal.amount.value), deal.amount.currency) == ("2000000000", "USD")
    assert role.title == "Chief Executive"
    assert based.roles["place"] == ("e4",)
    assert "small-model" in found.extractor
    for fact in found.facts:
        assert fact.support == tuple(Support(e.start, e.end, "small-model", fact.confidence) for e in fact.evidence)


def test_the_question() -> None:
    with serving([finds([], [])]) as server:
        asking(server.url + "/")[0].extract(ARTICLE)
        (asked,), (path,) = server.asked, server.paths
    assert path == "/v1/chat/completions"
    assert (asked["model"], asked["temperature"], asked["stream"]) == ("small-model", 0, False)
    assert isinstance(asked["seed"], int)
    assert asked["response_format"]["json_schema"]["schema"] == prompt.answer_schema()
    system, user = asked["messages"]
    assert TEXT in user["content"]
    assert "2021-03-04" in user["content"]
    for name, kind in FACT_TYPES.items():
        assert f"- {name}: {kind.definition}" in system["content"]
        assert all(role.literal or f"{role.name} (" in system["content"] for role in kind.roles.values())
    assert all(f"- {status}: " in system["content"] for status in STATUSES)
    assert "Authorization" not in server.heads[0]


def test_the_schema_is_valid_strict_and_fits_good_facts() -> None:
    jsonschema.Draft202012Validator.check_schema(prompt.answer_schema())
    jsonschema.validate({"entities": NAMES, "facts": [DEAL, ROLE, BASED]}, prompt.answer_schema())

    def strict(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("type") == "object":
                assert node["additionalProperties"] is False
                assert node["required"] == list(node["properties"])
            for value in node.values():
                strict(value)
        elif isinstance(node, list):
            for value in node:
                strict(value)

    strict(prompt.answer_schema())


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (with_fact(evidence="Veltrano Motors has completed the purchase of Quorvia"), "without a quote"),
        (with_fact(evidence=""), "without a quote"),
        (with_fact(evidence="Quorvia"), "without a quote"),
        (with_fact(evidence="Veltrano ... nothing of the kind"), "without a quote"),
        (with_fact(roles={"acquirer": ["Tailspin"], "target": ["Quorvia"], "seller": []}), "do not stand in the text"),
        (with_fact(roles={"acquirer": ["Veltrano"], "target": ["Veltrano Motors Plc"], "seller": []}), "impossible"),
        (with_fact(roles={"acquirer": [], "target": ["Quorvia"], "seller": []}), "impossible"),
        (finds([{**NAMES[0], "type": "Firm"}, *NAMES[1:]], [DEAL]), "does not list in the form asked for"),
        (finds(NAMES[1:], [DEAL]), "does not list in the form asked for"),
        (with_fact(roles={"buyer": ["Veltrano"], "target": ["Quorvia"]}), "form"),
        (with_fact(type="Takeover"), "form"),
        (with_fact(type=["Acquisition"]), "form"),
        (with_fact(status="done"), "form"),
        (with_fact(stake=1.5), "impossible"),
        (with_fact(date="2021-13-01"), "form"),
        (with_fact(date="next week"), "form"),
        (with_fact(amount={"value": 2, "currency": "dollars"}), "form"),
        (with_fact(amount={"value": -2, "currency": "USD"}), "form"),
        (with_fact(amount={"value": 10**400, "currency": "USD"}), "form"),
        (with_fact(confidence="high"), "form"),
        (finds(NAMES, [{**BASED, "roles": {"organization": ["Veltrano"], "place": ["Quorvia"]}}]), "impossible"),
        (finds(NAMES, [{**BASED, "status": "rumoured"}]), "form"),
        (finds(NAMES, ["Veltrano bought Quorvia"]), "form"),  # type: ignore[list-item]
        (says('{"entities": [], "facts": [{"type": "Acquisition", "confidence": NaN}]}'), "form"),
    ],
)
def test_lies_are_refused_and_told(reply: Reply, reason: str) -> None:
    told: list[str] = []
    assert extracted(reply, told).facts == ()
    (sentence,) = told
    assert sentence.startswith("veltrano.txt: 1 of 1 facts of small-model refused: 1 ")
    assert reason in sentence


def test_names_that_do_not_stand_in_the_text_are_refused_and_told() -> None:
    told: list[str] = []
    invented: list[JSON] = [
        {"name": "Tailspin", "type": "Company", "aliases": []},
        {"name": "Veltran", "type": "Company", "aliases": []},  # part of a word
        {"name": "France", "type": "Place", "aliases": []},
        {"name": "--", "type": "Company", "aliases": []},
        {"name": "Quorvia", "type": "Firm", "aliases": []},
        "Quorvia",  # type: ignore[list-item]
    ]
    assert extracted(finds(invented, []), told).entities == ()
    assert extracted(finds(invented[:1], []), told).entities == ()
    assert told == [
        "veltrano.txt: 6 names of small-model refused: 2 not in the form asked for, 4 not in the text",
        "veltrano.txt: 1 name of small-model refused: 1 not in the text",
    ]


@pytest.mark.parametrize("change", [{"id": 1}, {"aliases": None}, {"aliases": "Quorvia Plc"}])
def test_names_with_more_or_less_than_was_asked_for_are_taken_over(change: JSON) -> None:
    told: list[str] = []
    found = extracted(finds([{**NAMES[0], **change}, *NAMES[1:]], [DEAL]), told)
    assert (len(found.entities), len(found.facts), told) == (4, 1, [])


def test_names_that_another_one_ties_together_are_one() -> None:
    apart: list[JSON] = [
        {"name": "Veltrano", "type": "Company", "aliases": []},
        {"name": "Quorvia", "type": "Company", "aliases": []},
        {"name": "Veltrano Motors Plc", "type": "Company", "aliases": []},
        {"name": "Veltrano Motors Plc", "type": "Company", "aliases": ["Veltrano"]},
    ]
    roles = {"acquirer": ["Veltrano Motors Plc"], "target": ["Quorvia"], "seller": []}
    found = extracted(finds(apart, [DEAL, {**DEAL, "roles": roles}]))
    assert [(e.name, e.aliases, len(e.mentions)) for e in found.entities] == [
        ("Veltrano", ("Veltrano Motors Plc",), 3),
        ("Quorvia", (), 2),
    ]
    assert [fact.roles for fact in found.facts] == [{"acquirer": ("e1",), "target": ("e2",)}]


def test_a_name_only_an_alias_of_which_stands_in_the_text_takes_that() -> None:
    found = extracted(
        finds([{"name": "Veltrano Group", "type": "Company", "aliases": ["Veltrano"]}, NAMES[0]], [
            {**DEAL, "roles": {"acquirer": ["Veltrano Group"], "target": ["Quorvia"], "seller": []}}
        ])
    )  # fmt: skip
    assert [entity.name for entity in found.entities] == ["Veltrano", "Quorvia"]
    assert len(found.facts) == 1


def test_a_quote_with_an_ellipsis_stands_for_all_between() -> None:
    (fact,) = extracted(with_fact(evidence="Veltrano Motors Plc agreed ... Quorvia for")).facts
    assert fact.evidence[0].quote == "Veltrano Motors Plc agreed on Thursday to buy\nQuorvia for"


@pytest.mark.parametrize(
    "written",
    [
        "```json\n{}\n```",
        "<think>{maybe} a deal</think>\n{}",
        "Here it is: {}",
    ],
)
def test_an_answer_with_words_around_it(written: str) -> None:
    found = extracted(says(written.replace("{}", json.dumps({"entities": NAMES, "facts": [DEAL]}))))
    assert len(found.facts) == 1


def test_a_model_without_structured_output_may_leave_out_what_is_absent() -> None:
    loose = {
        "type": "Role",
        "roles": {"person": "Ada Lund", "organization": "Veltrano", "title": "chief executive"},
        "status": "in_effect",
        "evidence": "chief executive Ada Lund",
        "why": "it says so",
    }
    (fact,) = extracted(finds([{"name": name["name"], "type": name["type"]} for name in NAMES] + NAMES, [loose])).facts
    assert (fact.title, fact.confidence) == ("chief executive", answers.DEFAULT_CONFIDENCE)


def test_a_job_title_that_the_text_does_not_have_is_left_out() -> None:
    (fact,) = extracted(finds(NAMES, [{**ROLE, "title": "Grand Vizier"}])).facts
    assert fact.title is None


def test_servers_that_know_no_schema_are_asked_more_simply_and_remembered() -> None:
    def answer(body: JSON) -> Reply:
        return fails(400, "response_format not supported") if "response_format" in body else finds(NAMES, [DEAL])

    with serving(answer) as server:
        extractor, _ = asking(server.url)
        assert len(extractor.extract(ARTICLE).facts) == 1
        assert len(extractor.extract(ARTICLE).facts) == 1
        kinds = [body.get("response_format", {}).get("type") for body in server.asked]
    assert kinds == ["json_schema", "json_object", None, None]


def test_one_article_that_is_too_long_does_not_change_how_the_others_are_asked() -> None:
    other = Document("Sarrow sued Dunmore.", "sarrow.txt", "sarrow.txt")

    def answer(body: JSON) -> Reply:
        return fails(400, "context exceeded") if "Sarrow" in body["messages"][1]["content"] else finds(NAMES, [DEAL])

    with serving(answer) as server:
        error, found = asking(server.url)[0].extract_many([other, ARTICLE])
    assert isinstance(error, SourceError)
    assert str(error).endswith("answers 400: context exceeded")
    assert isinstance(found, Extraction)
    assert server.asked[-1]["response_format"]["type"] == "json_schema"


def test_settings_that_a_server_does_not_take_are_left_out() -> None:
    def answer(body: JSON) -> Reply:
        refused = [name for name in ("temperature", "seed") if name in body]
        return fails(400, f"Unsupported value: {refused[0]}") if refused else finds(NAMES, [DEAL])

    with serving(answer) as server:
        extractor, _ = asking(server.url)
        assert len(extractor.extract(ARTICLE).facts) == 1
        assert len(extractor.extract(ARTICLE).facts) == 1
    assert [("temperature" in body, "seed" in body) for body in server.asked] == [
        (True, True), (False, True), (False, False), (False, False),
    ]  # fmt: skip
    assert all(body["response_format"]["type"] == "json_schema" for body in server.asked)


@pytest.mark.parametrize(
    ("replies", "pauses"),
    [
        ([fails(429), finds(NAMES, [DEAL])], [1.0]),
        ([fails(429, Retry_After="7"), fails(503), finds(NAMES, [DEAL])], [7.0, 2.0]),
        ([fails(500, Retry_After="4000"), finds(NAMES, [DEAL])], [60.0]),
        ([fails(500, Retry_After="soon"), finds(NAMES, [DEAL])], [1.0]),
    ],
)
def test_a_busy_server_is_asked_again_after_a_pause(replies: list[Reply], pauses: list[float]) -> None:
    with serving(replies) as server:
        extractor, made = asking(server.url)
        assert len(extractor.extract(ARTICLE).facts) == 1
    assert made == pauses


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        (fails(401, "no key"), ModelError, "refuses access (401: no key); set KG_LLM_API_KEY"),
        (fails(403), ModelError, "refuses access (403); set KG_LLM_API_KEY"),
        (fails(404, "unknown model"), ModelError, "no such address or no model 'small-model' (404: unknown model)"),
        (Reply(302, Location="/elsewhere"), ModelError, "redirects (302); give the final address"),
        (fails(429), ModelError, "allows no more requests (429); try again later"),
        (fails(500, "out of\nmemory"), SourceError, "answers 500: out of memory"),
        (fails(400, "too long"), SourceError, "answers 400: too long"),
        (Reply(200, b"<html>"), ModelError, "does not answer as an OpenAI-compatible server does; check --llm-url"),
        (Reply(200, b"[]"), ModelError, "does not answer as an OpenAI-compatible server does"),
        (Reply(200, b'{"choices": []}'), ModelError, "does not answer as an OpenAI-compatible server does"),
        (says(None), SourceError, "declines to answer for this article"),
        (says("I see no deals."), SourceError, "the answer of small-model is not the JSON asked for"),
        (says("[1, 2]"), SourceError, "is not the JSON asked for"),
        (says('{"deals": []}'), SourceError, "is not the JSON asked for"),
        (says("{" * 100_000), SourceError, "is not the JSON asked for"),
        (says('{"entities": {}, "facts": []}'), SourceError, "is not the JSON asked for"),
        (says('{"entities": [', "length"), SourceError, "is cut off even for a short text"),
        (Reply(200, b"x" * 16_000_001), ModelError, "answers with more than 16 MB"),
    ],
)
def test_failures_are_one_sentence(reply: Reply, error: type[KgError], words: str) -> None:
    with serving([reply]) as server:
        extractor, _ = asking(server.url)
        with pytest.raises(error) as raised:
            extractor.extract(ARTICLE)
        assert len(server.asked) <= 5
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_failure_of_one_article_does_not_stop_the_others() -> None:
    other = Document("Sarrow sued Dunmore.", "sarrow.txt", "sarrow.txt")

    def answer(body: JSON) -> Reply:
        return says("no") if "Sarrow" in body["messages"][1]["content"] else finds(NAMES, [DEAL])

    with serving(answer) as server:
        first, second, third = asking(server.url)[0].extract_many([ARTICLE, other, ARTICLE])
    assert isinstance(first, Extraction)
    assert first == third
    assert isinstance(second, SourceError)
    assert second.source == "sarrow.txt"


def test_nobody_listens() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        with pytest.raises(ModelError, match="the server cannot be reached; check --llm-url"):
            asking(url)[0].extract(ARTICLE)


def test_a_server_that_never_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        client = Client(url, "m", seconds=0.2, sleep=lambda _: None)
        with pytest.raises(SourceError, match="gives no answer in time"):
            LlmExtractor(url, "m", client=client).extract(ARTICLE)


@pytest.mark.parametrize(
    "url",
    ["", "127.0.0.1:8080", "ftp://host/v1", "http://", "http://[::1", "http://a:port/", "http://a b/v1",
     "http://user:secret@127.0.0.1/v1", "http://127.0.0.1/v1?key=secret"],
)  # fmt: skip
def test_addresses_that_cannot_be_used(url: str) -> None:
    with pytest.raises(ModelError) as raised:
        LlmExtractor(url, "m")
    assert "secret" not in str(raised.value) or "user" not in url
    with pytest.raises(ModelError, match="name is empty"):
        LlmExtractor("http://127.0.0.1:1/v1", " ")


def test_the_key_comes_from_the_environment_and_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, " sk-secret ")
    with serving([fails(401, "wrong key sk-secret")]) as server:
        extractor, _ = asking(server.url)
        with pytest.raises(ModelError, match="check the key in KG_LLM_API_KEY") as raised:
            extractor.extract(ARTICLE)
    assert server.heads[0]["Authorization"] == "Bearer sk-secret"
    assert "sk-secret" not in str(raised.value)
    assert "sk-secret" not in extractor.signature


@pytest.mark.parametrize("length", range(186, 202, 3))
def test_no_part_of_the_key_is_shown_where_a_long_reason_is_cut_off(
    length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "sk-secret.")
    with serving([fails(401, "x" * length + " sk-secret.")]) as server, pytest.raises(ModelError) as raised:
        asking(server.url)[0].extract(ARTICLE)
    assert "sk" not in str(raised.value)


@pytest.mark.parametrize("url", ["http://models.example/v1", "http://10.0.0.5:8000/v1", "http://127.0.0.1.example/v1"])
def test_the_key_never_travels_unencrypted(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    LlmExtractor(url, "m")
    monkeypatch.setenv(KEY_VARIABLE, "sk-secret")
    with pytest.raises(ModelError, match="would travel unencrypted; use an https URL"):
        LlmExtractor(url, "m")
    for fine in ("https://models.example/v1", "http://localhost:1/v1", "http://127.9.9.9/v1", "http://[::1]:1/v1"):
        LlmExtractor(fine, "m")


def test_a_key_that_would_break_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "sk\r\nX-Evil: 1")
    with pytest.raises(ModelError, match="has characters that no key has"):
        LlmExtractor("https://models.example/v1", "m")


def test_confidence_can_be_asked_for() -> None:
    unsure = {**ROLE, "confidence": 0.3}
    assert [fact.confidence for fact in extracted(finds(NAMES, [DEAL, unsure])).facts] == [0.9, 0.3]
    assert [fact.confidence for fact in extracted(finds(NAMES, [DEAL, unsure]), min_confidence=0.5).facts] == [0.9]
    for confidence in (-0.1, 1.1, float("nan")):
        with pytest.raises(ModelError, match="a confidence lies between 0 and 1"):
            LlmExtractor("http://127.0.0.1:1/v1", "m", min_confidence=confidence)
    (fact,) = extracted(with_fact(confidence=7)).facts
    assert fact.confidence == 1.0


def test_signatures_tell_models_and_options_apart() -> None:
    url = "http://127.0.0.1:1/v1"
    kinds = [LlmExtractor(url, "a"), LlmExtractor(url, "b"), LlmExtractor(url, "a", min_confidence=0.5),
             LlmExtractor(url, "a", window=5_000)]  # fmt: skip
    assert len({extractor.signature for extractor in kinds}) == 4
    assert LlmExtractor("https://else.example/v1", "a").signature == kinds[0].signature
    assert "127.0.0.1" not in kinds[0].signature


@pytest.mark.parametrize("window", [0, -1])
def test_a_window_holds_something(window: int) -> None:
    with pytest.raises(ModelError, match=f"a window holds at least 1 character, not {window}"):
        LlmExtractor("http://127.0.0.1:1/v1", "m", window=window)


# ---------- long articles ----------

PARAGRAPHS = [f"Paragraph {n}. " + "Nothing happened at the harbour that day. " * 20 for n in range(12)]


def long_article() -> Document:
    first = "Veltrano Motors Plc agreed to buy Quorvia. "
    last = "Veltrano Motors called off its purchase of Quorvia. Ada Lund, chief executive, left."
    return Document("\n\n".join([first, *PARAGRAPHS, last]), "long.txt", "long.txt")


def reader(body: JSON) -> Reply:
    """A model that reads its window: names the names and the deal that stand in it."""
    text = body["messages"][1]["content"].partition("Article:")[2]
    names = [name for name in ("Veltrano Motors Plc", "Veltrano Motors", "Quorvia", "Ada Lund") if name in text]
    if "Veltrano Motors Plc" in names:
        names.remove("Veltrano Motors")
    entities: list[JSON] = [
        {"name": name, "type": "Person" if name == "Ada Lund" else "Company", "aliases": []} for name in names
    ]
    if "Veltrano Motors Plc" in names:
        entities[0]["aliases"] = ["Veltrano Motors"]
    facts = []
    for words, status in (("agreed to buy Quorvia", "announced"), ("called off its purchase of Quorvia", "terminated")):
        if words in text:
            roles = {"acquirer": names[:1], "target": ["Quorvia"], "seller": []}
            facts.append({**DEAL, "roles": roles, "status": status, "evidence": words, "amount": None})
    return finds(entities, facts)


def test_long_articles_are_read_in_windows_and_put_together() -> None:
    article = long_article()
    with serving(reader) as server:
        found = asking(server.url, window=3_000)[0].extract(article)
        asked = [body["messages"][1]["content"] for body in server.asked]
    assert len(asked) > 3
    assert "part 2 of" in asked[1]
    assert "Named in earlier parts: Veltrano Motors Plc; Quorvia" in asked[1]
    (fact,) = found.facts
    assert fact.status == "terminated"
    assert [e.quote for e in fact.evidence] == ["agreed to buy Quorvia", "called off its purchase of Quorvia"]
    assert all(article.text[e.start : e.end] == e.quote for e in fact.evidence)
    assert [(s.start, s.end) for s in fact.support] == [(e.start, e.end) for e in fact.evidence]
    names = {entity.name: entity for entity in found.entities}
    assert "Quorvia" in names
    assert len(names["Quorvia"].mentions) == 2
    assert extraction_quads(found)


def test_a_window_whose_answer_does_not_fit_is_cut_in_two() -> None:
    def short_of_breath(body: JSON) -> Reply:
        return says('{"entities"', "length") if len(body["messages"][1]["content"]) > 2_500 else reader(body)

    with serving(short_of_breath) as server:
        cut = asking(server.url)[0].extract(long_article())
    with serving(reader) as server:
        whole = asking(server.url, window=2_500)[0].extract(long_article())
    assert [fact.evidence for fact in cut.facts] == [fact.evidence for fact in whole.facts]


@given(st.text(alphabet="ab  \t\n\u00a0\u2019'\u201c\"—-", max_size=80), st.data())
def test_a_quote_is_found_whatever_its_spaces_and_quotation_marks(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : data.draw(st.integers(start, len(text)))]
    retyped = quote.replace("\u2019", "'").replace("\u201c", '"').replace("—", "-").replace("\n", "  ")
    found = Ground(text).quote(retyped)
    if len(retyped.split()) >= 2:
        assert found is not None
        assert text[found.start : found.end] == found.quote
        assert found.quote.translate(str.maketrans("\u2019\u201c—", "'\"-")).split() == retyped.split()


@pytest.mark.parametrize(
    ("forms", "places"),
    [
        (["AT&T", "T"], {"AT&T": [0, 21]}),
        (["AT", "ATT"], {"AT": [0, 21]}),
        (["Quo"], {}),
        (["via"], {}),
        (["Quorvia Plc", "Quorvia", "Plc"], {"Quorvia Plc": [9], "Quorvia": [32]}),
        (["(Quorvia)"], {"(Quorvia)": [31]}),
        (["&", " "], {}),
    ],
)
def test_mentions_are_whole_words_and_the_longest(forms: list[str], places: dict[str, list[int]]) -> None:
    found = Ground("AT&T and Quorvia\nPlc AT&T sued (Quorvia) again").mentions(forms)
    assert {form: [mention.start for mention in mentions] for form, mentions in found.items()} == places


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.sampled_from(
        ["Veltrano", "Quorvia", "Acquisition", "Company", "announced", "to buy\nQuorvia"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from([*DEAL, *NAMES[0], "acquirer", "target", "seller", "value", "currency"]), inner, max_size=8),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(ANY | st.just(NAMES[0]), max_size=4), st.lists(ANY | st.fixed_dictionaries(
    {key: st.just(value) | ANY for key, value in DEAL.items()}), max_size=4))  # fmt: skip
def test_any_answer_is_read_without_a_crash(entities: list[Any], facts: list[Any]) -> None:
    reading = answers.read({"entities": entities, "facts": facts}, Ground(TEXT))
    assert len(reading.facts) + sum(reading.refused.values()) == reading.given == len(facts)
    assert all((fact.evidence and fact.type in DEAL_TYPES) or fact.type in FACT_TYPES for fact in reading.facts)
