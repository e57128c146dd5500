"""The page as bytes: nothing loaded, only its own scripts allowed, hostile text inert, every quote in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from view_contents import HOSTILE, content_of, fact_of, hostile_content, small_content

from kg.errors import ExportError
from kg.views.content import around
from kg.views.escape import shown
from kg.views.page import build


class Parts(HTMLParser):
    """What a browser would find in a page: tags with their attributes, scripts, styles, and the title."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": [], "title": [], "data": []}
        self._inside: str | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag in self.texts:
            self._inside = "data" if attributes.get("type") == "application/json" else tag
            self.texts[self._inside].append("")

    def handle_endtag(self, tag):
        if tag in self.texts:
            self._inside = None

    def handle_data(self, data):
        if self._inside:
            self.texts[self._inside][-1] += data

    @property
    def data(self):
        (text,) = self.texts["data"]
        return json.loads(text)

    @property
    def policy(self):
        (found,) = [
            a["content"] for t, a in self.tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"
        ]
        return dict(rule.split(" ", 1) for rule in found.split("; "))


@pytest.fixture(scope="module")
def small() -> Parts:
    return Parts(build(small_content(), "Small").html)


@pytest.fixture(scope="module")
def hostile() -> Parts:
    return Parts(build(hostile_content(), HOSTILE[0]).html)


@pytest.mark.parametrize("which", ["small", "hostile"])
def test_no_tag_loads_anything(which: str, request: pytest.FixtureRequest) -> None:
    parts = request.getfixturevalue(which)
    for tag, attributes in parts.tags:
        assert tag not in {"iframe", "object", "embed", "base", "form", "img", "video", "audio"}
        assert "src" not in attributes, tag
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        if tag == "link":
            assert attributes["href"] == "data:,"
    assert not re.search(r"url\(|@import", "".join(parts.texts["style"]))


def test_the_policy_allows_exactly_the_pages_own_scripts_and_style(hostile: Parts) -> None:
    def hashes(texts: list[str]) -> set[str]:
        digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
        return {f"'sha256-{digest}'" for digest in digests}

    policy = hostile.policy
    assert policy["default-src"] == "'none'"
    assert set(policy["script-src"].split()) == hashes(hostile.texts["script"])
    assert set(policy["style-src"].split()) == hashes(hostile.texts["style"])
    assert policy["img-src"] == "data:"
    assert set(policy) == {"default-src", "script-src", "style-src", "img-src", "base-uri", "form-action"}


def test_the_script_builds_no_markup_from_text(small: Parts) -> None:
    vis_network, own = small.texts["script"]
    assert "vis-network" in vis_network[:200]
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", own)


def test_hostile_text_stays_text(hostile: Parts) -> None:
    assert hostile.texts["title"] == [HOSTILE[0]]
    assert len(hostile.texts["script"]) == 2
    names = {name["name"] for name in hostile.data["names"]}
    quotes = {quote["quote"] for fact in hostile.data["facts"] for quote in fact["quotes"]}
    for text in HOSTILE:
        assert shown(text) in names
        assert shown(text) in quotes
    (raw,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', build(hostile_content(), "x").html)
    assert not set("<>&\u2028\u2029\u202e\x00") & set(raw)


def test_a_fact_tells_what_read_it(small: Parts, hostile: Parts) -> None:
    (venture,) = [fact for fact in small.data["facts"] if fact["type"] == "JointVenture"]
    assert venture["readBy"] == ["network, 97 %", "words: Alba and Birk set up a venture., 75 %"]
    read_by = {each for fact in hostile.data["facts"] for each in fact["readBy"]}
    assert {f"words: {shown(text)}, 75 %" for text in HOSTILE} <= read_by


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("https://news.example/a?b=1&c=<d>", "https://news.example/a?b=1&c=<d>"),
        ("http://news.example", "http://news.example"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)//http://x", None),
        ("data:text/html,<script>", None),
        ("file:///etc/passwd", None),
        ("articles/a.txt", None),
        ("http://[broken", None),
        ("https://news.example/\u202egnp", None),
        ("\x01javascript:alert(1)", None),
    ],
)
def test_only_web_addresses_become_links(source: str, link: str | None) -> None:
    content = small_content()
    changed = type(content.sources[0])("d1", source, "Title")
    page = build(type(content)(content.identities, content.facts, content.claims, (changed,)), "x")
    (card,) = Parts(page.html).data["sources"]
    assert card.get("link") == link
    assert card["source"] == shown(source)


def test_every_fact_is_told_with_its_quotes(small: Parts) -> None:
    content = small_content()
    told = {fact["id"]: fact for fact in small.data["facts"]}
    assert set(told) == {fact.id for fact in content.facts}
    for fact in content.facts:
        wanted = [e.quote for claim in content.claims[fact.id] for e in claim.fact.evidence]
        assert [quote["quote"] for quote in told[fact.id]["quotes"]] == wanted


def test_values_are_worded_for_people(small: Parts) -> None:
    venture = next(fact for fact in small.data["facts"] if fact["type"] == "JointVenture")
    assert venture["amount"] == "CNY 1 billion"
    assert venture["date"] == "March 2021"
    assert venture["roles"] == [{"label": "Partners", "fillers": ["company/alba", "company/birk"]}]
    assert venture["history"] == [{"status": "Rumoured"}, {"status": "Announced", "date": "March 2021"}]


def test_quotes_that_disagree_say_what_they_say() -> None:
    content = small_content()
    deal = next(fact for fact in content.facts if fact.type == "Merger")
    (claim,) = content.claims[deal.id]
    other = fact_of("Merger", claim.roles, "in_talks", "They do talk.", key="2")[1]
    told = build(type(content)(content.identities, (deal,), {deal.id: (claim, other)}, content.sources), "x")
    (fact,) = Parts(told.html).data["facts"]
    assert {(quote["quote"], quote["says"]) for quote in fact["quotes"]} == {
        ("Birk denies it.", "Denied"),
        ("They do talk.", "In talks"),
    }


def test_the_same_content_gives_the_same_bytes() -> None:
    assert build(small_content(), "Small").html == build(small_content(), "Small").html


def test_an_empty_graph_gives_a_page() -> None:
    assert Parts(build(content_of(), "Nothing yet").html).data["facts"] == []


def test_the_picture_around_one_name_keeps_its_partners_and_what_is_between_them() -> None:
    content = small_content()
    identities, facts = around("company/corvo", content.identities, content.facts)
    assert [identity.name for identity in identities] == ["Alba", "Birk", "Corvo"]
    assert [fact.type for fact in facts] == ["Acquisition", "JointVenture", "Merger"]


def test_writing_is_whole_or_not_at_all(tmp_path: Path) -> None:
    page = build(small_content(), "Small")
    page.write(tmp_path / "a.html")
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == page.html
    assert [file.name for file in tmp_path.iterdir()] == ["a.html"]
    with pytest.raises(ExportError, match=r"nowhere.*cannot be written"):
        page.write(tmp_path / "nowhere" / "a.html")


def test_a_notebook_shows_the_page_in_a_frame_of_its_own() -> None:
    page = build(hostile_content(), "x")
    ((tag, attributes),) = Parts(page._repr_html_()).tags
    assert tag == "iframe"
    assert attributes["srcdoc"] == page.html
    assert "allow-same-origin" not in (attributes["sandbox"] or "")
