"""Words that somebody claims a text to hold → where they stand in it.

Models retype quotes with other white space, quotation marks and dashes; these differences are folded away, all others
count. Offsets are those of the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.model import Evidence, Mention

_FOLDS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_SPACES = re.compile(r"\s+")
_ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…|\[\.\.\.\]|\[…\])\s*")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_LEAST_WORDS = 2
_MOST_GAP = 600  # characters of the text that an ellipsis may stand for


def fold(words: str) -> str:
    """Return the words with plain quotation marks, hyphens and single spaces."""
    return _SPACES.sub(" ", words.translate(_FOLDS)).strip()


class Ground:
    """A text in which words are looked up; making one costs a pass over the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        pieces: list[str] = []
        self._offsets: list[int] = []
        end = 0
        for space in _SPACES.finditer(text):
            self._offsets.extend(range(end, space.start()))
            pieces += [text[end : space.start()], " "]
            self._offsets.append(space.start())
            end = space.end()
        self._offsets.extend(range(end, len(text)))
        self._folded = "".join([*pieces, text[end:]]).translate(_FOLDS)

    def holds(self, name: str, *, any_case: bool = False) -> bool:
        """Tell whether the name stands in the text as whole words."""
        pattern = _whole(fold(name))
        return pattern is not None and re.search(pattern, self._folded, re.IGNORECASE * any_case) is not None

    def quote(self, words: str) -> Evidence | None:
        """Return where the words stand, or nothing; of several places the first.

        A quote has at least two words. One with an ellipsis is found when its parts stand near each other in their
        order, and then reaches from the first to the last of them.
        """
        if len(fold(words).split()) < _LEAST_WORDS:
            return None
        whole = self._find(fold(words), 0)
        parts = [fold(part) for part in _ELLIPSIS.split(words) if part.strip()]
        if whole is None and len(parts) > 1:
            whole = self._chain(parts)
        if whole is None:
            return None
        start, end = self._offsets[whole[0]], self._offsets[whole[1] - 1] + 1
        return Evidence(start, end, self.text[start:end])

    def mentions(self, forms: Iterable[str]) -> Mapping[str, list[Mention]]:
        """Return the places of the forms, each by its ``fold``: longer forms first, none within another.

        One pass over the text, whatever the number of forms: at each word only those that begin with it are tried.
        """
        by_first: dict[str, list[str]] = {}
        for form in sorted({fold(form) for form in forms}, key=lambda form: (-len(form), form)):
            if _whole(form) is not None:
                by_first.setdefault(_TOKEN.findall(form)[0], []).append(form)
        found: dict[str, list[Mention]] = {}
        end = 0
        for token in _TOKEN.finditer(self._folded):
            start = token.start()
            tried = by_first.get(token[0], ()) if start >= end else ()
            meant = next((form for form in tried if self._is_at(form, start)), None)
            if meant is not None:
                end = start + len(meant)
                place = self._offsets[start], self._offsets[end - 1] + 1
                found.setdefault(meant, []).append(Mention(*place, self.text[slice(*place)]))
        return found

    def _is_at(self, form: str, start: int) -> bool:
        end = start + len(form)
        inside_a_word = form[-1].isalnum() and _TOKEN.match(self._folded, end - 1, end + 1)
        return self._folded.startswith(form, start) and not (inside_a_word and len(inside_a_word[0]) > 1)

    def _find(self, folded: str, start: int, within: int | None = None) -> tuple[int, int] | None:
        end = None if within is None else start + within + len(folded)
        at = self._folded.find(folded, start, end) if folded else -1
        return None if at < 0 else (at, at + len(folded))

    def _chain(self, parts: list[str]) -> tuple[int, int] | None:
        """Find parts that follow each other; a first part that stands in the text often is tried at each place."""
        first = self._find(parts[0], 0)
        while first is not None:
            last: tuple[int, int] | None = first
            for part in parts[1:]:
                last = self._find(part, last[1], _MOST_GAP) if last else None
            if last is not None:
                return first[0], last[1]
            first = self._find(parts[0], first[1])
        return None


def _whole(folded: str) -> str | None:
    """The pattern of a folded form as whole words; there is none for a form without a letter or digit."""
    if not any(character.isalnum() for character in folded):
        return None
    before = r"(?<!\w)" if folded[0].isalnum() else ""
    after = r"(?!\w)" if folded[-1].isalnum() else ""
    return f"{before}{re.escape(folded)}{after}"
