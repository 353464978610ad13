"""Simulated people: who they are, what they answer, what a pool tells of them."""

from __future__ import annotations

import numpy as np

from .ability import Ability
from .arrays import Flags, Reals
from .curves import expected_information, reach
from .pool import Pool


def examinees(prior: Ability, normals: Reals) -> Reals:
    """Return the true thetas of n people of the prior, float64[n, K], in logits; ``normals``: n draws of N(0, I_K)."""
    thetas: Reals = prior.mean + normals @ np.linalg.cholesky(prior.covariance).T
    return thetas


def answer_of(pool: Pool, item: int, theta: Reals, luck: float) -> int:
    """Return the score that somebody at ``theta`` (float64[K]) gives to an item; ``luck`` in [0, 1) decides.

    The category is the highest whose chance of being reached exceeds ``luck``: the same luck is never a worse answer
    of somebody stronger.
    """
    own = theta[[pool.competency_of_item[item] if theta.size > 1 else 0]]
    top, a, guessing = int(pool.top_score[item]), pool.discrimination.item(item), pool.guessing.item(item)
    chances = [reach(a, pool.thresholds.item(item, step), guessing, own).item() for step in range(top)]
    return sum(luck < chance for chance in chances)


def information_curve(pool: Pool, usable: Flags, thetas: Reals) -> Reals:
    """Return Fisher's information of every usable item (bool[n]) at each theta, float64[n, T]; 0 for the others.

    Birnbaum 1968; Samejima 1969.
    """
    worth = expected_information(
        pool.discrimination[:, None], pool.thresholds[:, None, :], pool.guessing[:, None], thetas[None, :], 0.0
    )
    curve: Reals = np.where(usable[:, None], worth, 0.0)
    return curve


def best_information(pool: Pool, usable: Flags, thetas: Reals, quotas: list[int]) -> Reals:
    """Return, by domain, what its best ``quotas[d]`` usable items tell at each theta, float64[D, T].

    That is the most an attempt that gives the domain this many items could learn there, content rules aside.
    """
    curves, owner = information_curve(pool, usable, thetas), pool.domain_of[pool.competency]
    best = [np.sort(curves[owner == d], axis=0)[::-1][:quota].sum(axis=0) for d, quota in enumerate(quotas)]
    return np.array(best)
