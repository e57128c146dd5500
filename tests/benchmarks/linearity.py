"""Time of extraction over the length of the text: news articles joined to texts of 1,000 to 100,000 words.

usage: python tests/benchmarks/linearity.py [--words 1000 …] [--plot linearity.svg]

Prints seconds of processor time and words a second for each length, and draws them beside the straight line that the
shortest text starts. The articles are drawn from ``../shared/data/news`` as ``throughput.py`` draws them.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from throughput import sample

from kg.extraction import Extractor
from kg.model import Document

LENGTHS = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)  # words
_WORDS_OF_AN_ARTICLE = 250  # at least: how many must be drawn is reckoned from this


@dataclass(frozen=True)
class Point:
    """A text of so many words, how many seconds it took, and how many entities and facts came of it."""

    words: int
    seconds: float
    entities: int
    facts: int

    @property
    def seconds_a_word(self) -> float:
        return self.seconds / self.words


def text_of(words: int, articles: Sequence[str]) -> str:
    """Join articles, the last one cut, to a text of so many words; raises ``ValueError`` when they do not reach."""
    parts, count = [], 0
    for article in articles:
        lines = article.splitlines(keepends=True)
        for line in lines:
            parts.append(line)
            count += len(line.split())
            if count >= words:
                return "".join(parts)
        parts.append("\n\n")
    raise ValueError(f"the articles have {count} words, not {words}")


def measure(extractor: Extractor, lengths: Sequence[int], articles: Sequence[str]) -> list[Point]:
    """Extract from a text of each length; a short one is read before, so that loading is not measured.

    Seconds are those of the processor: what else runs on the machine does not change them.
    """
    extractor.extract(Document(text_of(min(lengths), articles), "warm", "warm"))
    points = []
    for length in lengths:
        text = text_of(length, articles)
        started = time.process_time()
        found = extractor.extract(Document(text, "joined", "joined", published="2016-01-01"))
        seconds = time.process_time() - started
        points.append(Point(len(text.split()), seconds, len(found.entities), len(found.facts)))
    return points


def draw(points: Sequence[Point], path: Path) -> None:
    """Draw seconds over words, and the straight line that the shortest text starts."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    mpl.rcParams["svg.hashsalt"] = "linearity"  # the same points give the same file
    figure, axes = plt.subplots(figsize=(7, 4.2))
    words = [point.words for point in points]
    axes.plot(words, [point.seconds for point in points], "o-", label="measured")
    straight = [points[0].seconds_a_word * each for each in words]
    axes.plot(words, straight, "--", color="grey", label=f"as fast a word as the first {words[0]:,}")
    axes.set_xlabel("words of the text")
    axes.set_ylabel("seconds of processor time")
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def main() -> None:
    """Measure, print, draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, nargs="+", default=LENGTHS, help="lengths to measure, in words")
    parser.add_argument("--plot", type=Path, help="draw into this .svg or .png file")
    options = parser.parse_args()
    lengths = sorted(options.words)
    articles = [article["text"] for article in sample(lengths[-1] // _WORDS_OF_AN_ARTICLE + 10)]
    points = measure(Extractor(), lengths, articles)
    print("words     seconds  words/s  entities  facts")
    for point in points:
        rate = 1 / point.seconds_a_word
        print(f"{point.words:7,}  {point.seconds:8.2f}  {rate:7,.0f}  {point.entities:8}  {point.facts:5}")
    if options.plot:
        draw(points, options.plot)
        print(f"{options.plot} drawn", file=sys.stderr)


if __name__ == "__main__":
    main()
