"""Deals as a list that shows itself as a table in a notebook.

Everything that comes from outside is escaped before it becomes HTML.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import overload

from kg import wording
from kg.model import Deal


class DealList(Sequence[Deal]):
    """Deals, those with the latest news first.

    ``names`` gives the name of each identity that fills a role, ``quote`` the words that state a deal.
    """

    def __init__(self, deals: Iterable[Deal], names: Mapping[str, str], quote: Callable[[Deal], str]) -> None:
        self._deals = tuple(deals)
        self.names = names
        self._quote = quote

    @overload
    def __getitem__(self, index: int) -> Deal: ...
    @overload
    def __getitem__(self, index: slice) -> DealList: ...
    def __getitem__(self, index: int | slice) -> Deal | DealList:
        if isinstance(index, slice):
            return DealList(self._deals[index], self.names, self._quote)
        return self._deals[index]

    def __len__(self) -> int:
        return len(self._deals)

    def __iter__(self) -> Iterator[Deal]:
        return iter(self._deals)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DealList) and self._deals == other._deals

    def __hash__(self) -> int:
        return hash(tuple(deal.id for deal in self._deals))

    def __repr__(self) -> str:
        return f"<DealList of {len(self)}>"

    def _repr_html_(self) -> str:
        return table(("Deal", "Status", "Amount", "Stake", "Date", "Quote"), (self._row(deal) for deal in self))

    def _row(self, deal: Deal) -> tuple[str, ...]:
        return (
            deal.label,
            wording.status_name(deal.status),
            wording.money(deal.amount),
            wording.stake(deal.stake),
            deal.date or "",
            self._quote(deal),
        )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return an HTML table with every cell escaped."""
    top = "".join(f"<th>{html.escape(cell)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
