"""A tiny network on three articles: it learns, always the same, and its export says what torch says."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from to_train_on import tiny_encoder

pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch
from torch import nn

from kg import vocabulary
from kg.extraction.encoder import CARD, Encoder
from kg.extraction.links import Link, links
from kg.learning.batches import batch
from kg.learning.examples import Example
from kg.learning.network import Network
from kg.learning.schedule import Schedule
from kg.learning.training import pool_rows, read, train

SCHEDULE = Schedule(epochs=12, encoder_rate=2e-3, head_rate=3e-3, swap_rate=0.0)
POOL = {"Company": [[[5000], [6000]]]}


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.lists(st.floats(-60, 60, width=32), min_size=2, max_size=2)), max_size=12),
    st.sampled_from([0.1, 0.5, 1.0]),
)
def test_pooling_is_the_smooth_maximum_of_each_group(rows: list[tuple[int, list[float]]], smoothness: float) -> None:
    rows = [*rows, *((group, [0.0, -1.0]) for group in range(4))]
    groups = torch.tensor([group for group, _ in rows])
    pooled = pool_rows(torch.tensor([values for _, values in rows]), groups, 4, smoothness)
    for group in range(4):
        values = np.array([values for of, values in rows if of == group], dtype=np.float64)
        expected = smoothness * np.logaddexp.reduce(values / smoothness, axis=0)
        assert pooled[group].tolist() == pytest.approx(expected.tolist(), rel=1e-4, abs=1e-4)
        assert (pooled[group].numpy() >= values.max(axis=0) - 1e-4).all()


def test_pooling_passes_gradients_to_what_is_pooled() -> None:
    values = torch.tensor([[1.0], [3.0], [2.0]], requires_grad=True)
    pool_rows(values, torch.tensor([0, 0, 1]), 2).sum().backward()
    assert values.grad is not None
    assert values.grad.sum().item() == pytest.approx(2.0, abs=1e-5)
    assert values.grad[1] > values.grad[0] > 0


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    return tiny_encoder(tmp_path_factory.mktemp("tiny") / "model")


def fresh(base: str) -> Network:
    torch.manual_seed(1)
    return Network(base)


def loss_of(network: Network, examples: list[Example]) -> float:
    """Binary cross-entropy of the links that count, without dropout."""
    network.eval()
    found = batch(examples, {}, 0.0, random.Random(1))
    with torch.no_grad():
        link, _ = read(network, found)
        pooled = pool_rows(link, found.pair_of, len(found.keys))
    each = nn.functional.binary_cross_entropy_with_logits(pooled, found.linked, reduction="none")
    return float(each[found.counted].mean())


@pytest.fixture(scope="module")
def trained(base: str, made: list[Example]) -> Network:
    network = fresh(base)
    train(network, made, [], {}, SCHEDULE, lambda message: None)
    return network


def test_training_brings_the_loss_down(trained: Network, base: str, made: list[Example]) -> None:
    assert loss_of(trained, made) < 0.8 * loss_of(fresh(base), made)


def test_the_same_seed_gives_the_same_network(base: str, made: list[Example]) -> None:
    states = []
    for seed in (1, 1, 2):
        network = fresh(base)
        schedule = Schedule(epochs=2, swap_rate=0.5, seed=seed)
        train(network, made[:2], made[2:], POOL, schedule, lambda message: None)
        states.append(network.state_dict())
    one, same, other = states
    assert all(torch.equal(one[name], same[name]) for name in one)
    assert any(not torch.equal(one[name], other[name]) for name in one)


def break_off_at(call: int) -> Callable[..., None]:
    """Return a hook that interrupts at the n-th call."""
    calls = count(1)

    def hook(*_: object) -> None:
        if next(calls) == call:
            raise KeyboardInterrupt

    return hook


def test_an_interrupted_training_goes_on_to_the_same_network(base: str, made: list[Example], tmp_path: Path) -> None:
    schedule, checkpoint = Schedule(epochs=3, swap_rate=0.5), tmp_path / "run" / "network.pt"
    whole = fresh(base)
    train(whole, made[:2], made[2:], POOL, schedule, lambda message: None)

    broken = fresh(base)
    counted = broken.encoder.register_forward_pre_hook(break_off_at(3))
    with pytest.raises(KeyboardInterrupt):
        train(broken, made[:2], made[2:], POOL, schedule, lambda message: None, checkpoint)
    counted.remove()
    said: list[str] = []
    again = fresh(base)
    train(again, made[:2], made[2:], POOL, schedule, said.append, checkpoint)
    assert said[0] == f"going on after epoch 2 of 3, from {checkpoint}"
    expected, found = whole.state_dict(), again.state_dict()
    assert all(torch.equal(expected[name], found[name]) for name in expected)


@pytest.mark.parametrize("left", ["other", "corrected", "half", "nonsense"])
def test_a_checkpoint_of_another_training_or_a_broken_one_is_passed_over(
    left: str, base: str, made: list[Example], tmp_path: Path
) -> None:
    checkpoint = tmp_path / "network.pt"
    schedule = Schedule(epochs=2, swap_rate=0.0)
    earlier = made[0]
    if left == "corrected":
        sued = Link("LegalDispute", "claimant", "defendant")
        earlier = replace(earlier, linked={(sued, a, b): status for (_, a, b), status in earlier.linked.items()})
    train(fresh(base), [earlier], [], {}, replace(schedule, seed=5 if left == "other" else 1), print, checkpoint)
    if left in ("half", "nonsense"):
        whole = checkpoint.read_bytes()
        checkpoint.write_bytes(whole[: len(whole) // 2] if left == "half" else b"nonsense")
    said: list[str] = []
    network = fresh(base)
    train(network, made[:1], [], {}, schedule, said.append, checkpoint)
    assert not any(message.startswith("going on") for message in said)
    expected = fresh(base)
    train(expected, made[:1], [], {}, schedule, said.append)
    assert all(torch.equal(value, network.state_dict()[name]) for name, value in expected.state_dict().items())


def test_training_tells_how_far_it_is(base: str, made: list[Example]) -> None:
    said: list[str] = []
    train(fresh(base), made[:1], [], {}, Schedule(epochs=26, swap_rate=0.0), said.append)
    assert [message.rpartition(",")[0] for message in said] == ["epoch 25 of 26, step 25 of 26"]
    assert math.isfinite(float(said[0].rpartition(" ")[2]))


def test_windows_without_deals_are_read_in_some_epochs_only(base: str, made: list[Example]) -> None:
    steps = {}
    for name, linked in (("deals", made[0].linked), ("none", {})):
        said: list[str] = []
        example = replace(made[0], linked=linked)
        train(fresh(base), [example], [], {}, Schedule(epochs=80, swap_rate=0.0), said.append)
        steps[name] = int(said[0].partition(" of ")[2].partition(" of ")[2].partition(",")[0])
    assert steps["deals"] == 80
    assert 25 <= steps["none"] < 60


def test_what_is_frozen_stays_as_it_was(trained: Network, base: str) -> None:
    before, after = fresh(base).state_dict(), trained.state_dict()
    same = {name for name in before if torch.equal(before[name], after[name])}
    assert "encoder.bert.embeddings.word_embeddings.weight" in same
    assert "encoder.bert.embeddings.position_embeddings.weight" in same
    assert not any(name.startswith("encoder.bert.encoder.layer.") and "weight" in name for name in same)
    assert not any(name.startswith("head.") and name.endswith("weight") for name in same - {"head.types.weight"})


def test_a_window_reads_the_same_in_a_batch_and_alone(trained: Network, made: list[Example]) -> None:
    trained.eval()
    with torch.no_grad():
        together = read(trained, batch(made, {}, 0.0, random.Random(1)))
        alone = [read(trained, batch([example], {}, 0.0, random.Random(1))) for example in made]
    for number in (0, 1):
        assert torch.allclose(together[number], torch.cat([each[number] for each in alone]), atol=1e-4)


def test_the_export_says_what_torch_says(trained: Network, made: list[Example], tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    from kg.learning.exporting import export

    export(trained, tmp_path)
    known = [[link.type, link.head, link.tail] for link in links()]
    card = {"links": known, "statuses": list(vocabulary.STATUSES)}
    (tmp_path / CARD).write_text(json.dumps(card), encoding="utf-8")
    encoder = Encoder(tmp_path)
    trained.eval()
    for example in made:
        with torch.no_grad():
            link, status = read(trained, batch([example], {}, 0.0, random.Random(1)))
        looked = [found for window in example.windows if (found := encoder.read(window, example.types)) is not None]
        eight_bit = np.concatenate([found.links for found in looked]), np.concatenate([f.statuses for f in looked])
        for exact, found in zip((link.numpy(), status.numpy()), eight_bit, strict=True):
            assert found.shape == exact.shape
            assert np.abs(found - exact).max() < 0.25
            assert np.abs(found - exact).mean() < 0.05
