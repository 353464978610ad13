"""Measuring many people at once: the engine's filtering, sweeps and report, one array for all of them.

The formulas are those of `question_bank.adaptive` (updating, smoothing, reporting), where their sources are; one person
at a time they would cost three milliseconds each. A test holds the two together, to a billionth of a logit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from question_bank.adaptive import Ability, Pool, score_of

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
BLOCK = 256  # people whose covariances stay in the processor's cache
SWEEPS, SETTLED = 6, 1e-4
NODES = np.linspace(-6.3, 6.3, 43)
WEIGHTS = np.exp(-0.5 * NODES * NODES) * (NODES[1] - NODES[0]) / np.sqrt(2.0 * np.pi)
MOMENTS = np.stack([WEIGHTS, WEIGHTS * NODES, WEIGHTS * NODES**2], axis=1)
FARTHEST = 600.0
TINY = float(np.finfo(np.float64).tiny)


@dataclass(frozen=True)
class Answers:
    """What n people answered: items, scores int[n, L]; is_counted bool[n, L], false after the last and on trial."""

    items: Whole
    scores: Whole
    is_counted: Flags

    def blocks(self) -> Iterator["Answers"]:
        """Yield some people at a time."""
        for start in range(0, len(self.items), BLOCK):
            some = slice(start, start + BLOCK)
            yield Answers(self.items[some], self.scores[some], self.is_counted[some])


@dataclass(frozen=True)
class Beliefs:
    """What is believed of n people: means float64[n, K], covariances float64[n, K, K], in logits."""

    means: Reals
    covariances: Reals

    def stored(self) -> list[bytes]:
        """Return each as an attempt keeps it (Ability.to_bytes)."""
        rows, columns = np.tril_indices(self.means.shape[1])
        whole = np.concatenate((self.means, self.covariances[:, rows, columns]), axis=1).astype("<f8")
        return [line.tobytes() for line in whole]


@dataclass(frozen=True)
class Measures:
    """Theta and standard error (logits), score, low, high (points) and level, each [n, S]: one column a scope."""

    theta: Reals
    standard_error: Reals
    score: Whole
    low: Whole
    high: Whole
    level: Whole


def believed(prior: Ability, pool: Pool, answers: Answers) -> tuple[Beliefs, Beliefs]:
    """Return what the responses one by one give (replay), and what the final sweeps make of it (smooth)."""
    parts = [_believed(prior, pool, block) for block in answers.blocks()]
    first, last = ([part[place] for part in parts] for place in (0, 1))
    return _joined(first), _joined(last)


def _joined(parts: Sequence[Beliefs]) -> Beliefs:
    return Beliefs(np.concatenate([part.means for part in parts]), np.concatenate([part.covariances for part in parts]))


def _believed(prior: Ability, pool: Pool, answers: Answers) -> tuple[Beliefs, Beliefs]:
    count = len(answers.items)
    whole = Beliefs(np.tile(prior.mean, (count, 1)), np.tile(prior.covariance, (count, 1, 1)))
    sites = np.zeros((*answers.items.shape, 2))
    moving, first = np.arange(count), whole
    for sweep in range(SWEEPS):
        own = Answers(answers.items[moving], answers.scores[moving], answers.is_counted[moving])
        belief, own_sites = Beliefs(whole.means[moving], whole.covariances[moving]), sites[moving]
        moved = _sweep(belief, own_sites, pool, own)
        whole.means[moving], whole.covariances[moving], sites[moving] = belief.means, belief.covariances, own_sites
        if sweep == 0:
            first = Beliefs(whole.means.copy(), whole.covariances.copy())
        moving = moving[moved >= SETTLED]
        if not moving.size:
            break
    return first, whole


def _sweep(belief: Beliefs, sites: Reals, pool: Pool, answers: Answers) -> Reals:
    """Refine every site once, in place; return the largest move of a mean of each person, in deviations."""
    everybody, largest = np.arange(len(belief.means)), np.zeros(len(belief.means))
    spread = np.empty_like(belief.covariances)
    for step in np.flatnonzero(answers.is_counted.any(axis=0)):
        items = answers.items[:, step]
        own = pool.competency[items]
        column = belief.covariances[everybody, own]
        mean, variance = belief.means[everybody, own], column[everybody, own]
        precision = 1.0 / variance - sites[:, step, 0]
        is_moved = answers.is_counted[:, step] & (precision > 0.0)
        precision = np.where(is_moved, precision, 1.0)
        cavity = (mean / variance - sites[:, step, 1]) / precision
        deviation = 1.0 / np.sqrt(precision)
        shift, ratio = _tilted(pool, items, answers.scores[:, step], cavity, deviation)
        new_mean, new_variance = cavity + shift * deviation, ratio / precision
        site = np.stack([1.0 / new_variance - precision, new_mean / new_variance - cavity * precision], axis=1)
        sites[:, step] = np.where(is_moved[:, None], site, sites[:, step])
        change = np.where(is_moved, (new_mean - mean) / variance, 0.0)
        belief.means[:] += column * change[:, None]
        np.multiply(column[:, :, None], column[:, None, :], out=spread)
        spread *= np.where(is_moved, (new_variance / variance - 1.0) / variance, 0.0)[:, None, None]
        belief.covariances[:] += spread
        np.maximum(largest, np.abs(change) * np.sqrt(variance), out=largest)
    return largest


def _tilted(pool: Pool, items: Whole, scores: Whole, mean: Reals, deviation: Reals) -> tuple[Reals, Reals]:
    """Return (shift, ratio) of each person: see adaptive.updating.tilted_moments."""
    nodes = mean[:, None] + deviation[:, None] * NODES
    chance = _dichotomous(pool, items, scores, nodes)
    graded = np.flatnonzero(pool.top_score[items] > 1)
    if graded.size:
        chance[graded] = _graded(pool, items[graded], scores[graded], nodes[graded])
    total, first, second = (chance @ MOMENTS).T
    shift = first / total
    return shift, second / total - shift * shift


def _dichotomous(pool: Pool, items: Whole, scores: Whole, nodes: Reals) -> Reals:
    guessing = pool.guessing[items]
    signed = np.where(scores > 0, 1.0, -1.0) * pool.discrimination[items]
    chance = _logistic(signed[:, None] * (nodes - pool.thresholds[items, 0][:, None]))
    chance *= (1.0 - guessing)[:, None]
    chance += np.where(scores > 0, guessing, 0.0)[:, None]
    likely: Reals = np.maximum(chance, TINY)
    return likely


def _graded(pool: Pool, items: Whole, scores: Whole, nodes: Reals) -> Reals:
    steep, bounds = pool.discrimination[items][:, None], pool.thresholds
    least = bounds[items, np.maximum(scores - 1, 0)][:, None]
    most = bounds[items, np.minimum(scores, pool.top_score[items] - 1)][:, None]
    at_least = np.where(scores[:, None] > 0, _logistic(steep * (nodes - least)), 1.0)
    above = np.where((scores < pool.top_score[items])[:, None], _logistic(steep * (nodes - most)), 0.0)
    likely: Reals = np.maximum(at_least - above, TINY)
    return likely


def _logistic(logit: Reals) -> Reals:
    result: Reals = 1.0 / (1.0 + np.exp(-np.clip(logit, -FARTHEST, FARTHEST)))
    return result


def reached(pool: Pool, items: Whole, thetas: Reals, luck: Reals) -> Whole:
    """Return the scores, int[n, L], that people at `thetas` (float64[n, K]) give to items: adaptive.answer_of."""
    own = np.take_along_axis(thetas, pool.competency[items], axis=1)[..., None]
    steps = pool.thresholds[items]
    is_there = np.isfinite(steps)
    logit = pool.discrimination[items][..., None] * (own - np.where(is_there, steps, 0.0))
    guessing = pool.guessing[items][..., None]
    chance = np.where(is_there, guessing + (1.0 - guessing) * _logistic(logit), 0.0)
    scores: Whole = (luck[..., None] < chance).sum(axis=-1)
    return scores


def measured(beliefs: Beliefs, pool: Pool, cuts: Sequence[float], *, widening: float) -> Measures:
    """Return the measures of the whole, of each domain and of each competency, in this order: adaptive.report."""
    scopes = np.concatenate([pool.overall_mean[None], pool.domain_means, np.eye(beliefs.means.shape[1])])
    theta = beliefs.means @ scopes.T
    error = widening * np.sqrt(np.einsum("nks,sk->ns", beliefs.covariances @ scopes.T, scopes))
    far = NormalDist().inv_cdf(0.975) * error
    score, low, high = (_points(at) for at in (theta, theta - far, theta + far))
    return Measures(theta, error, score, low, high, np.searchsorted(np.asarray(cuts), score, side="right"))


def _points(theta: Reals) -> Whole:
    middle, most = score_of(0.0), score_of(np.inf)
    points: Whole = np.rint(np.clip(middle + (score_of(1.0) - middle) * theta, 0, most)).astype(np.int64)
    return points
