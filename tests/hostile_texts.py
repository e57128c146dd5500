"""Texts that nobody would call an article, each made as long as one likes: ``SHAPES[name](words)``.

All names are invented. A shape grows in one direction only (more companies, a longer line, deeper brackets), so that
what grows faster than the text shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, islice

_STEMS = ("Kes", "Bor", "Har", "Quil", "Tal", "Nor", "Dun", "Pel", "Ost", "Vin", "Mar", "Zel", "Fen", "Gal", "Ruk")
_ENDS = ("trel", "land", "well", "lon", "bria", "vik", "more", "agia", "rava", "dale")
_KINDS = ("Motors", "Foods", "Bank", "Steel", "Energy", "Media", "Pharma", "Airlines")


def companies() -> Iterator[str]:
    """Yield invented names of companies, all different."""
    for number in count():
        first, rest = number % len(_STEMS), number // len(_STEMS)
        second, rest = rest % len(_ENDS), rest // len(_ENDS)
        third, rest = rest % len(_STEMS), rest // len(_STEMS)
        name = _STEMS[first] + _ENDS[second] + (_STEMS[third].lower() if rest or third else "")
        yield f"{name}{'' if not rest else 'o' * (rest % 3)} {_KINDS[rest % len(_KINDS)]} Plc"


def repeated(unit: str) -> Callable[[int], str]:
    """Return a shape that repeats some words, as they stand."""
    return lambda words: unit * max(words // max(len(unit.split()), 1), 1)


def with_names(sentence: str, joint: str = " ", end: str = "\n") -> Callable[[int], str]:
    """Return a shape of sentences, each about the next companies: ``{a}`` and ``{b}`` are filled in."""

    def shape(words: int) -> str:
        source = companies()
        each = len(sentence.split()) + 2 * sum(sentence.count(place) for place in ("{a}", "{b}"))
        needed = max(words // each, 1)
        if "{b}" in sentence:
            return joint.join(sentence.format(a=next(source), b=next(source)) for _ in range(needed)) + end
        return joint.join(sentence.format(a=name) for name in islice(source, needed)) + end

    return shape


SHAPES: dict[str, Callable[[int], str]] = {
    "half a sentence": repeated("agreed on Thursday to buy the "),
    "a list of companies": with_names("{a}", joint=", ", end=" agreed to merge.\n"),
    "a list without commas": with_names("{a}"),
    "a list of buyers": with_names("{a}", joint=" and ", end=" agreed to buy Harwell Group Plc for $2 billion.\n"),
    "deals of two each": with_names("{a} agreed to buy {b} for $2 billion."),
    "deals, each in a paragraph": with_names("{a} agreed to buy {b} for $2 billion on Monday.", joint="\n\n"),
    "one deal again and again": repeated("Kestrel Motors Plc agreed to buy Borland Foods Plc for $2 billion. "),
    "companies and what they are": with_names("{a} makes pumps. The company said it would grow."),
    "pairs of companies": with_names("{a} talked to {b}. The two companies said they would merge."),
    "rivals of one": with_names("Harwell Group Plc sued its rival {a} and the two settled."),
    "people": with_names("John Miller, chief executive of {a}, a British bank based in London, said on Friday."),
    "headlines": with_names("{a} to buy {b}", joint="\n\n"),
    "all capitals": lambda words: with_names("{a} AGREED TO BUY {b} FOR $2 BILLION.")(words).upper(),
    "a table": with_names("{a}\t12.5\t-3.4%\t1,204\tEUR 5m", joint="\n"),
    "a table in Markdown": with_names("| {a} | 12.5 | 3 | London |", joint="\n"),
    "tickers": with_names("{a} (ABC.N) <XYZ.L> (NYSE: ABC) rose 3 percent.", joint="\n"),
    "emoji": with_names("🚀🚀 {a} 🤝 {b} 💰💰💰 to the moon 👩‍👩‍👧‍👦!!"),
    "right to left": repeated("أعلنت شركة النور يوم الخميس أنها ستشتري شركة الأمل مقابل مليار دولار. "),
    "right to left among names": with_names("\u202e{a}\u202c اشترت \u2067{b}\u2069 for $2 billion."),
    "German": repeated("Der Konzern teilte am Donnerstag in München mit, dass er die Bank übernehmen will. "),
    "Chinese": repeated("阿尔法集团周四宣布,与贝塔公司合资设立一家公司。 "),
    "control characters": with_names("{a}\x07\x1b[31m said\x0b\x0c it\x85 would\u2028 buy\u2029 {b}\x1b[0m.\ufeff"),
    "combining marks": repeated("K\u0301\u0302e\u0304\u0305s\u0306t\u0307 Motors Plc b\u0308ought B\u030aorland. "),
    "one long line": repeated("Kestrel Motors Plc said that it and its rival and "),
    "one long word": lambda words: "x" * (6 * words),
    "one long name": repeated("Kestrel Borland "),
    "one long chain of hyphens": repeated("Kestrel-Borland-"),
    "one long address": lambda words: "https://news.example/" + "a/" * (3 * words),
    "numbers": repeated("1,234,567.89 12-13 0.5% "),
    "money": repeated("$2 billion to $3 bln, 4 million euros "),
    "dates": repeated("Monday, 12 March 2015, last week, "),
    "brackets": lambda words: "(" * words + "Kestrel Motors Plc" + ")" * words,
    "quotes": repeated("\"'“”‘’ "),
    "dots": repeated(". . ... … "),
    "blank lines": lambda words: "Kestrel\n" + "\n \n" * words + "Borland\n",
    "the same pronoun": repeated("it they the company its "),
    "possessives": repeated("Kestrel Motors's Borland Foods's "),
    "of": repeated("chief executive of the unit of the bank of "),
}  # fmt: skip
