"""Percentages and fractions in text, as numbers from 0 to 1: shares of a company told from other percentages.

The kind is judged from the words around (``data/stakes.toml``): "a 40 pct stake" is a share, "shares rose 5 pct" is
not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.numbers import Number, any_of, find_numbers

_DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class StakeSpan:
    """A fraction in the text, 0 to 1. ``kind`` is ``share`` (of a company, by the words around) or ``percent``."""

    start: int
    end: int
    stake: float
    kind: str


def find_stakes(text: str) -> list[StakeSpan]:
    """Return the percentages and fractions of one in the text, in order, without overlap."""
    spans = sorted(
        [*_percentages(text), *_splits(text), *_fractions(text), *_wholes(text)], key=lambda span: span.start
    )
    kept: list[StakeSpan] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


@dataclass(frozen=True)
class _Patterns:
    denominators: dict[str, int]
    fraction: re.Pattern[str]
    share_after: re.Pattern[str]
    share_before: re.Pattern[str]
    verb_before: re.Pattern[str]
    holder_before: re.Pattern[str]
    of_capital: re.Pattern[str]
    of_other: re.Pattern[str]
    change_before: re.Pattern[str]
    change_after: re.Pattern[str]
    whole: tuple[re.Pattern[str], re.Pattern[str]]
    even: tuple[re.Pattern[str], re.Pattern[str]]
    split_never: re.Pattern[str]
    split_share: re.Pattern[str]
    split_owned: re.Pattern[str]


def _choice(parts: Iterable[str]) -> str:
    return "(?:" + "|".join(parts).replace(" ", r"\s+") + ")"


# Words that may stand between a verb or noun and the number: "to about 9", "by another 5", "a further 10".
_FILLER = (
    r"(?:(?:a|an|the|its|his|her|their|another|further|additional|total|combined|current|by|about|around|nearly|almost|some"
    r"|roughly|approximately|close|up\s+to|to|at|at\s+least|as|much|more|less|than|over|under|just|only|initial|already|now"
    r"|still|together|also|currently|controlling)\s+){0,5}"
)


@cache
def _patterns() -> _Patterns:
    raw = tomllib.loads((_DATA / "stakes.toml").read_text("utf-8"))
    share, change, split = raw["share"], raw["change"], raw["split"]
    nouns, denominators = _choice(share["nouns"]), raw["fractions"]
    others = _choice(share["not_of"])
    linked = r"(?:of|to|at|by|is|was|be|stands|totall?ing|represent\w*|or|comprises)"
    return _Patterns(
        denominators=denominators,
        fraction=re.compile(rf"(?:{any_of(denominators)}s?|halves)(?!\w)"),
        share_after=re.compile(rf"(?:[\s,-]+(?:[^\s.;:%]+\s+){{0,3}}?|-){nouns}\b"),
        share_before=re.compile(
            rf"\b(?!shares\b){nouns}\b(?:(?!\b(?:rose|fell|up|down)\b)[^;%]){{0,90}}?"
            rf"\b{linked}\s+{_FILLER}\Z"
            rf"|\bshares,?\s+(?:or|(?:which\s+)?(?:represent|amount)\w*(?:\s+to)?|equal\s+to)\s+{_FILLER}\Z"
        ),
        verb_before=re.compile(rf"(?<!\w){_choice(share['verbs'])}(?!\w)[^;]{{0,70}}\Z"),
        holder_before=re.compile(rf"(?<!\w){_choice(share['holders'])}\s+{_FILLER}\Z"),
        of_capital=re.compile(
            rf"\s+of\s+(?:(?:the|its|their|his|all)\s+)?(?:\S+['’]s?\s+)?(?:total\s+)?{_choice(share['of_capital'])}"
            rf"(?!\w|['’]|\s+(?:\w+\s+)?{others}\b)"
        ),
        of_other=re.compile(rf"\s+of\s+(?:[^\s.,;]+\s+){{0,4}}?{others}\b"),
        change_before=re.compile(
            rf"(?<!built )(?<!build )(?<!scoop )(?<!snapped )(?<!picked )"
            rf"\b{_choice(change['before'])}\s+{_FILLER}\Z"
        ),
        change_after=re.compile(rf"[\s-]+(?:(?!stake|holding|interest)[^\s.,;:]+\s+)?{_choice(change['after'])}\b"),
        whole=(re.compile(any_of(raw["whole"]["starts"])), re.compile(rf"\b{_choice(raw['whole']['patterns'])}")),
        even=(re.compile(any_of(raw["even"]["starts"])), re.compile(rf"\b{_choice(raw['even']['patterns'])}")),
        split_never=re.compile(rf"\s*{_choice(split['not_after'])}"),
        split_share=re.compile(rf"[\s\w'-]{{0,30}}?\b{_choice(split['after'])}"),
        split_owned=re.compile(rf"\b{_choice(split['before'])}\s+(?:\w+\s+)?\Z"),
    )


# ---------------------------------------------------------------- percentages

_PERCENT = re.compile(
    r"[\s-]{0,2}(?:%|(?:percent|per[ -]cent|pct|pc)(?![a-z]))(?!\s*-?\s*points?\b)"
    r"|(?=\s+(?:stake|shareholding)\b)",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\s*(?:[-–—]|to|and|or)\s+(?:(?:about|around|nearly|almost|over|just)\s+)*\Z"
    r"|\s*(?:%|percent|pct|per cent)?\s*[-–—]\s*\Z"
)
_FROM = re.compile(
    r"\bfrom\s+(?:(?:a|an|its|their|the|about|around|current|existing|just|under|over|some|nearly)\s+)*"
    r"(?:[\d,.]+(?:\s+(?:mln|million))?(?:\s+shares)?,?\s+or\s+)?\Z"
)
_FROM_TO = re.compile(r"#[^.;]{0,40}\bto\b|\bto\b[^;]{0,60}\bfrom\b[^;]{0,40}#")
_ENDS = re.compile(
    r"\s*(?:\Z|[.,;:)\]]|(?:in|for|to|by|from|and|but|which|while|when|after|through|via|between|last|this|following|makes?|on|at)\b)"
)


def _percentages(text: str) -> list[StakeSpan]:
    numbers = find_numbers(text)
    spans: list[StakeSpan] = []
    for index, number in enumerate(numbers):
        sign = _PERCENT.match(text, number.end)
        if (
            sign is None
            or number.value > 100
            or (sign.end() == number.end and not text[number.start].isdigit())
            or _is_inside_word(text, number)
        ):
            continue
        end = max(sign.end(), number.end)
        low = numbers[index - 1] if index else None
        if low is not None and low.value <= 100 and _starts_range(text, low, number):
            lower = _kind(text, low.start, end, ranged=True)
            spans.append(StakeSpan(low.start, low.end, float(low.value / 100), lower or "percent"))
        else:
            lower = None
        kind = _kind(text, number.start, end) or lower or _kind_of_list(text, spans, number.start)
        spans.append(StakeSpan(number.start, end, float(number.value / 100), kind))
    return spans


def _starts_range(text: str, low: Number, high: Number) -> bool:
    """Whether ``low`` is the unmarked lower end of "5 to 9 percent"."""
    gap = text[low.end : high.start]
    if low.scaled or len(gap) > 24 or not _TO.match(gap):
        return False
    return not gap.lstrip().startswith("and") or "between" in text[max(0, low.start - 10) : low.start].lower()


def _is_inside_word(text: str, number: Number) -> bool:
    return number.start > 0 and (text[number.start - 1].isalpha() or text[number.start - 1] in "$£€")


def _kind(text: str, start: int, end: int, *, ranged: bool = False) -> str | None:
    """Judge by the words before ``start`` and after ``end`` if the figure is a share of a company; None if unclear."""
    patterns = _patterns()
    before = text[_sentence_start(text, start) : start].lower()
    written = text[end : end + 110]
    after = written.lower()
    if _FROM.search(before) and (ranged or _FROM_TO.search(f"{before}#{after}")):
        return "percent"
    if patterns.of_capital.match(after):
        return "share"
    if patterns.of_other.match(written):
        return "percent"
    change = patterns.change_before.search(before)
    if change is not None and change.group().split()[-1] == "of":
        return "percent"  # "a premium of 20 percent", whatever is held, or called Holdings, before it
    if patterns.share_before.search(before):
        return "share"
    if change is not None or patterns.change_after.match(after):
        return "percent"
    if patterns.share_after.match(after):
        return "share"
    if _OF_NAME.match(after) and patterns.verb_before.search(before):
        return "share"
    if (_ENDS.match(after) or _OF_PROPER_NAME.match(written)) and patterns.holder_before.search(before):
        return "share"
    return None


_OF_NAME = re.compile(r"\s+(?:of|in)\s+(?!all\b|every\b|each\b|those\b|\d)\S")
_OF_PROPER_NAME = re.compile(r"\s+of\s+(?:the\s+)?(?:[A-Z]|it\b)")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]*[A-Z])|\n\s*\n")


def _kind_of_list(text: str, spans: list[StakeSpan], start: int) -> str:
    """In a list ("A owns 80 pct, B 14 pct and C six pct") the later figures are of the kind of the first."""
    if not spans or spans[-1].kind != "share":
        return "percent"
    gap = text[spans[-1].end : start]
    return "share" if len(gap) <= 90 and _LISTED.fullmatch(gap) and not _SENTENCE_END.search(gap) else "percent"


_LISTED = re.compile(
    r"(?:\s+(?:stake|holding|interest|share)s?)?(?:\s+(?:of|to|in|by|held by)\s+[^,;:.]{1,50})?\s*\)?"
    r"(?:[,;]|\s+and)\s+(?:and\s+|with\s+|while\s+)?"
    r"(?:[^\s,;:]+\s+){0,7}?(?:[^\s,;:]+,)?"
    r"\s*\(?(?:has|holds|owns|own|another|with|to|the remaining)?\s*"
)


def _sentence_start(text: str, at: int) -> int:
    floor = max(0, at - 170)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, floor, at)]
    return ends[-1] if ends else floor


# ---------------------------------------------------------------- splits, fractions, wholes

_SPLIT = re.compile(r"([1-9](?<!\w[1-9])[0-9])\s?[-/:–]\s?([1-9][0-9])\b(?![-/:.,]\d|\s?%)")


def _splits(text: str) -> list[StakeSpan]:
    """ "50-50", "60/40": the first number, where the two make 100."""
    spans: list[StakeSpan] = []
    for match in _SPLIT.finditer(text):
        if int(match[1]) + int(match[2]) != 100 or text[max(0, match.start() - 1) : match.start()] in tuple("-/:.,$£€"):
            continue
        after = text[match.end() : match.end() + 60].lower()
        even = match[1] == "50" and not _patterns().split_never.match(after)
        owned = _patterns().split_owned.search(text[max(0, match.start() - 30) : match.start()].lower())
        kind = "share" if even or owned or _patterns().split_share.match(after) else "percent"
        spans.append(StakeSpan(match.start(), match.end(), int(match[1]) / 100, kind))
    return spans


_COUNT_BEFORE = re.compile(
    r"\b(an?|one|two|three|four|five|six|seven|eight|nine|the\s+other|other|equal|owned|owns?|holds?|held|remaining)[\s-]+\Z"
)
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_NOT_FRACTION = re.compile(
    r"[\s-]+(?:an?\b|years?\b|hour|day|term|time|dozen|century|million|billion|trillion|hearted|ago\b|earlier|later|results|profits?|"
    r"of an? per|earnings|net|and\b|mile|percent|pct|per\b|quarter|party|parties"
    r"|largest|biggest|straight|consecutive|man\b|way\b|brother)"
)


def _fractions(text: str) -> list[StakeSpan]:
    """ "a third of", "two-thirds", "just over half": only with a word that makes it a part of something."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = text
    spans: list[StakeSpan] = []
    for match in _patterns().fraction.finditer(lowered):
        span = _fraction(lowered, match)
        if span is not None:
            spans.append(StakeSpan(span.start, span.end, span.stake, _kind(text, span.start, span.end) or "percent"))
    return spans


