"""A text with its names → the spans of its tokens that are names, labelled as the recognizer is to label them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example

from kg.extraction.recognizer import LABELS
from kg.learning.named_texts import NamedText

_SHORTEST_SHOUTED = 4  # characters; a shorter name in capitals may be another name
# Labels of the model that say what the gold names say better: what they alone mark is no name.
_REPLACED = frozenset({"ORG", "PERSON", "PRODUCT", "WORK_OF_ART", "FAC"})

_Forms = Mapping[str, list[tuple[tuple[str, ...], str]]]


def example(nlp: Language, doc: Doc, gold: NamedText) -> Example:
    """Return what to learn from a text: the parsed ``doc`` without names, and with the right ones.

    Annotated are companies, people, products, places and other bodies; dates, amounts, and the places that readers
    passed over since no fact is about them, stay as the model labelled them.
    """
    spans = list(_gold_spans(doc, _forms(nlp, gold)))
    taken = {i for start, end, _ in spans for i in range(start, end)}
    spans += [
        (ent.start, ent.end, ent.label_)
        for ent in doc.ents
        if ent.label_ not in _REPLACED and taken.isdisjoint(range(ent.start, ent.end))
    ]
    right, bare = doc.copy(), doc.copy()
    right.ents = tuple(Span(right, start, end, label=label) for start, end, label in sorted(spans))
    bare.ents = ()
    return Example(bare, right)


def _forms(nlp: Language, gold: NamedText) -> _Forms:
    """Return the words of each name, and of each in capitals, by its first word, the longest first."""
    kinds: dict[tuple[str, ...], str] = {}
    for name, kind in gold.types.items():
        words = tuple(token.text for token in nlp.make_doc(name))
        if words and kind in LABELS:
            kinds.setdefault(words, LABELS[kind])
            if len(name) >= _SHORTEST_SHOUTED:
                kinds.setdefault(tuple(word.upper() for word in words), LABELS[kind])
    forms: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, label in sorted(kinds.items(), key=lambda item: (-len(item[0]), item)):
        forms.setdefault(words[0], []).append((words, label))
    return forms


def _gold_spans(doc: Doc, forms: _Forms) -> Iterator[tuple[int, int, str]]:
    texts = [token.text for token in doc]
    i = 0
    while i < len(texts):
        for words, label in forms.get(texts[i], ()):
            end = i + len(words)
            if tuple(texts[i:end]) == words:
                if not any(doc[j].is_sent_start or doc[j].is_space for j in range(i + 1, end)):
                    yield i, end, label  # no transition of the parser leads to a name across the end of a sentence
                i = end
                break
        else:
            i += 1
