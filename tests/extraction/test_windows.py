"""Windows: what the encoder reads together, how much of it, and how it is put into numbers."""

from __future__ import annotations

from collections import Counter
from itertools import chain, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from window_docs import Item, doc_of

from kg import vocabulary
from kg.extraction.state import Reference
from kg.extraction.windows import (
    KINDS,
    LONGEST,
    MOST_MENTIONS,
    SHAPES,
    Flat,
    Place,
    Window,
    about,
    flatten,
    kind_of,
    tokenizer,
    windows,
)

TYPES = ("Company", "Company", "Company", "Person", "Place")
NAMES = ("Quillfen", "Harbourline Plc", "Stonebeck Holdings Ltd", "Ada Lund", "Bern", "it")
PLAIN = ("the", "deal", "reportedly", "antidisestablishmentarianism", "$2bn", ",", "–", "50-50", "said", "\n")


@st.composite
def sentences(draw: st.DrawFn) -> list[Item]:
    """Words with up to four mentions, and enough words around each that no window is a list of names."""
    found: list[Item] = []
    for _ in range(draw(st.integers(0, 4))):
        found.append((draw(st.integers(0, len(TYPES) - 1)), draw(st.sampled_from(NAMES))))
        found += draw(st.lists(st.sampled_from(PLAIN[:-1]), min_size=6, max_size=30))
    return [*found, "."]


def size_of(doc: Doc, start: int, end: int) -> int:
    words = [token.text for token in doc[start:end]]
    return len(tokenizer().encode(words, is_pretokenized=True, add_special_tokens=False).ids)


def pairs_read(doc: Doc) -> Counter[tuple[int, int]]:
    """Count how often each two mentions, by their first tokens, are read as a pair."""
    found: Counter[tuple[int, int]] = Counter()
    for window in windows(doc):
        starts = [window.tokens[mention.start] for mention in window.mentions]
        found.update((starts[i], starts[j]) for i, j in window.pairs())
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(sentences(), min_size=1, max_size=14))
def test_mentions_of_neighbouring_sentences_are_read_together_and_once(texts: list[list[Item]]) -> None:
    doc = doc_of(texts, TYPES)
    read = pairs_read(doc)
    references: list[Reference] = doc._.kg_references
    inside = [[r for r in references if s.start <= r.start < s.end] for s in doc.sents]
    sizes = [size_of(doc, s.start, s.end) for s in doc.sents]
    full = [(size, found) for size, found in zip(sizes, inside, strict=True) if found]
    expected = set()
    for number, (size, found) in enumerate(full):
        after_size, after = full[number + 1] if number + 1 < len(full) else (0, [])
        if size <= LONGEST:
            near = set(permutations([r.start for r in found], 2))
            if size + after_size <= LONGEST:
                both = ((a.start, b.start) for a in found for b in after)
                near |= {pair for a, b in both for pair in ((a, b), (b, a))}
            expected |= near
    node = {reference.start: reference.nodes[0] for reference in references}
    for a, b in expected:
        wanted = node[a] != node[b]
        assert read[a, b] == wanted
    assert all(count == 1 for count in read.values())
    assert all(sum(map(len, window.pieces)) <= LONGEST for window in windows(doc))


def test_after_a_list_of_names_reading_goes_on_with_its_last_sentence() -> None:
    table: list[Item] = [(0, "A"), (1, "B")] * MOST_MENTIONS
    last: list[Item] = [(0, "Quillfen"), "sued", (1, "Harbourline"), *["again"] * 60, "."]
    after: list[Item] = [(2, "Stonebeck"), "won", *["twice"] * 100, "."]
    doc = doc_of([table, last, after], TYPES)
    first = len(table)
    assert pairs_read(doc)[first, first + 2] == 1


@pytest.mark.parametrize("names", [2, 39, 40, 41, 1000])
def test_pairs_of_a_crowded_sentence_are_bounded(names: int) -> None:
    doc = doc_of([[(number, f"X{number}") for number in range(names)]], ["Company"] * names)
    found = list(windows(doc))
    assert all(len(window.mentions) <= MOST_MENTIONS for window in found)
    assert sum(pairs_read(doc).values()) <= MOST_MENTIONS * (MOST_MENTIONS - 1)
    assert bool(found) == (names <= MOST_MENTIONS)


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        ([], 0),
        ([["nothing", "here"]], 0),
        ([[(0, "Quillfen"), "alone"]], 0),
        ([[(0, "Quillfen"), "and", (0, "Quillfen")]], 0),
        ([[(0, "Quillfen"), "and"], ["words"], [(1, "Harbourline")]], 1),
    ],
)
def test_only_windows_with_two_entities_are_read(texts: list[list[Item]], count: int) -> None:
    assert len(list(windows(doc_of(texts, TYPES)))) == count


