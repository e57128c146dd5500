"""Trains the network on examples: what is known of a text's entities is told by all the places where two of them meet.

A gold fact does not say which of the sentences states it, so the logits of all pairs of mentions of two entities are
pooled (a smooth maximum) before they are compared with what is true of the two entities (multi-instance learning).
"""

from __future__ import annotations

import hashlib
import math
import pickle
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from kg.extraction.learned import SMOOTHNESS
from kg.extraction.links import links
from kg.learning.batches import Batch, batch, batches
from kg.learning.examples import Example, NamePool
from kg.learning.network import Network
from kg.learning.schedule import Schedule

_STATUS_WEIGHT = 0.3
_LEAST_TRUE = 15.0  # a step with few true links must not shout
_QUIET = 0.35  # of the windows without a deal are read in an epoch
_WARM_UP = 0.08  # of the steps
_LAST_RATE = 0.02  # of the first
_CLIP = 1.0
_PADDING = 1.3  # windows that are read together differ at most by this in length,
_SHORT = 8  # or by so many pieces

Progress = Callable[[str], None]


def train(
    network: Network,
    examples: Sequence[Example],
    auxiliary: Sequence[Example],
    pool: NamePool,
    schedule: Schedule,
    progress: Progress,
    checkpoint: Path | None = None,
) -> None:
    """Fit the network to the examples, and to a new sample of two fifths of the auxiliary ones in every epoch.

    Of the windows without deals every epoch reads a new third or so.

    After each epoch the state of the training is written to the file ``checkpoint``. When it is there at the start, and
    was left by the same training, that training goes on from it, to the very same network.
    """
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in network.encoder.parameters() if p.requires_grad], "lr": schedule.encoder_rate},
            {"params": list(network.head.parameters()), "lr": schedule.head_rate},
        ],
        weight_decay=0.01,
    )
    epochs = [_epoch(examples, auxiliary, _random(schedule, number)) for number in range(schedule.epochs)]
    sizes = [sum(1 for _ in batches(epoch)) for epoch in epochs]
    rate = _Rate(optimizer, sum(sizes))
    key = _key(network, [*examples, *auxiliary], schedule)
    first = _resume(checkpoint, key, network, optimizer)
    if first:
        progress(f"going on after epoch {first} of {schedule.epochs}, from {checkpoint}")
    network.train()
    for number in range(first, schedule.epochs):
        rng = _random(schedule, number)
        torch.manual_seed(rng.getrandbits(32))
        losses = []
        for done, group in enumerate(batches(epochs[number]), start=sum(sizes[:number]) + 1):
            made = batch(group, pool, schedule.swap_rate, rng)
            rate.set(done)
            if made.windows:
                losses.append(_step(network, made, optimizer))
            if done % 25 == 0:
                progress(
                    f"epoch {number + 1} of {schedule.epochs}, step {done} of {rate.total}, loss {np.mean(losses):.3f}"
                )
        if checkpoint is not None:
            _save(checkpoint, key, network, optimizer, number + 1)


def _random(schedule: Schedule, epoch: int) -> random.Random:
    """Chance of an epoch's own, so that a training that goes on from a checkpoint takes the same turns."""
    return random.Random(f"{schedule.seed} {epoch}")  # noqa: S311  # no secret hangs on it


class _Rate:
    """Learning rates that rise over the first steps and then fall in a straight line."""

    def __init__(self, optimizer: torch.optim.Optimizer, total: int) -> None:
        self.total = total
        self._optimizer = optimizer
        self._highest = [float(group["lr"]) for group in optimizer.param_groups]
        self._warm_up = max(1, int(_WARM_UP * total))

    def set(self, step: int) -> None:
        share = min(step / self._warm_up, max(_LAST_RATE, 1 - (step - 1) / self.total))
        for group, highest in zip(self._optimizer.param_groups, self._highest, strict=True):
            group["lr"] = highest * share


def _key(network: Network, examples: Sequence[Example], schedule: Schedule) -> str:
    """Tell trainings apart: by what they train, from what, and how."""
    shapes = [(name, tuple(value.shape)) for name, value in network.state_dict().items()]
    key = hashlib.sha256(repr((shapes, schedule, links())).encode())
    for example in examples:
        pieces = [window.pieces for window in example.windows]
        told = sorted(map(repr, example.linked.items())), sorted(map(repr, example.free))
        key.update(repr((example.name, example.types, example.names, pieces, told)).encode())
    return key.hexdigest()


def _resume(checkpoint: Path | None, key: str, network: Network, optimizer: torch.optim.Optimizer) -> int:
    """Return how many epochs the training that left the checkpoint has done, with its state restored."""
    if checkpoint is None or not checkpoint.is_file():
        return 0
    untrained = {name: value.clone() for name, value in network.state_dict().items()}
    try:
        state = torch.load(checkpoint, weights_only=True)
        if state["key"] != key:
            return 0
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
    except (RuntimeError, OSError, ValueError, KeyError, TypeError, EOFError, pickle.UnpicklingError):
        network.load_state_dict(untrained)
        return 0  # half a file, or of another version: the training starts anew and writes its own
    return int(state["epochs"])


