"""A spelling with all its occurrences in a document, and what the model's labels say of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extraction.reading import Reading
from kg.extraction.spans import Span

# Features that speak differently for a name that the model labels and for one that only has a capital.
_WITH_SOURCE = (
    "company word last",
    "digit",
    "first word also in lower case",
    "generic",
    "given name first",
    "has -",
    "last word also in lower case",
    "only at openings",
    "only in headings",
    "place",
    "place first",
    "public body",
    "title last",
    "well known",
    "well known several",
)


@dataclass(slots=True)
class Form:
    """One spelling of a name, and where it stands."""

    text: str
    pieces: tuple[str, ...]
    spans: list[Span] = field(default_factory=list)


def forms(reading: Reading, spans: list[Span]) -> dict[str, Form]:
    """Gather the occurrences of each spelling, in the order of their first."""
    found: dict[str, Form] = {}
    for span in spans:
        text = reading.text(span.start, span.end)
        form = found.get(text) or found.setdefault(text, Form(text, tuple(reading.texts[span.start : span.end])))
        form.spans.append(span)
    return found


def of_sources(reading: Reading, form: Form, others: frozenset[str]) -> Iterator[str]:
    """Yield the features of what proposed a form: the model's labels as a whole, and with its ``others``."""
    labels = Counter(reading.labels[span.start] or "nothing" for span in form.spans)
    for label, count in labels.items():
        if count == len(form.spans):
            yield f"always {label}"
        elif 2 * count >= len(form.spans):
            yield f"mostly {label}"
    for span in form.spans:
        if span.source in {"legal", "known"} and reading.labels[span.start]:
            yield f"heard {reading.labels[span.start]}"
    sources = Counter(span.source for span in form.spans)
    main = max(sorted(sources), key=sources.__getitem__)
    yield f"{main} & {_shape(form)}"
    yield f"{main} & times {min(len(form.spans), 3)}"
    for other in _WITH_SOURCE:
        if other in others:
            yield f"{main} & {other}"


def _shape(form: Form) -> str:
    if len(form.pieces) > 1:
        return "several words"
    return "capitals" if form.text.isupper() else "one word"