_PERIOD_BEFORE = re.compile(
    r"(?:first|second|1st|2nd|fiscal|last|this|next|latter|and an?|current|previous|better)[\s-]+\Z"
)
_HELD = re.compile(r"\b(?:hold|holds|held|own|owns|keep|keeps|kept|with|took|takes?|bought|buy|sold)\s+a\s+\Z")
_PART_AFTER = re.compile(r"[\s-]+(?:of|the|its|their|his|her|share|stake|interest|holding|slice|owned|owner|by|in)\b")


def _fraction(lowered: str, match: re.Match[str]) -> StakeSpan | None:
    start, end = match.span()
    if (start and (lowered[start - 1].isalnum() or lowered[start - 1] == "_")) or _NOT_FRACTION.match(lowered, end):
        return None
    noun = match.group()
    name = "half" if noun == "halves" else noun.removesuffix("s") if noun.endswith("s") else noun
    lead = _COUNT_BEFORE.search(lowered, max(0, start - 14), start)
    word = re.sub(r"\s+", " ", lead[1]) if lead else ""
    plural = noun.endswith("s")
    count = _COUNTS.get(word, 1)
    if plural and count == 1 and word != "equal":
        return None
    if name != "half" and not plural and word not in ("a", "one", "the other", "other"):
        return None
    if name == "half" and _PERIOD_BEFORE.search(lowered, max(0, start - 12), start):
        return None
    partitive = _PART_AFTER.match(lowered, end) or (word == "a" and _HELD.search(lowered, max(0, start - 24), start))
    if not partitive and word not in (
        "the other",
        "other",
        "equal",
        "owned",
        "owns",
        "own",
        "remaining",
        "holds",
        "held",
    ):
        return None
    begin = lead.start(1) if lead and (word in _COUNTS or word in ("a", "an")) else start
    denominator = _patterns().denominators[name]
    if count >= denominator:
        return None
    return StakeSpan(begin, end, float(Decimal(count) / denominator), "percent")


def _wholes(text: str) -> list[StakeSpan]:
    lowered = text.lower()
    if len(lowered) != len(text):
        return []
    return [
        StakeSpan(match.start(), match.end(), stake, "share")
        for (starts, pattern), stake in ((_patterns().whole, 1.0), (_patterns().even, 0.5))
        for start in starts.finditer(lowered)
        if (match := pattern.match(lowered, start.start()))
    ]


if not Doc.has_extension("kg_stakes"):
    Doc.set_extension("kg_stakes", default=[])


@Language.component("kg_stakes")
def kg_stakes(doc: Doc) -> Doc:
    """Set ``doc._.kg_stakes`` to the percentages and fractions in the document's text."""
    doc._.kg_stakes = find_stakes(doc.text)
    return doc
