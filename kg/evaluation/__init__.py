"""Gold articles and predictions → precision, recall, F1 and accuracy, and the mistakes behind them.

``compare`` judges one article from plain data (a gold dictionary; an extraction, or its dictionary), ``evaluate`` puts
comparisons together; ``read_gold_folder``, ``read_predictions`` and ``extract_articles`` get both from folders.
"""

from __future__ import annotations

from kg.evaluation.comparison import Comparison, compare
from kg.evaluation.corpus import GoldFile, extract_articles, read_gold_folder, read_predictions
from kg.evaluation.report import Evaluation, Figures, evaluate, figures

__all__ = [
    "Comparison",
    "Evaluation",
    "Figures",
    "GoldFile",
    "compare",
    "evaluate",
    "extract_articles",
    "figures",
    "read_gold_folder",
    "read_predictions",
]
