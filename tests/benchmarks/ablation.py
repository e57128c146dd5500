"""What each part of the extractor adds: precision, recall and F1 on gold articles without it.

usage: python tests/benchmarks/ablation.py [--part dev|train] [--weights DIR]

Each line leaves out one component of the pipeline (or the weights of the names), and judges what is then extracted. The
confidences were weighed with all parts in place, so that a part that is missed shows in them too.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.evaluation import compare, evaluate, extract_articles, read_gold_folder
from kg.evaluation.corpus import GoldFile
from kg.extraction import Extractor
from kg.extraction.encoder import WEIGHTS
from kg.extraction.recognizer import PLAIN_TYPES
from kg.model import Extraction

EVALUATION = Path(__file__).resolve().parents[3] / "shared" / "eval"
PARTS = {
    "all": (),
    "without the network (kg_learned)": ("kg_learned",),
    "without the rules (kg_relations)": ("kg_relations",),
    "without nominals (kg_nominals)": ("kg_nominals",),
    "without money, stakes and dates": ("kg_money", "kg_stakes", "kg_dates"),
}


def measure(name: str, articles: list[GoldFile], extractor: Extractor, disabled: tuple[str, ...] = ()) -> None:
    """Print the figures of an extractor, some of its components left out."""
    with extractor.nlp.select_pipes(disable=list(disabled)):
        found, _ = extract_articles(articles, extractor)
    read = [(each, extraction) for each in articles if isinstance(extraction := found[each.name], Extraction)]
    if len(read) < len(articles):
        raise SystemExit(f"{len(articles) - len(read)} articles could not be read")
    figures = evaluate([compare(each.gold, extraction, each.name) for each, extraction in read]).figures
    views = "; ".join(f"{view} {s.precision:.3f} {s.recall:.3f} {s.f1:.3f}" for view, s in figures.views.items())
    told = ", ".join(f"{name} {each.accuracy:.2f}" for name, each in figures.attributes.items())
    print(f"{name}: {views}; {told}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("dev", "train"), default="dev")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="a folder of kg train; by default that of kg")
    options = parser.parse_args()
    articles = [article for article in read_gold_folder(EVALUATION / options.part) if article.source != "written"]
    print("precision, recall and F1 of each view; accuracy of attributes on right deals")
    for name, disabled in PARTS.items():
        measure(name, articles, Extractor(weights=options.weights), disabled)
    measure("rules alone, weighed as such (--pipeline fast)", articles, Extractor(pipeline="fast"))
    with TemporaryDirectory() as folder:
        plain = Path(folder) / "weights"
        shutil.copytree(options.weights, plain)
        for file in (plain / "names").iterdir():
            if file.name != PLAIN_TYPES:
                file.unlink()
        measure("without the recognizer of names", articles, Extractor(weights=plain))


if __name__ == "__main__":
    main()
