"""``LlmExtractor``: documents → extractions, as a language model reads them and their text bears out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from kg.errors import ModelError, SourceError
from kg.extraction.lengthy import cut
from kg.extraction.llm import answers, prompt
from kg.extraction.llm.answers import Reading
from kg.extraction.llm.client import SEED, Client
from kg.extraction.llm.grounding import Ground
from kg.extraction.llm.joining import join
from kg.model import Document, Extraction, Fact, Support
from kg.version import version

Tell = Callable[[str], None]
_MOST_KNOWN = 60  # names that a later window is reminded of
_TRIES = 2
_LONGEST = 12_000  # characters: about 3,000 tokens of the usual context of 8,000, which also holds prompt and answer
# A window whose answer does not fit is cut again, but not below this many characters.
_SHORTEST = 1_500


class LlmExtractor:
    """Turns documents into extractions by asking a model; an object that ``kg.build(…, extractor=…)`` takes.

    Args:
        url: the address that ``/chat/completions`` stands under, such as ``http://127.0.0.1:8080/v1``. Document texts
            go there, and nowhere else.
        model: the model's name on that server.
        min_confidence: facts that the model is less sure of are left out. The confidence of a fact is what the model
            itself states (0.5 when it does not): it is not calibrated.
        window: longest stretch of text in one question, in characters; at least 1.
        tell: told one sentence for each document of which something was refused; by default the log.
        client: what speaks to the server, when not an ordinary one.

    Raises ``ModelError`` for an address, name, key, confidence or window that cannot be used.
    """

    def __init__(
        self,
        url: str,
        model: str,
        *,
        min_confidence: float | None = None,
        window: int = _LONGEST,
        tell: Tell | None = None,
        client: Client | None = None,
    ) -> None:
        if not model.strip():
            raise ModelError("the model's name is empty; give the one that the server knows with --llm-model")
        if min_confidence is not None and not 0 <= min_confidence <= 1:
            raise ModelError(f"a confidence lies between 0 and 1, not at {min_confidence}: give another min_confidence")
        if window < 1:
            raise ModelError(f"a window holds at least 1 character, not {window}: give another window")
        self._client = client or Client(url, model)
        self._model = model
        self._least = min_confidence
        self._window = window
        self._tell = tell or logging.getLogger(__name__).warning

    @property
    def signature(self) -> str:
        """The model's name and what it is asked; the address is left out, since signatures travel with the graph."""
        least = "" if self._least is None else f", confidence from {self._least:g}"
        return (
            f"corporate-kg {version()}, language model {self._model}, prompt {prompt.fingerprint()}, "
            f"windows of {self._window}, confidence as the model states it{least}"
        )

    def extract(self, document: Document) -> Extraction:
        """Return what the document says.

        Raises ``SourceError`` when the model gives no usable answer for this document, ``ModelError`` when it will
        give none for any.
        """
        readings = list(self._readings(document))
        self._report(document, [reading for _, reading in readings])
        entities, facts = join(readings, Ground(document.text))
        least = self._least or 0.0
        sure = tuple(fact for fact in facts if fact.confidence >= least)
        return Extraction(document, entities, sure, self.signature)

    def extract_many(self, documents: Iterable[Document]) -> Iterator[Extraction | SourceError]:
        """Yield for each document, in order, its extraction or why the model gave none."""
        for document in documents:
            try:
                yield self.extract(document)
            except SourceError as error:
                yield error

    def _readings(self, document: Document) -> Iterator[tuple[int, Reading]]:
        """Yield the offset and the reading of each window; one whose answer does not fit is cut in two."""
        pieces = list(cut(document.text, self._window))
        offset, number, known = 0, 0, dict[str, None]()
        while pieces:
            piece, number = pieces.pop(0), number + 1
            if piece.strip():
                names = list(known)[:_MOST_KNOWN]
                question = prompt.question(document, piece, number, number + len(pieces), names)
                answer = self._answer(document, question, may_be_cut=len(piece) <= _SHORTEST)
                if answer is None:
                    pieces[:0] = cut(piece, len(piece) // 2 + 1)
                    number -= 1
                    continue
                reading = answers.read(answer, Ground(piece))
                reading.facts = [self._signed(fact) for fact in reading.facts]
                known.update(dict.fromkeys(entity.name for entity in reading.entities))
                yield offset, reading
            offset += len(piece)

    def _signed(self, fact: Fact) -> Fact:
        """The fact with the model as what supports it."""
        support = (Support(e.start, e.end, self._model, fact.confidence) for e in fact.evidence)
        return replace(fact, support=tuple(support))

    def _answer(self, document: Document, question: str, *, may_be_cut: bool) -> dict[str, object] | None:
        """Return the answer as data, or nothing when it was cut off; what is no JSON is asked for once more."""
        messages = [{"role": "system", "content": prompt.instructions()}, {"role": "user", "content": question}]
        for seed in range(SEED, SEED + _TRIES):
            answer = self._client.ask(document.origin, messages, prompt.answer_schema(), seed=seed)
            if not answer.whole and not may_be_cut:
                return None
            found = answers.parse(answer.text)
            if found is not None:
                return found
        problem = "is not the JSON asked for" if answer.whole else "is cut off even for a short text"
        raise SourceError(
            document.origin, f"not extracted, because the answer of {self._model} {problem}; try another model"
        )

    def _report(self, document: Document, readings: list[Reading]) -> None:
        total = Reading()
        for reading in readings:
            total = replace(
                total,
                refused=total.refused + reading.refused,
                refused_names=total.refused_names + reading.refused_names,
                given=total.given + reading.given,
            )
        refused, refused_names = sum(total.refused.values()), sum(total.refused_names.values())
        if refused:
            reasons = ", ".join(answers.refusals(total.refused))
            self._tell(f"{document.origin}: {refused} of {total.given} facts of {self._model} refused: {reasons}")
        elif refused_names:
            names = "1 name" if refused_names == 1 else f"{refused_names} names"
            reasons = ", ".join(answers.refusals(total.refused_names))
            self._tell(f"{document.origin}: {names} of {self._model} refused: {reasons}")
