"""The simulated conditions: for each seed, what our engine and its peers make of the same people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from question_bank.adaptive import Ability, Blueprint, decision_reached, single_ability, starting_ability

from .bank import COMPETENCY, DOMAIN, DOMAIN_OF, GENERAL, Bank, People, Reals, generate_bank, generate_people, responses
from .measures import coverage, exposure, overlap, profile_correlation, rmse
from .ours import Outcome, simulate
from .peers import Catsim, Pix, Sitting, answers_of

DOMAIN_MEANS = (np.arange(DOMAIN_OF.max() + 1)[:, None] == DOMAIN_OF) / np.bincount(DOMAIN_OF)[:, None]
OVERALL = DOMAIN_MEANS.mean(axis=0)
Matrix = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scale:
    """How many people each engine meets per seed, and the seeds; prices need people, peers only need enough."""

    seeds: tuple[int, ...]
    people: int = 2000
    domain_people: int = 1000
    pix_people: int = 500
    catsim_people: int = 100
    timed_attempts: int = 100


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of the comparison; ``peers`` are those that can meet it, ``draws`` breaks near ties by a seed."""

    name: str
    blueprint: Blueprint
    r_max: float | None = None
    guessing: bool = False
    draws: bool = True
    dimensions: int = 1
    peers: tuple[str, ...] = ("pix",)
    stop: Callable[[Ability], bool] | None = None


@dataclass(slots=True)
class Results:
    """Measures by engine and name, one value per seed."""

    by_engine: dict[tuple[str, str], list[float]] = field(default_factory=dict)

    def add(self, engine: str, measures: dict[str, float]) -> None:
        """Add the measures of one seed."""
        for name, value in measures.items():
            self.by_engine.setdefault((engine, name), []).append(value)


def decided(ability: Ability) -> bool:
    """Return whether it is known, at .95, on which side of theta = 0 somebody is."""
    return decision_reached(ability, 0.0) is not None


def fixed(length: int, *, covered: bool, one_per_cluster: bool = False) -> Blueprint:
    """Return the blueprint of a fixed length, each competency covered or not."""
    return Blueprint(length, length, minimum_per_competency=int(covered), one_per_cluster=one_per_cluster)


CONDITIONS = (
    # Nothing here but measurement: no price, no draw, as catsim has none. "drawn" is the same with the draw in service.
    Condition("free", fixed(20, covered=False), draws=False, peers=("catsim",)),
    Condition("drawn", fixed(20, covered=False), peers=()),
    Condition("covered", fixed(20, covered=True)),
    Condition("covered_r25", fixed(20, covered=True), 0.25),
    Condition("covered_r20", fixed(20, covered=True), 0.20),
    Condition("3pl_r25", fixed(20, covered=True), 0.25, guessing=True),
    Condition("precision_30", Blueprint(8, 32, standard_error_target=0.30, one_per_cluster=False), peers=()),
    Condition("decision", fixed(32, covered=False), stop=decided),
    Condition("domain_20", fixed(20, covered=True), dimensions=16),
    Condition("domain_32", fixed(32, covered=True), dimensions=16),
    Condition("domain_20_r25", fixed(20, covered=True), 0.25, dimensions=16, peers=()),
    Condition("domain_32_r25", fixed(32, covered=True), 0.25, dimensions=16, peers=()),
)


def run(condition: Condition, scale: Scale) -> Results:
    """Return every engine's measures, seed by seed."""
    results = Results()
    for seed in scale.seeds:
        bank = generate_bank(seed, guessing=condition.guessing)
        count = scale.people if condition.dimensions == 1 else scale.domain_people
        people = generate_people(seed, count=count, items=bank.size, dimensions=condition.dimensions)
        answers = responses(bank, people)
        results.add("ours", _ours(condition, bank, people, answers))
        if "pix" in condition.peers:
            results.add("pix", _pix(condition, bank, people, answers[: scale.pix_people], seed))
        if "catsim" in condition.peers:
            results.add("catsim", _catsim(condition, bank, people, answers[: scale.catsim_people]))
    return results


