"""How kinds, types and statuses look: colours that colour-blind readers can tell apart, shapes and dashes beside them.

The colours are those of Okabe and Ito, with a few of Paul Tol's where eight do not suffice; each has a variant for a
dark page. Directed relations carry an arrow and mutual ones do not, so that less rests on hue alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from kg.vocabulary import DEAL_TYPES, OWN_TYPES


@dataclass(frozen=True, slots=True)
class KindStyle:
    """The look of one entity type: what one and what many are called, the shape of vis-network, and two colours."""

    one: str
    label: str
    shape: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class LineStyle:
    """The look of one fact type: two colours and the width of its line in pixels."""

    light: str
    dark: str
    width: float


@dataclass(frozen=True, slots=True)
class StatusStyle:
    """The look of one status: what the legend calls it, the dashes of the line (``None``: solid), its opacity."""

    label: str
    dashes: tuple[int, int] | None
    opacity: float


KINDS: Mapping[str, KindStyle] = {
    "Company": KindStyle("Company", "Companies", "dot", "#0072b2", "#4ba3dc"),
    "Person": KindStyle("Person", "People", "diamond", "#d98200", "#f0b040"),
    "Organization": KindStyle("Organization", "Organizations", "hexagon", "#aa4f86", "#dd9cc0"),
    "Product": KindStyle("Product", "Products", "square", "#007d5c", "#34b893"),
    "Place": KindStyle("Place", "Places", "triangleDown", "#6f6f6f", "#a8a8a8"),
}

_DEAL_WIDTH = 2.4
_STATE_WIDTH = 1.2

LINES: Mapping[str, LineStyle] = {
    "Acquisition": LineStyle("#d55e00", "#ff8a3d", _DEAL_WIDTH),
    "Merger": LineStyle("#882255", "#e0699f", _DEAL_WIDTH),
    "JointVenture": LineStyle("#009e73", "#2fc79c", _DEAL_WIDTH),
    "Investment": LineStyle("#0072b2", "#5aaee6", _DEAL_WIDTH),
    "Divestment": LineStyle("#b8860b", "#e6b93c", _DEAL_WIDTH),
    "Partnership": LineStyle("#3fa7e0", "#8fd0f7", _DEAL_WIDTH),
    "Supply": LineStyle("#7f7f1a", "#c2c24d", _DEAL_WIDTH),
    "Licensing": LineStyle("#c0649a", "#e3a1c6", _DEAL_WIDTH),
    "Financing": LineStyle("#4b3fa0", "#a69bf0", _DEAL_WIDTH),
    "LegalDispute": LineStyle("#222222", "#f2f2f2", _DEAL_WIDTH),
    "Ownership": LineStyle("#6b5d52", "#b5a698", 1.8),
    "Competition": LineStyle("#8c8c8c", "#8f8f8f", _STATE_WIDTH),
    "Role": LineStyle("#a39274", "#9a8d75", _STATE_WIDTH),
    "Product": LineStyle("#86a096", "#7f998f", _STATE_WIDTH),
    "BasedIn": LineStyle("#ababab", "#6f6f6f", _STATE_WIDTH),
    "Listing": LineStyle("#a58fa0", "#937f8f", _STATE_WIDTH),
}

_SPARE: tuple[tuple[str, str], ...] = (
    ("#a63d57", "#f08ba2"),
    ("#33707f", "#7cc4d4"),
    ("#6a7f2a", "#b4cf6a"),
    ("#7a5195", "#c79fe3"),
)

STATUSES: Mapping[str, StatusStyle] = {
    "in_effect": StatusStyle("In effect", None, 1.0),
    "announced": StatusStyle("Announced", None, 1.0),
    "in_talks": StatusStyle("In talks", (11, 6), 1.0),
    "rumoured": StatusStyle("Rumoured", (3, 5), 1.0),
    "terminated": StatusStyle("Terminated", None, 0.33),
    "denied": StatusStyle("Denied", (11, 6), 0.33),
}

_SMALLEST_NODE = 8.0
_GROWTH = 4.0
_MOST_GROWTH = 22.0


def line_style(type_name: str) -> LineStyle:
    """Return the look of a fact type; those of a user's own take turns with the spare colours."""
    if type_name in LINES:
        return LINES[type_name]
    light, dark = _SPARE[OWN_TYPES.index(type_name) % len(_SPARE)]
    return LineStyle(light, dark, _DEAL_WIDTH if type_name in DEAL_TYPES else _STATE_WIDTH)


def node_size(deals: int, most: int) -> float:
    """Return the radius of a node in pixels: its area grows with its deals, up to those of the busiest node."""
    growth = min(_GROWTH * math.sqrt(deals), _MOST_GROWTH * math.sqrt(deals / max(1, most)))
    return round(_SMALLEST_NODE + growth, 1)
