"""Trains the network on examples: what is known of a text's entities is told by all the places where two of them meet.

A gold fact does not say which of the sentences states it, so the logits of all pairs of mentions of two entities are
pooled (a smooth maximum) before they are compared with what is true of the two entities (multi-instance learning).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from kg.extraction.learned import SMOOTHNESS
from kg.extraction.links import links
from kg.learning.batches import Batch, batch, batches
from kg.learning.examples import Example, NamePool
from kg.learning.network import Network

_STATUS_WEIGHT = 0.3
_LEAST_TRUE = 30.0  # a step with few true links must not shout
_WARM_UP = 0.08  # of the steps
_LAST_RATE = 0.02  # of the first
_CLIP = 1.0
_PADDING = 1.3  # windows that are read together differ at most by this in length

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Schedule:
    """How to train: passes over the examples, learning rates of encoder and head, share of names swapped, the seed."""

    epochs: int = 5
    encoder_rate: float = 8e-5
    head_rate: float = 1e-3
    swap_rate: float = 0.5
    seed: int = 1


def train(
    network: Network,
    examples: Sequence[Example],
    auxiliary: Sequence[Example],
    pool: NamePool,
    schedule: Schedule,
    progress: Progress,
) -> None:
    """Fit the network to the examples, and to a new sample of two fifths of the auxiliary ones in every epoch."""
    rng = random.Random(schedule.seed)  # noqa: S311  # no secret hangs on it
    torch.manual_seed(schedule.seed)
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in network.encoder.parameters() if p.requires_grad], "lr": schedule.encoder_rate},
            {"params": list(network.head.parameters()), "lr": schedule.head_rate},
        ],
        weight_decay=0.01,
    )
    epochs = [_shuffled(examples, auxiliary, rng) for _ in range(schedule.epochs)]
    total = sum(1 for epoch in epochs for _ in batches(epoch))
    warm_up = max(1, int(_WARM_UP * total))
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm_up, max(_LAST_RATE, 1 - step / total))
    )
    network.train()
    done = 0
    for number, epoch in enumerate(epochs):
        losses = []
        for group in batches(epoch):
            made = batch(group, pool, schedule.swap_rate, rng)
            done += 1
            if made.windows:
                losses.append(_step(network, made, optimizer))
            rate.step()
            if done % 25 == 0:
                progress(f"epoch {number + 1} of {schedule.epochs}, step {done} of {total}, loss {np.mean(losses):.3f}")


def _shuffled(examples: Sequence[Example], auxiliary: Sequence[Example], rng: random.Random) -> list[Example]:
    chosen = [*examples, *rng.sample(list(auxiliary), 2 * len(auxiliary) // 5)]
    rng.shuffle(chosen)
    return chosen


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
        if group and lengths[n] > _PADDING * lengths[group[0]] + 8:
            yield group
            group = []
        group.append(n)
    if group:
        yield group
