"""Text of an article → its blocks: the title, headings, paragraphs of prose, and the page furniture between them.

A page saved as text carries menus, picture credits, dates, links and agency lines. Nothing is cut out, since offsets
must fit the user's own file: every line keeps its place and only gets a kind. When in doubt a line is ``BODY``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kg import furniture


class BlockKind(StrEnum):
    """What a block is to a reader; only ``TITLE`` and ``BODY`` are sure to state what the article says."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text: code point offsets, end exclusive, white space at its edges left out."""

    start: int
    end: int
    kind: BlockKind


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    text: str
    after_gap: bool
    kind: BlockKind | None = None


_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BREAKS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_CLOSERS = " \t\"'”’»)]*`"
_FINAL = (".", "!", "?", "…", ":", ";", ",")
_WRAP_WIDTHS = range(40, 121)
_TITLE_LENGTH = 200
_HEADING_LENGTH = 80
_HEADING_WORDS = 10
_MENU_WORDS = 5
_HEAD_LINES = 15
_HEAD_LENGTH = 4_000
_TELLING = frozenset({"said", "says", "told", "declined", "added", "was", "were", "had", "been", "did"})
_BULLETS = ("-", "*", "•", "·", "‣", "▪", "–", "—", "(", "[", '"', "“", "'", "‘", "`")
_ABBREVIATED = ("Inc.", "Co.", "Corp.", "Ltd.", "U.S.", "...", " .")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def blocks(text: str) -> list[Block]:
    """Return the blocks of the text in order: they do not overlap and hold every character that is not white space.

    A paragraph is one block, whether hard-wrapped or a single line; each line of furniture is a block of its own. A
    text whose only words look like a heading is taken for prose.
    """
    lines = _lines(text)
    _mark_furniture(lines)
    paragraphs = list(_paragraphs(lines))
    _mark_headings(paragraphs)
    return [Block(group[0].start, group[-1].end, group[0].kind or BlockKind.BODY) for group in paragraphs]


def heading_title(text: str) -> str | None:
    """Return the title line that the text opens with, or ``None`` when it opens with prose."""
    for block in blocks(text[:_HEAD_LENGTH]):
        if block.kind is BlockKind.TITLE:
            return " ".join(text[block.start : block.end].split())
    return None


def heading_date(text: str) -> str | None:
    """Return the publication date that the head of the text states (ISO 8601), or ``None``.

    It is looked for on date lines, on header lines that end in a date, and in the dateline of the first paragraph; an
    "updated" line counts only when nothing else does.
    """
    updated = None
    for line in _lines(text, most=_HEAD_LINES):
        bare = furniture.without_number(line.text)
        found = _stated_date(bare)
        if found is None:
            continue
        if not re.match(r"updated|last|modified", bare, re.IGNORECASE):
            return found
        updated = updated or found
    return updated


def _stated_date(line: str) -> str | None:
    if len(line) <= furniture.LONGEST:
        match = furniture.DATE_LINE.fullmatch(line) or furniture.HEADER_DATE.fullmatch(line)
        if match:
            return _iso(match["date"])
    match = furniture.DATELINE.match(line)
    return _iso(match["date"]) if match else None


def _iso(words: str) -> str | None:
    """Return the ISO form of a date; ``None`` when it cannot be, or when day and month may be swapped."""
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    letters = re.search(r"[a-z]{3}", re.sub(r"\d+(?:st|nd|rd|th)", "", words.lower()))
    try:
        if letters:
            day, year = numbers
            return date(year, _MONTHS.index(letters[0]) + 1, day).isoformat()
        if len(words.split("-")) == 3:
            return date(*numbers).isoformat()
        first, second, year = numbers
        if "/" in words and first <= 12 and second <= 12 and first != second:
            return None
        day, month = (second, first) if "/" in words and second > 12 else (first, second)
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _lines(text: str, most: int | None = None) -> list[_Line]:
    """Return the lines that hold more than white space, each with whether a blank line (or the start) precedes it."""
    lines: list[_Line] = []
    previous_end = 0
    for match in _LINE.finditer(text):
        words = match[0].strip()
        if not words:
            continue
        start = match.start() + match[0].index(words)
        gap = not lines or len(_BREAKS.findall(text, previous_end, start)) > 1
        previous_end = start + len(words)
        lines.append(_Line(start, previous_end, words, gap))
        if len(lines) == most:
            break
    return lines


