"""The fact type of a user's own that ontologies/README.md shows, and ``kg`` run as a program that knows it.

The vocabulary is read once in a process, so each command runs in one of its own. ``python own_ontology.py FOLDER …`` is
``kg …`` with the tiny encoder of the tests in the place of the real one, kept in the folder.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from to_train_on import use_tiny_encoder

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "ontologies" / "README.md").read_text(encoding="utf-8")
SPONSORSHIP = next(block for block in re.findall(r"```turtle\n(.*?)```", README, re.S) if "ckg:Sponsorship" in block)
FILE = "sponsorship.ttl"

_SPONSORS = ("Harbourline", "Veltrano", "Oxmoor", "Tarnbrook", "Caldmere", "Penhallow", "Rusholt", "Wexlade", "Ostrava")
_CLUBS = ("Quillfen", "Quorvia", "Larkhill", "Bramfield", "Ketterby", "Norwick", "Selbridge", "Thornbury", "Umberley")


def run(
    place: Path, *arguments: str, ontology: str | None = FILE, answers: str = "", before: Path | None = None
) -> Any:
    """Run ``kg`` in a folder; ``before`` is where the tiny encoder is kept, for training."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    start = ["-c", "from kg.cli import main; main()"] if before is None else [__file__, str(before)]
    return subprocess.run(
        [sys.executable, *start, *arguments],
        cwd=place,
        env={**plain, "PYTHONPATH": str(ROOT)} | ({} if ontology is None else {"KG_ONTOLOGY": ontology}),
        input=answers,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )


def article(number: int) -> tuple[str, dict[str, Any]]:
    """Return an article's text and its gold file: a sponsorship and a purchase are noted, a lawsuit is not."""
    sponsor, club = f"{_SPONSORS[number % 9]} Plc", f"{_CLUBS[number % 9]} Group"
    text = (
        f"{sponsor} sponsors {club}\n\n{sponsor} agreed to sponsor {club} for $2 million a year. "
        f"{sponsor} agreed to buy Stonebeck Ltd. Stonebeck Ltd sued {club} in May.\n"
    )
    return text, {
        "published": "2021-03-04",
        "entities": [
            {"name": name, "type": "Company", "aliases": [name.split()[0]]} for name in (sponsor, club, "Stonebeck Ltd")
        ],
        "facts": [
            {
                "type": "Sponsorship",
                "status": "announced",
                "roles": {"sponsor": [sponsor], "sponsored": club},
                "amount": {"value": 2_000_000, "currency": "USD"},
                "evidence": f"agreed to sponsor {club}",
            },
            {
                "type": "Acquisition",
                "status": "announced",
                "roles": {"acquirer": [sponsor], "target": "Stonebeck Ltd"},
                "evidence": "agreed to buy Stonebeck Ltd",
            },
        ],
    }


def gold_files(folder: Path, count: int) -> None:
    """Write so many articles with their gold files into a new folder."""
    folder.mkdir()
    for number in range(1, count + 1):
        text, gold = article(number)
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
        (folder / f"{number:03}.json").write_text(json.dumps(gold), encoding="utf-8")


if __name__ == "__main__":
    from kg.cli import main

    with pytest.MonkeyPatch.context() as patch:
        use_tiny_encoder(Path(sys.argv[1]), patch)
        main(sys.argv[2:])
