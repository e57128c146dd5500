"""Deals → a CSV table for a spreadsheet, one row a deal.

A cell that a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break) is
written with an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.analysis import Proof, proof_of
from kg.model import Deal

COLUMNS: Final = (
    "id",
    "type",
    "label",
    "status",
    "date",
    "amount",
    "currency",
    "stake",
    "title",
    "parties",
    "confidence",
    "documents",
    "quote",
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_table(facts: Iterable[Deal], names: Mapping[str, str], proofs: Mapping[str, Proof]) -> Iterator[bytes]:
    """Yield the rows, the heading first, in the order of the deals' ids.

    ``names`` gives each identity's name, ``proofs`` each claim's words. Parties are written ``role=name``; several of
    them, like several documents (their sources), have ``; `` between them.
    """
    yield csv_row(COLUMNS)
    for fact in sorted(facts, key=lambda fact: fact.id):
        yield csv_row(_cells(fact, names, proofs))


def _cells(fact: Deal, names: Mapping[str, str], proofs: Mapping[str, Proof]) -> list[str]:
    parties = (f"{role}={names.get(party, party)}" for role, filled in fact.roles.items() for party in filled)
    return [
        fact.id,
        fact.type,
        fact.label,
        fact.status,
        fact.date or "",
        "" if fact.amount is None else f"{fact.amount.value:f}",
        "" if fact.amount is None else fact.amount.currency,
        "" if fact.stake is None else str(fact.stake),
        fact.title or "",
        "; ".join(parties),
        str(fact.confidence),
        "; ".join(sorted({proofs[claim].source for claim in fact.claims if claim in proofs})),
        proof_of(fact, proofs).quote,
    ]


def csv_row(cells: Iterable[str]) -> bytes:
    """Return one line of a CSV table, with no cell that a spreadsheet would run."""
    line = io.StringIO()
    csv.writer(line).writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
    return line.getvalue().encode()
