"""Measures the quality of extraction afresh and writes it down as the floors that tests hold it to.

usage: python tests/quality/renew.py [--part dev|train] [--check] [--lower --reason "why"]

Raising floors is free. A measurement under a floor is refused unless --lower and --reason are given; the reason is then
kept in baseline.json. With --check nothing is written, and a figure that is more than the tolerance under its floor
fails it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from quality_baseline import (
    BASELINE,
    PARTS,
    LoweredError,
    checksum,
    extracted,
    floors,
    judged,
    load,
    renewed,
    save,
    shortfalls,
)

EVALUATION = Path(__file__).resolve().parents[3] / "shared" / "eval"


def main() -> None:
    """Measure, compare, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS, action="append", help="measure this part only")
    parser.add_argument("--check", action="store_true", help="compare with the floors and write nothing")
    parser.add_argument("--lower", action="store_true", help="lower floors where the measurement is under them")
    parser.add_argument("--reason", help="why floors may be lowered")
    options = parser.parse_args()
    if options.lower != bool(options.reason):
        parser.error("--lower and --reason go together")
    old, corpus, measured = load(), {}, {}
    for part in options.part or PARTS:
        evaluation = judged(*extracted(EVALUATION / part))
        corpus[part], measured[part] = checksum(EVALUATION / part), floors(evaluation)
        views = ", ".join(f"{name} {score.f1:.3f}" for name, score in evaluation.figures.views.items())
        print(f"{part}, {PARTS[part]}: F1 {views}", file=sys.stderr)
    if options.check:
        short = [
            f"{part}: {each}" for part in measured for each in shortfalls(old["floors"].get(part, {}), measured[part])
        ]
        sys.exit("\n".join(short) or None)
    try:
        save(renewed(old, corpus, measured, options.reason))
    except LoweredError as error:
        sys.exit("\n".join(["not written; to lower these floors give --lower and --reason:", *error.lowered]))
    print(f"{BASELINE} written", file=sys.stderr)


if __name__ == "__main__":
    main()
