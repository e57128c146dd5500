"""What a person corrected, as gold files: ``NNN.json`` beside ``NNN.txt``, to measure with and to learn from.

``gold`` is the format, ``checks`` what must be true of a gold file, ``draft`` makes a first version from an extraction,
``session`` corrects it in a dialogue, ``sheet`` in a file, and ``folder`` keeps what is done and what is in hand.
"""

from __future__ import annotations

from kg.annotation.checks import Fault, faults
from kg.annotation.gold import GoldArticle, GoldEntity, GoldFact, read_gold, write_gold

__all__ = ["Fault", "GoldArticle", "GoldEntity", "GoldFact", "faults", "read_gold", "write_gold"]
