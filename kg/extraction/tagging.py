"""A spaCy model's attribute ruler, made lighter: it sets what components here read, in a fraction of the time.

The ruler of the English models sets parts of speech, lemmas and morphology by 179 patterns, which its matcher tries at
each token: a tenth of the time of the whole model. No component of ``kg`` reads lemmas or morphology, and most of the
other patterns only map a tag to a part of speech, which a table does as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

_RULER = "attribute_ruler"
_READ = frozenset({"TAG", "POS", "DEP"})


def lighten(nlp: Language) -> None:
    """Put a light one in the place of the model's attribute ruler, if it has one."""
    if _RULER in nlp.pipe_names:
        patterns = nlp.get_pipe(_RULER).patterns  # type: ignore[attr-defined]
        nlp.replace_pipe(_RULER, "kg_tagging", config={"patterns": patterns})


@Language.factory("kg_tagging", requires=["token.tag"], assigns=["token.tag", "token.pos", "token.dep"])
class LightRuler:
    """Sets tags, parts of speech and dependencies as the ``patterns`` of an attribute ruler do, and nothing else.

    What maps a tag to a part of speech comes before all other patterns, as it does in the English models.
    """

    def __init__(self, nlp: Language, name: str, patterns: Sequence[Mapping[str, Any]]) -> None:  # noqa: ARG002
        self._pos: dict[str, str] = {}
        self._rest = AttributeRuler(nlp.vocab)
        for each in patterns:
            attributes = {name: value for name, value in each["attrs"].items() if name in _READ}
            tags = list(_plain_tags(each["patterns"]))
            if set(attributes) == {"POS"} and len(tags) == len(each["patterns"]):
                self._pos.update(dict.fromkeys(tags, attributes["POS"]))
            elif attributes:
                self._rest.add(each["patterns"], attributes, each["index"])

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of a document's tokens."""
        for token in doc:
            pos = self._pos.get(token.tag_)
            if pos is not None:
                token.pos_ = pos
        return self._rest(doc)


def _plain_tags(patterns: Iterable[list[dict[str, Any]]]) -> Iterator[str]:
    for pattern in patterns:
        if len(pattern) == 1 and set(pattern[0]) == {"TAG"} and isinstance(pattern[0]["TAG"], str):
            yield pattern[0]["TAG"]
