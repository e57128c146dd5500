"""Extraction by a language model of the user's own, over any endpoint that speaks OpenAI's chat completions protocol.

The text of each document goes to the address that the user names, and nowhere else. What comes back is believed only
as far as it can be checked: against the vocabulary, and against the words of the text.
"""

from __future__ import annotations

from kg.extraction.llm.client import KEY_VARIABLE, Client
from kg.extraction.llm.extractor import LlmExtractor

__all__ = ["KEY_VARIABLE", "Client", "LlmExtractor"]
