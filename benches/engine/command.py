"""The command: options, conditions, table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from time import perf_counter
from typing import TextIO

import numpy as np

from benches.report import Figure, print_figures

from .conditions import CONDITIONS, Condition, Results, Scale, run
from .measures import over_seeds
from .speed import catsim_times, priors, step_times, timed_bank

FIRST_SEED = 101  # 1 to 20 served for tuning
SIZES = (400, 5_000, 50_000)

# (condition, measure) -> (target, half-width when the target is two-sided)
TARGETS: dict[tuple[str, str], tuple[float, float | None]] = {
    ("free", "rmse"): (0.240, None),
    ("covered", "rmse"): (0.252, None),
    ("covered_r25", "rmse"): (0.265, None),
    ("covered_r25", "exposure"): (0.26, None),
    ("covered_r25", "overlap"): (0.21, None),
    ("covered_r20", "rmse"): (0.278, None),
    ("3pl_r25", "rmse"): (0.307, None),
    ("3pl_r25", "bias"): (0.01, None),
    ("domain_20", "rmse"): (0.44, None),
    ("domain_32", "rmse"): (0.395, None),
    ("domain_20_r25", "rmse"): (0.46, None),
    ("domain_32_r25", "rmse"): (0.415, None),
}
COVERAGE_TARGET = (0.95, 0.01)
STEP_TARGETS = {("1d", size): 50.0 for size in SIZES} | {("16d", 400): 200.0, ("16d", 50_000): 1000.0}


def main(argv: list[str]) -> int:
    """Run the bench; return 1 when a target is missed, unless the run is a quick one, too small to judge."""
    options = _options(argv)
    started = perf_counter()
    scale = _scale(options)
    _say(f"Seeds {scale.seeds[0]}–{scale.seeds[-1]}, {scale.people} people a seed ({scale.domain_people} by domain;")
    _say(f"Pix meets the first {scale.pix_people} of them, catsim the first {scale.catsim_people}).")
    figures = [*_simulated(scale), *_timed(scale)]
    _say()
    met = print_figures(figures)
    _say(f"{perf_counter() - started:.0f} s", sys.stderr)
    return 0 if met or options.quick else 1


def _say(line: str = "", stream: TextIO | None = None) -> None:
    out = stream or sys.stdout
    out.write(line + "\n")
    out.flush()


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench engine", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two seeds and few people: a look, not a judgement")
    parser.add_argument("--seeds", type=int, default=0, help="number of bank seeds (10; 2 when quick)")
    return parser.parse_args(argv)


def _scale(options: argparse.Namespace) -> Scale:
    count = options.seeds or (2 if options.quick else 10)
    seeds = tuple(range(FIRST_SEED, FIRST_SEED + count))
    if options.quick:
        return Scale(seeds, people=300, domain_people=150, pix_people=100, catsim_people=20, timed_attempts=20)
    return Scale(seeds)


def _simulated(scale: Scale) -> Iterator[Figure]:
    for condition in CONDITIONS:
        started = perf_counter()
        results = run(condition, scale)
        _say(f"  {condition.name}: {perf_counter() - started:.0f} s", sys.stderr)
        yield from _figures(condition, results)


def _figures(condition: Condition, results: Results) -> Iterator[Figure]:
    for (engine, measure), values in results.by_engine.items():
        if engine != "ours" or (measure == "right_side" and condition.name != "decision"):
            continue
        mean = over_seeds(values)
        peer, peer_value = _peer(condition, results, measure)
        target, within = TARGETS.get((condition.name, measure), (None, None))
        if measure.endswith("coverage") and condition.stop is None:
            target, within = COVERAGE_TARGET
        yield Figure(
            bench="engine",
            figure=f"{condition.name}_{measure}",
            value=abs(mean.value) if measure == "bias" else mean.value,
            error=mean.error,
            unit=_unit(measure),
            target=target,
            within=within,
            peer=peer,
            peer_value=peer_value,
        )


def _unit(measure: str) -> str:
    if "rmse" in measure or measure == "bias":
        return "logit"
    return "items" if measure == "length" else "share"


def _peer(condition: Condition, results: Results, measure: str) -> tuple[str | None, float | None]:
    for name in condition.peers:
        if (name, measure) in results.by_engine:
            return name, over_seeds(results.by_engine[name, measure]).value
    return None, None


def _timed(scale: Scale) -> Iterator[Figure]:
    for size in SIZES:
        bank = timed_bank(size)
        peer = float(np.median(catsim_times(bank, attempts=1 if size > 5_000 else max(1, scale.timed_attempts // 20))))
        for name, prior in priors().items():
            times, built = step_times(bank, prior, attempts=scale.timed_attempts)
            target = STEP_TARGETS.get((name, size))
            p50, p95 = np.percentile(times, (50, 95)).tolist()
            figure = f"step_{name}_p50_{size}"
            note = f"p95 {p95:.0f} µs, pool built in {built:.2f} s"
            yield Figure("engine", figure, p50, "us", target, "catsim", peer, note=note)
