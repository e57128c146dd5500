"""Hypothesis strategies for extractions whose words try everything: quotes, controls, emoji, markup, long names."""

from __future__ import annotations

from hypothesis import strategies as st

from kg.model import Document, Entity, Evidence, Extraction, Fact, Mention, Money, Support
from kg.vocabulary import ENTITY_TYPES, FACT_TYPES

SPITEFUL = (
    'quote " and \\ and \\u0041 and """',
    "line\nbreak\r\nand\ttab",
    "<script>alert(1)</script>",
    "\x00\x01\x1f\x7f\x85",
    "\u202eright to left\u202c שלום",
    "👩‍👩‍👧 \U0001f600 \U0010ffff",
    "\ufeff\ufffe\uffff",
    "> . } ; DROP ALL #",
    "${jndi} {{ x }} %s %00",
    "N" * 3000,
)

words = st.one_of(st.sampled_from(SPITEFUL), st.text(st.characters(exclude_categories=("Cs",)), max_size=20))
dates = st.one_of(
    st.from_regex(r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?", fullmatch=True), words
)
fractions = st.floats(0, 1, allow_nan=False)
money = st.builds(
    Money,
    st.decimals(0, 10**15, allow_nan=False, allow_infinity=False, places=2),
    st.sampled_from(("USD", "EUR", "CNY")),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of any words."""
    optional = st.none() | words
    parts = draw(st.lists(words, max_size=4))
    return Document(
        text=" ".join(parts),
        source=draw(words),
        origin=draw(words),
        title=draw(optional),
        published=draw(st.none() | dates),
        url=draw(optional),
        publisher=draw(optional),
        author=draw(optional),
    )


@st.composite
def spans(draw: st.DrawFn, text: str) -> list[tuple[int, int, str]]:
    """Distinct spans of a text, in its order."""
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    found = {(min(pair), max(pair)) for pair in draw(st.lists(places, max_size=3))}
    return sorted((start, end, text[start:end]) for start, end in found)


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    """An extraction in the order that RDF gives back: aliases sorted, mentions and evidence by position."""
    document = draw(documents())
    entities = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        aliases = tuple(sorted(draw(st.sets(words, max_size=2))))
        mentions = tuple(Mention(*span) for span in draw(spans(document.text)))
        entities.append(Entity(f"e{number}", draw(words), draw(st.sampled_from(ENTITY_TYPES)), aliases, mentions))
    facts = [draw(_fact(document, len(entities))) for _ in range(draw(st.integers(0, 11)))]
    return Extraction(document, tuple(entities), tuple(facts), draw(words))


def _places(document: Document) -> list[tuple[int, int]]:
    """Some spans of a document's text, the empty one at its start and all of it among them."""
    return [(0, 0), (0, len(document.text)), (len(document.text) // 2, len(document.text))]


@st.composite
def _fact(draw: st.DrawFn, document: Document, entities: int) -> Fact:
    kind = FACT_TYPES[draw(st.sampled_from(tuple(FACT_TYPES)))]
    fillers = st.lists(st.integers(1, entities).map("e{}".format), min_size=1, max_size=11).map(tuple)
    roles = {role.name: draw(fillers) for role in kind.roles.values() if not role.literal and draw(st.booleans())}
    read = st.builds(lambda span, *what: Support(*span, *what), st.sampled_from(_places(document)), words, fractions)
    return Fact(
        type=kind.name,
        roles=roles,
        status=draw(st.sampled_from(kind.statuses)),
        evidence=tuple(Evidence(*span) for span in draw(spans(document.text))),
        amount=draw(st.none() | money),
        stake=draw(st.none() | fractions),
        date=draw(st.none() | dates),
        title=draw(st.none() | words),
        confidence=draw(fractions),
        support=tuple(sorted(draw(st.sets(read, max_size=3)))),
    )