def _save(checkpoint: Path, key: str, network: Network, optimizer: torch.optim.Optimizer, epochs: int) -> None:
    state = {"key": key, "network": network.state_dict(), "optimizer": optimizer.state_dict(), "epochs": epochs}
    checkpoint.parent.mkdir(exist_ok=True)
    partial = checkpoint.with_name(checkpoint.name + ".part")
    torch.save(state, partial)
    partial.replace(checkpoint)


def _epoch(examples: Sequence[Example], auxiliary: Sequence[Example], rng: random.Random) -> list[Example]:
    """Return what one epoch reads, in its order; deals, rarer and harder than states, are read more often."""
    chosen = [thinned for example in examples if (thinned := _thinned(example, rng)).windows]
    chosen += rng.sample(list(auxiliary), 2 * len(auxiliary) // 5)
    rng.shuffle(chosen)
    return chosen


def _thinned(example: Example, rng: random.Random) -> Example:
    """Leave out most of the windows in which no two parties of a deal meet."""
    parties = {frozenset(nodes) for link, *nodes in example.linked if link.is_deal}
    kept = (
        window
        for window in example.windows
        if any(frozenset((window.mentions[i].node, window.mentions[j].node)) in parties for i, j in window.pairs())
        or rng.random() < _QUIET
    )
    return replace(example, windows=tuple(kept))


def _step(network: Network, made: Batch, optimizer: torch.optim.Optimizer) -> float:
    loss = _loss(*read(network, made), made)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(network.parameters(), _CLIP)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return float(loss.detach())


def _loss(link: Tensor, status: Tensor, made: Batch) -> Tensor:
    pooled = pool_rows(link, made.pair_of, len(made.keys))
    each = nn.functional.binary_cross_entropy_with_logits(pooled, made.linked, reduction="none")
    true = float((made.linked * made.counted).sum())
    loss = (each * made.counted).sum() / max(_LEAST_TRUE, true)
    known = (made.status >= 0).nonzero()[:, 0]
    if len(known):
        deals = torch.tensor([each.is_deal for each in links()])
        best = link.detach()[:, deals].max(1).values
        weight = torch.exp(best - pool_rows(best[:, None], made.pair_of, len(made.keys), 1.0)[made.pair_of, 0])
        shares = torch.zeros(len(made.keys), status.shape[1]).index_add(
            0, made.pair_of, weight[:, None] * torch.softmax(status, 1)
        )
        loss = loss + _STATUS_WEIGHT * nn.functional.nll_loss(
            torch.log(shares[known].clamp(min=1e-6)), made.status[known]
        )
    return loss


def pool_rows(values: Tensor, group: Tensor, groups: int, smoothness: float = SMOOTHNESS) -> Tensor:
    """Return the smooth maximum of the rows (N, C) of each group: log of the sum of exponentials."""
    scaled = values / smoothness
    index = group[:, None].expand_as(scaled)
    top = torch.full((groups, values.shape[1]), -math.inf).scatter_reduce(0, index, scaled.detach(), "amax")
    total = torch.zeros(groups, values.shape[1]).index_add(0, group, torch.exp(scaled - top[group]))
    return (top + torch.log(total)) * smoothness


def read(network: Network, made: Batch) -> tuple[Tensor, Tensor]:
    """Return the logits of all pairs of a batch, (P, links) and (P, statuses), in the order of its windows."""
    states: dict[int, tuple[Tensor, Tensor]] = {}
    for group in _alike([len(window.pieces) for window in made.windows]):
        longest = max(len(made.windows[n].pieces) for n in group)
        pieces, mask, kinds = (torch.zeros(len(group), longest, dtype=torch.long) for _ in range(3))
        for row, n in enumerate(group):
            window = made.windows[n]
            pieces[row, : len(window.pieces)] = torch.tensor(window.pieces)
            kinds[row, : len(window.kinds)] = torch.tensor(window.kinds)
            mask[row, : len(window.pieces)] = 1
        state, attention = network.encoder(pieces, mask, kinds)
        states.update({n: (state[row], attention[row]) for row, n in enumerate(group)})
    logits = [network.head(*states[n], p.spans, p.pairs, p.shapes, p.types) for n, p in enumerate(made.pairs)]
    return torch.cat([link for link, _ in logits]), torch.cat([status for _, status in logits])


def _alike(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Group positions so that the lengths of a group are about the same: padding costs as much as text."""
    group: list[int] = []
    for n in sorted(range(len(lengths)), key=lambda n: (lengths[n], n)):
        if group and lengths[n] > _PADDING * lengths[group[0]] + _SHORT:
            yield group
            group = []
        group.append(n)
    if group:
        yield group
