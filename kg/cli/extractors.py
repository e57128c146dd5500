"""The options that choose an extractor → the extractor."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.cli import options, output
from kg.errors import ModelError

if TYPE_CHECKING:
    from kg.extraction.protocol import DocumentExtractor


@dataclass(frozen=True)
class Choice:
    """What was said about the extractor on the command line."""

    kind: Literal["kg", "llm"] = "kg"
    model: str | None = None
    pipeline: options.PipelineName | None = None
    min_confidence: float | None = None
    llm_url: str | None = None
    llm_model: str | None = None
    weights: Path | None = None

    def extractor(self) -> DocumentExtractor:
        """Return the extractor; raises ``ModelError`` for options that do not go together, or lack something."""
        if self.kind == "llm":
            return self._language_model()
        from kg.building import chosen

        if self.llm_url is not None or self.llm_model is not None:
            raise ModelError("--llm-url and --llm-model belong to --extractor llm: add that, or leave them out.")
        return chosen(
            model=self.model, pipeline=self.pipeline, min_confidence=self.min_confidence, weights=self.weights
        )

    def _language_model(self) -> DocumentExtractor:
        if self.llm_url is None or self.llm_model is None:
            raise ModelError("--extractor llm needs the address of a server, --llm-url, and a model, --llm-model.")
        if self.model is not None or self.pipeline is not None or self.weights is not None:
            raise ModelError(
                "--model, --pipeline and --weights belong to kg's own extractor: leave them out with --extractor llm."
            )
        from kg.extraction.llm import LlmExtractor

        return LlmExtractor(self.llm_url, self.llm_model, min_confidence=self.min_confidence, tell=output.complain)
