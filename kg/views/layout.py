"""Where the nodes stand: positions computed beforehand, so that the page is still at first sight and always the same.

Each connected part is laid out by itself (springs with a fixed seed, then evened), and the parts are packed around the
largest one.
Places are set beside those who are based there and pull nothing together.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

import networkx as nx
import numpy as np

Point = tuple[float, float]
Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

_SEED = 7
_ROUNDS = 120
_SPACE = 110.0
"""Pixels, at full zoom, between neighbours in a picture without crowding."""
_WIDER = 1.05
"""How much wider than high the whole picture becomes, as screens are."""


def positions(
    nodes: Sequence[str], lines: Iterable[tuple[str, str, float]], beside: frozenset[str] = frozenset()
) -> dict[str, tuple[int, int]]:
    """Return a point for each node, in whole pixels around (0, 0).

    ``lines`` are (node, node, pull); nodes in ``beside`` do not shape the picture but stand next to their neighbours.
    """
    whole: nx.Graph[str] = nx.Graph()
    whole.add_nodes_from(sorted(nodes))
    for start, end, pull in sorted(lines):
        weight = whole[start][end]["weight"] + pull if whole.has_edge(start, end) else pull
        whole.add_edge(start, end, weight=weight)
    core = whole.subgraph(node for node in nodes if node not in beside)
    parts = sorted((sorted(part) for part in nx.connected_components(core)), key=lambda part: (-len(part), part))
    points = _packed([_spread(core, part) for part in parts])
    segments = [(points[start], points[end]) for start, end in core.edges]
    for node in sorted(beside.intersection(nodes)):
        wanted = _middle([points[n] for n in sorted(whole[node]) if n in points])
        points[node] = _free_point(wanted, points.values(), segments)
    return {node: (round(x), round(y)) for node, (x, y) in sorted(points.items())}


def _spread(graph: nx.Graph[str], part: Sequence[str]) -> dict[str, Point]:
    """The points of one connected part, with neither nodes too near each other nor much empty room."""
    if len(part) == 1:
        return {part[0]: (0.0, 0.0)}
    if len(part) == 2:
        return {part[0]: (-_SPACE / 2, 0.0), part[1]: (_SPACE / 2, 0.0)}
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(part)
    ordered.add_edges_from(sorted((min(a, b), max(a, b), d) for a, b, d in graph.edges(part, data=True)))
    start = nx.spring_layout(ordered, seed=_SEED, iterations=100)
    even = _evened(ordered, np.array([start[node] for node in part]))
    radius = float(np.sqrt((even**2).sum(axis=1).mean()))
    scale = _SPACE * max(1.15, 0.5 * math.sqrt(len(part)) / radius)
    return _pushed_apart(
        {node: (float(x) * scale * _WIDER, float(y) * scale) for node, (x, y) in zip(part, even, strict=True)}
    )


def _evened(graph: nx.Graph[str], points: Matrix) -> Matrix:
    """Move the points of a connected graph so that distances on the page are like the steps between the nodes.

    This is stress majorization (Gansner, Koren and North 2004): pairs a few steps apart count most.
    """
    steps = dict(nx.all_pairs_shortest_path_length(graph))
    wanted = np.array([[float(steps[one][other]) for other in graph] for one in graph])
    weights = np.divide(1.0, wanted**2, out=np.zeros_like(wanted), where=wanted > 0)
    solver = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights)
    for _ in range(_ROUNDS):
        apart = np.linalg.norm(points[:, None, :] - points[None, :, :], axis=2)
        pull = -np.divide(weights * wanted, apart, out=np.zeros_like(apart), where=apart > 1e-9)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        points = solver @ (pull @ points)
    return points


def _pushed_apart(points: Mapping[str, Point]) -> dict[str, Point]:
    """Move nodes that all but cover each other to a readable distance; the shape stays."""
    names = sorted(points)
    at = [list(points[name]) for name in names]
    for _ in range(60):
        moved = False
        for i in range(len(at)):
            for j in range(i + 1, len(at)):
                moved |= _push(at[i], at[j])
        if not moved:
            break
    return {name: (x, y) for name, (x, y) in zip(names, at, strict=True)}


def _push(one: list[float], other: list[float]) -> bool:
    """Push two points apart when they are nearer than a label needs; sideways room counts less than height."""
    dx, dy = (other[0] - one[0]) / 1.3, other[1] - one[1]
    distance = math.hypot(dx, dy)
    least = 0.55 * _SPACE
    if distance >= least:
        return False
    unit = (dx / distance, dy / distance) if distance > 1e-6 else (1.0, 0.0)
    step = (least - distance) / 2
    for point, sign in ((one, -1), (other, 1)):
        point[0] += sign * unit[0] * step * 1.3
        point[1] += sign * unit[1] * step
    return True


def _packed(parts: Iterable[dict[str, Point]]) -> dict[str, Point]:
    """Set the parts around the first one, each at the free spot that is nearest to the middle."""
    taken: list[tuple[float, float, float, float]] = []
    packed: dict[str, Point] = {}
    for part in parts:
        xs, ys = [x for x, _ in part.values()], [y for _, y in part.values()]
        centre = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
        half = ((max(xs) - min(xs)) / 2 + _SPACE * 0.5, (max(ys) - min(ys)) / 2 + _SPACE * 0.4)
        x, y = next(spot for spot in _spiral() if not _overlaps(spot, half, taken))
        taken.append((x, y, *half))
        packed.update({node: (px - centre[0] + x, py - centre[1] + y) for node, (px, py) in part.items()})
    return packed


def _spiral() -> Iterator[Point]:
    """Points on a widening spiral from the middle."""
    step = 0
    while True:
        turn = math.sqrt(step) * 1.1
        radius = _SPACE * 0.16 * turn
        yield (radius * _WIDER * math.cos(turn * 2.4), radius * math.sin(turn * 2.4))
        step += 1


def _overlaps(spot: Point, half: Point, taken: Iterable[tuple[float, float, float, float]]) -> bool:
    return any(abs(spot[0] - x) < half[0] + w and abs(spot[1] - y) < half[1] + h for x, y, w, h in taken)


def _middle(points: Sequence[Point]) -> Point:
    if not points:
        return (0.0, 0.0)
    return (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))


def _free_point(wanted: Point, points: Collection[Point], segments: Iterable[tuple[Point, Point]]) -> Point:
    """The point nearest to the wanted one where no other node stands and, if there is one near by, no line runs."""
    near = [(a, b) for a, b in segments if _distance(wanted, a, b) < 2 * _SPACE]
    spots = ((wanted[0] + x, wanted[1] + y) for x, y in _spiral())
    free = (s for s in spots if all(math.dist(s, p) >= 0.45 * _SPACE for p in points))
    candidates = list(islice(free, 60))
    clear = (s for s in candidates if all(_distance(s, a, b) >= 0.22 * _SPACE for a, b in near))
    return next(clear, candidates[0])


def _distance(point: Point, start: Point, end: Point) -> float:
    """The distance of a point from a line between two others."""
    along = (end[0] - start[0], end[1] - start[1])
    square = along[0] ** 2 + along[1] ** 2
    share = ((point[0] - start[0]) * along[0] + (point[1] - start[1]) * along[1]) / square if square else 0.0
    share = min(1.0, max(0.0, share))
    return math.dist(point, (start[0] + share * along[0], start[1] + share * along[1]))
