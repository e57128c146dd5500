"""``kg_names``: proper names, from the model's own named entities, legal forms, well-known names and context.

The work is done in small rooms: ``spans`` says where names may stand (``cleanup`` mends the model's own),
``name_features`` and ``name_types`` tell what each is, ``repeats`` finds every further occurrence.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction import recognizer
from kg.extraction.name_forms import forms
from kg.extraction.name_types import Weights, read_weights, types
from kg.extraction.reading import Reading
from kg.extraction.repeats import repeated
from kg.extraction.spans import candidates
from kg.extraction.state import register


class NameFinder:
    """The component: sets ``doc._.kg_names``, proper names with their types, none within another, as they come."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    def __call__(self, doc: Doc) -> Doc:
        """Find the names of a parsed document."""
        reading = Reading(doc)
        found = forms(reading, candidates(reading))
        doc._.kg_names = repeated(reading, found, types(reading, found, self._weights))
        return doc


@Language.factory(
    "kg_names", default_config={"weights": None}, requires=["doc.ents", "token.pos"], assigns=["doc._.kg_names"]
)
def kg_names(nlp: Language, name: str, weights: str | None) -> NameFinder:  # noqa: ARG001  # as spaCy calls a factory
    """Make the component.

    Args:
        weights: the file of weights that type the names: its path, or its name in the package's own folder of weights;
            by default those for models that have not learned from annotated news.
    """
    register()
    return NameFinder(read_weights(recognizer.folder() / (weights or recognizer.PLAIN_TYPES)))
