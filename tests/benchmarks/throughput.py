"""Words a second of ``kg build`` against the bare spaCy pipeline, on the same news articles in the same run.

usage: python tests/benchmarks/throughput.py [--articles N] [--model NAME] [--pipeline NAME]

Reads a seeded sample of ``../shared/data/news``. The bare model (all its components, every text, nothing stored) runs
before and after the build, so that a machine that slows down or speeds up meanwhile is evened out. Also prints the peak
memory of a process that only builds, and how long rdflib takes to load the finished Turtle.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import rdflib
import spacy
from spacy.language import Language

import kg
from kg.extraction import DEFAULT_MODEL, PIPELINES, load

NEWS = Path(__file__).resolve().parents[3] / "shared" / "data" / "news"
SEED = 7
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def sample(count: int) -> list[dict[str, str]]:
    """Return articles drawn evenly from every source, long enough to hold a story."""
    files = sorted(NEWS.glob("*.jsonl.gz"))
    random_draw = random.Random(SEED)
    drawn: list[dict[str, str]] = []
    for number, path in enumerate(files):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            articles = [json.loads(line) for line in lines]
        long_enough = [article for article in articles if 500 < len(article["text"]) < 20_000]
        drawn += random_draw.sample(long_enough, count * (number + 1) // len(files) - count * number // len(files))
    return drawn


def write(articles: list[dict[str, str]], folder: Path) -> None:
    """Lay the articles out as files with their metadata beside them."""
    for number, article in enumerate(articles):
        (folder / f"{number:04}.txt").write_text(article["text"], "utf-8")
        known = {key: article[key] for key in ("title", "published") if article.get(key)}
        if not ISO_DATE.fullmatch(known.get("published", "")):
            known.pop("published", None)
        (folder / f"{number:04}.json").write_text(json.dumps(known), "utf-8")


class Clock:
    """Seconds since it was made: on the wall, and of the processor, which other work on the machine changes less."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        """Return both."""
        return time.perf_counter() - self._wall, time.process_time() - self._cpu


def bare_seconds(nlp: Language, texts: list[str]) -> tuple[float, float]:
    """Return how long the bare pipeline takes over the texts, on the wall and of the processor."""
    clock = Clock()
    for _ in nlp.pipe(texts):
        pass
    return clock.read()


def peak_of_build(sources: Path, pipeline: str) -> float:
    """Return the peak memory in MiB of a process that does nothing but build from the sources."""
    program = "import sys, kg; kg.build(sys.argv[1], pipeline=sys.argv[2])"
    subprocess.run([sys.executable, "-c", program, str(sources), pipeline], check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--model", default=DEFAULT_MODEL, help="the bare spaCy model to compare with")
    parser.add_argument("--pipeline", choices=PIPELINES, default=PIPELINES[0], help="the pipeline to build with")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", message=r"\[W095\]")
    articles = sample(options.articles)
    texts = [article["text"] for article in articles]
    words = sum(len(text.split()) for text in texts)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "news").mkdir()
        write(articles, folder / "news")
        # First of all: a child's peak counts what its parent held when it forked.
        peak = peak_of_build(folder / "news", options.pipeline)
        nlp = spacy.load(options.model)
        load(pipeline=options.pipeline)  # loading a model is not what is measured
        bare_seconds(nlp, texts[:5])
        before, cpu_before = bare_seconds(nlp, texts)
        clock = Clock()
        with kg.build(folder / "news", folder / "store", pipeline=options.pipeline) as graph:
            built, cpu = clock.read()
            after, cpu_after = bare_seconds(nlp, texts)
            report = graph.report
            graph.write(folder / "deals.ttl")
        bare, bare_cpu = (before + after) / 2, (cpu_before + cpu_after) / 2
        print(f"{len(texts)} articles, {words:,} words; documents {report.new}, failures {len(report.failures)}")
        print(f"bare {options.model}: {words / bare:,.0f} words/s ({words / before:,.0f} and {words / after:,.0f})")
        print(f"kg build, {options.pipeline}: {words / built:,.0f} words/s, ratio {bare / built:.2f}", end="")
        print(f" ({bare_cpu / cpu:.2f} of processor time)", end="; ")
        print(f"peak memory {peak:,.0f} MiB")
        started = time.perf_counter()
        triples = len(rdflib.Graph().parse(folder / "deals.ttl"))
        size = (folder / "deals.ttl").stat().st_size / 1e6
        print(f"Turtle: {triples:,} triples, {size:.1f} MB, loaded by rdflib in {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