def test_furniture_is_not_read() -> None:
    doc = doc_of([[(0, "Quillfen"), "sued", (1, "Harbourline")], [(2, "Stonebeck"), "ads", (0, "Quillfen")]], TYPES)
    doc._.kg_prose = bytearray([1, 1, 1, 0, 0, 0])
    (window,) = windows(doc)
    assert [mention.node for mention in window.mentions] == [0, 1]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_text_gives_windows_whose_numbers_are_in_range(words: list[str], one: int, other: int) -> None:
    texts: list[list[Item]] = [[*words[:one], (0, "Quillfen"), *words[one:]], [(1, "Bern"), *words[:other], (2, "it")]]
    doc = doc_of(texts, TYPES)
    for window in windows(doc):
        flat = flatten(window)
        assert len(flat.pieces) == len(flat.kinds) <= LONGEST + 2
        assert all(0 <= kind < KINDS for kind in flat.kinds)
        assert all(0 <= piece < tokenizer().get_vocab_size() for piece in flat.pieces)
        assert all(0 < start < end < len(flat.pieces) for start, end in flat.spans)
        assert all(0 <= window.shape(i, j) < SHAPES for i, j in window.pairs())


def marked(window: Window, types: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The words under the kinds of a name, by entity type, as a check on what the encoder is shown."""
    kind = {kind_of(name): name for name in vocabulary.ENTITY_TYPES}
    flat = flatten(window)
    return [(kind[flat.kinds[start]], tokenizer().decode(flat.pieces[start:end])) for start, end in flat.spans]


def test_names_are_marked_by_their_types() -> None:
    (window,) = windows(doc_of([[(3, "Ada Lund"), "runs", (1, "Harbourline Plc"), "in", (4, "Bern")]], TYPES))
    assert marked(window, TYPES) == [("Person", "ada lund"), ("Company", "harbourline plc"), ("Place", "bern")]
    flat = flatten(window)
    (start, end), *_ = flat.spans
    assert flat.kinds[start:end] == [kind_of("Person")] + [kind_of("Person") + 1] * (end - start - 1)


def ids(word: str) -> list[int]:
    return list(tokenizer().encode(word, add_special_tokens=False).ids)


@settings(max_examples=60, deadline=None)
@given(st.lists(sentences(), min_size=1, max_size=3), st.dictionaries(st.integers(0, 4), st.integers(1, 4), max_size=5))
def test_swapped_names_stand_where_the_mentions_are(texts: list[list[Item]], lengths: dict[int, int]) -> None:
    names = [ids(word) for word in ("corvid", "lumberjacks", "intl", "holdings")]
    swapped = {node: names[:length] for node, length in lengths.items()}
    for window in windows(doc_of(texts, TYPES)):
        plain, flat = flatten(window), flatten(window, swapped)
        assert len(flat.pieces) == len(flat.kinds)
        for mention, (a, b), (start, end) in zip(window.mentions, plain.spans, flat.spans, strict=True):
            if mention.nominal or mention.node not in swapped:
                assert flat.pieces[start:end] == plain.pieces[a:b]
            else:
                kept = swapped[mention.node][: mention.end - mention.start]
                assert flat.pieces[start:end] == list(chain.from_iterable(kept))
                assert flat.kinds[start] == plain.kinds[a]
        words = [window.pieces[n] for n in range(len(window.pieces)) if window.kinds[n] == 0]
        outside = [piece for piece, kind in zip(flat.pieces[1:-1], flat.kinds[1:-1], strict=True) if kind == 0]
        assert outside == list(chain.from_iterable(words))


def test_type_pairs_are_numbered_apart() -> None:
    kinds = vocabulary.ENTITY_TYPES
    window = Window(mentions=[Place(n, n + 1, n, 0, False) for n in range(len(kinds))], sentences=[(0, len(kinds))])
    pairs = list(product(range(len(kinds)), repeat=2))
    told = about(window, Flat([], [], [(n, n + 1) for n in range(len(kinds))]), pairs, kinds)
    assert sorted(told["types"]) == list(range(len(kinds) ** 2))
    assert told["pairs"] == pairs
    assert [len(rows) for rows in told.values()] == [len(kinds), *[len(pairs)] * 3]