def _mark_furniture(lines: list[_Line]) -> None:
    teasing = False
    for number, line in enumerate(lines):
        if furniture.is_furniture(line.text):
            line.kind = BlockKind.FURNITURE
            teasing = bool(furniture.TEASERS.fullmatch(line.text)) or (teasing and not line.after_gap)
            above = lines[number - 1] if number and not line.after_gap else None
            if above and above.kind is None and furniture.is_credit(line.text) and _is_caption(above):
                above.kind = BlockKind.FURNITURE
        elif teasing and len(line.text) <= _TITLE_LENGTH and not _is_final(line.text):
            line.kind = BlockKind.FURNITURE
        else:
            teasing = False
    _mark_menus(lines)


def _is_caption(line: _Line) -> bool:
    return len(line.text) <= _TITLE_LENGTH


def _mark_menus(lines: list[_Line]) -> None:
    """Mark runs of three and more adjacent short lines before the first paragraph: a page's menu."""
    run: list[_Line] = []
    for line in lines:
        short = len(line.text.split()) <= _MENU_WORDS and len(line.text) <= _HEADING_LENGTH and not _is_final(line.text)
        if line.kind is None and not short:
            break
        if line.after_gap:
            _mark_menu(run)
            run = []
        run.append(line)
    else:
        return
    _mark_menu(run if not line.after_gap else [])


def _mark_menu(run: list[_Line]) -> None:
    if len(run) >= 3:
        for line in run:
            line.kind = BlockKind.FURNITURE


def _paragraphs(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Group the lines: wrapped prose lies in one group, everything else stands alone."""
    width = max((len(line.text) for line in lines if line.kind is None), default=0)
    group: list[_Line] = []
    for line in lines:
        if group and not _continues(group[-1], line, width):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _continues(above: _Line, line: _Line, width: int) -> bool:
    """Whether a line goes on with the paragraph above: its first word did not fit there, or starts in lower case."""
    if line.after_gap or above.kind or line.kind:
        return False
    if line.text[0].islower() and not _is_final(above.text.rstrip(",;:")):
        return True
    return width in _WRAP_WIDTHS and len(above.text) + 1 + len(line.text.split(None, 1)[0]) > width


def _mark_headings(paragraphs: list[list[_Line]]) -> None:
    words = [group for group in paragraphs if group[0].kind is None]
    shapes = [_looks_like_heading(group) for group in words]
    if len(words) > 1 and _looks_like_title(words[0]) and not words[1][0].text[0].islower():
        words[0][0].kind = BlockKind.TITLE
    for number, group in enumerate(words[:-1]):
        broken = words[number + 1][0].text[0].islower()
        if group[0].kind is None and shapes[number] and not broken and not _in_list(shapes, number):
            group[0].kind = BlockKind.HEADING
    if not any(group[0].kind is None for group in words):
        for group in words:
            group[0].kind = None


def _in_list(shapes: list[bool], number: int) -> bool:
    """Whether three or more heading-like lines follow one another: rows of a list or table, which are no headings."""
    first = max(number - 2, 0)
    return "111" in "".join("1" if shape else "0" for shape in shapes[first : number + 3])


def _looks_like_title(group: list[_Line]) -> bool:
    length = group[-1].end - group[0].start
    if len(group) > 3 or length > _TITLE_LENGTH:
        return False
    last = group[-1].text.rstrip(_CLOSERS)
    return not last.endswith((".", ":", ";", ",")) or last.endswith(_ABBREVIATED)


def _looks_like_heading(group: list[_Line]) -> bool:
    line = group[0].text
    if len(group) > 1 or len(line) > _HEADING_LENGTH or _is_final(line) or line.startswith(_BULLETS):
        return False
    words = line.split()
    if line.isupper() and any(len(word) > 2 and word.isalpha() for word in words):
        return len(words) <= _HEADING_WORDS + 2
    figures = sum(any(character.isdigit() for character in word) for word in words)
    listed = ":" in line or line.count(",") > 1 or figures > 1
    begins = words[0][0].isupper() or words[0][0].isdigit()
    return begins and not listed and len(words) <= _HEADING_WORDS and not _TELLING.intersection(words)


def _is_final(line: str) -> bool:
    return line.rstrip(_CLOSERS).endswith(_FINAL)