def prior_of(condition: Condition) -> Ability:
    """Return the prior everybody starts from: the generating distribution."""
    if condition.dimensions == 1:
        return single_ability()
    return starting_ability(DOMAIN_OF, general=GENERAL, domain=DOMAIN, competency=COMPETENCY)


def _ours(condition: Condition, bank: Bank, people: People, answers: Matrix) -> dict[str, float]:

    outcome = simulate(
        bank.pool(),
        condition.blueprint,
        prior_of(condition),
        answers,
        r_max=condition.r_max,
        draws=condition.draws,
        stop=condition.stop,
    )
    precision = (_single if condition.dimensions == 1 else _by_domain)(outcome, people.theta)
    return precision | {
        "exposure": float(exposure(outcome.items, bank.size).max()),
        "overlap": overlap(outcome.items, bank.size),
        "length": float((outcome.items >= 0).sum(axis=1).mean()),
    }


def _single(outcome: Outcome, theta: Reals) -> dict[str, float]:
    error = (outcome.mean - theta)[:, 0]
    deviation = np.sqrt(outcome.covariance[:, 0, 0])
    side = outcome.mean[:, 0] > 0.0
    return {
        "rmse": rmse(error),
        "bias": float(error.mean()),
        "coverage": coverage(error, deviation),
        "right_side": float(np.mean(side == (theta[:, 0] > 0.0))),
    }


def _by_domain(outcome: Outcome, theta: Reals) -> dict[str, float]:
    estimate, truth = outcome.mean @ DOMAIN_MEANS.T, theta @ DOMAIN_MEANS.T
    deviation = np.sqrt(np.einsum("dk,nkl,dl->nd", DOMAIN_MEANS, outcome.covariance, DOMAIN_MEANS))
    overall = (outcome.mean - theta) @ OVERALL
    overall_deviation = np.sqrt(np.einsum("k,nkl,l->n", OVERALL, outcome.covariance, OVERALL))
    each = {f"rmse_domain_{d + 1}": rmse(estimate[:, d] - truth[:, d]) for d in range(truth.shape[1])}
    return {
        "rmse": rmse(estimate - truth),
        **each,
        "coverage": coverage(estimate - truth, deviation),
        "overall_rmse": rmse(overall),
        "overall_coverage": coverage(overall, overall_deviation),
        "profile": profile_correlation(estimate, truth),
    }


def _pix(condition: Condition, bank: Bank, people: People, answers: Matrix, seed: int) -> dict[str, float]:
    peer, draw = Pix(bank), np.random.default_rng([seed, 3])
    length = condition.blueprint.length_max
    return _peer_measures([peer.sit(answers_of(row), length, draw) for row in answers], people.theta, bank.size)


def _catsim(condition: Condition, bank: Bank, people: People, answers: Matrix) -> dict[str, float]:
    peer, length = Catsim(bank), condition.blueprint.length_max
    return _peer_measures([peer.sit(answers_of(row), length) for row in answers], people.theta, bank.size)


def _peer_measures(sittings: list[Sitting], theta: Reals, size: int) -> dict[str, float]:
    """Return a peer's measures; by domain, its one theta stands for all of them."""
    estimate, deviation = np.array([[one.theta, one.standard_error] for one in sittings]).T[:, :, None]
    truth = theta[: len(sittings)] @ (DOMAIN_MEANS.T if theta.shape[1] > 1 else np.ones((1, 1)))
    error, items = estimate - truth, np.array([one.items for one in sittings])
    return {
        "rmse": rmse(error),
        **{f"rmse_domain_{d + 1}": rmse(error[:, d]) for d in range(error.shape[1])},
        "bias": float(error.mean()),
        "coverage": coverage(error, deviation),
        "right_side": float(np.mean((estimate > 0.0) == (truth > 0.0))),
        "exposure": float(exposure(items, size).max()),
        "overlap": overlap(items, size),
        "length": float(items.shape[1]),
    }
