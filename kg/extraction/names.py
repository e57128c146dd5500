"""``kg_names``: proper names, from the model's own named entities, legal forms, well-known names and context.

The work is done in small rooms: ``spans`` says where names may stand (``cleanup`` mends the model's own),
``name_features`` and ``name_types`` tell what each is, ``repeats`` finds every further occurrence.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.name_features import forms
from kg.extraction.name_types import types
from kg.extraction.reading import Reading
from kg.extraction.repeats import repeated
from kg.extraction.spans import candidates
from kg.extraction.state import register


@Language.component("kg_names", requires=["doc.ents", "token.pos"], assigns=["doc._.kg_names"])
def kg_names(doc: Doc) -> Doc:
    """Set ``doc._.kg_names``: non-overlapping proper names with their types, in the order of the text."""
    register()
    reading = Reading(doc)
    found = forms(reading, candidates(reading))
    doc._.kg_names = repeated(reading, found, types(reading, found))
    return doc
