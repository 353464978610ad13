"""What is measured of each page, and what it must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median, quantiles
from typing import Any

from benches.report import Figure

from .places import Place

QUERIES, DRIFT, RATIO, P95, EXPORT, MEMORY = 12, 0.05, 1.3, 150.0, 10.0, 32.0
RAW = "aggregation of raw rows"
FORMATS = ("csv", "xlsx", "ods")
RAW_TIMES = 3


@dataclass(frozen=True)
class Scale:
    """How many responses (0: as seeded) of how many students; how often each page is opened, in turns."""

    sizes: tuple[int, ...]
    students: int
    rounds: int
    requests: int

    def asked(self, *, students: int | None, sizes: Sequence[int] | None) -> Scale:
        """Return another, as was asked for."""
        return replace(self, students=students or self.students, sizes=tuple(sizes or self.sizes))


def figures_of(places: Sequence[Place], scale: Scale) -> list[Figure]:
    """Measure every page at every size; the first size is what the others are compared with."""
    raw = [median(place.ask(do="raw")["ms"] for _ in range(RAW_TIMES)) for place in places]
    found: list[Figure] = []
    for case in [name for name in places[0].cases if all(name in place.cases for place in places)]:
        costs = [place.ask(do="cost", case=case) for place in places]
        times = _in_turns(places, case, scale)
        for place, cost, own, beside in zip(places, costs, times, raw, strict=True):
            found += _lines(f"{case}_{place.responses}", cost, costs[0], own, times[0], beside)
    found += [Figure("dashboards", f"raw_{place.responses}", ms, "ms") for place, ms in zip(places, raw, strict=True)]
    return found + [figure for place in places for figure in _export(place)]


def _in_turns(places: Sequence[Place], case: str, scale: Scale) -> list[list[float]]:
    """Return the milliseconds of each place, a few requests at one, then at the next, and again."""
    times: list[list[float]] = [[] for _ in places]
    for _ in range(scale.rounds):
        for place, own in zip(places, times, strict=True):
            own += place.ask(do="times", case=case, requests=scale.requests)["ms"]
    return times


def _lines(
    name: str, cost: dict[str, int], first: dict[str, int], times: list[float], first_times: list[float], raw: float
) -> list[Figure]:
    def figure(what: str, value: float, unit: str, target: float | None = None, **more: Any) -> Figure:
        return Figure("dashboards", f"{name}_{what}", value, unit, target, **more)

    lines = [
        figure("queries", cost["queries"], "queries", QUERIES),
        figure("p50", median(times), "ms", peer=RAW, peer_value=raw),
        figure("p95", quantiles(times, n=20, method="inclusive")[18], "ms", P95),
    ]
    if cost is first:
        return [*lines, figure("rows_read", cost["rows"], "rows")]
    return [
        *lines,
        figure("queries_more", cost["queries"] - first["queries"], "queries", 0),
        figure("rows_read", cost["rows"], "rows", first["rows"], within=max(DRIFT * first["rows"], 2)),
        figure("time_ratio", median(times) / median(first_times), "×", RATIO),
    ]


def _export(place: Place) -> list[Figure]:
    """Measure the files of the largest university, each written by a process of its own."""
    found = []
    for kind in FORMATS:
        told, name = place.ask_alone(do="export", kind=kind), f"export_{kind}_{place.responses}"
        note = f"{told['bytes']} bytes; at most {told['peak']:.0f} MB in all"
        found += [
            Figure("dashboards", f"{name}_time", told["seconds"], "s", EXPORT, note=note),
            Figure("dashboards", f"{name}_memory", told["more"], "MB more", MEMORY),
        ]
    return found
