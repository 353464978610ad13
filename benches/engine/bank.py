"""The bank and the people on which engines are compared: everything follows from one seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from question_bank.adaptive import Pool

DOMAIN_SIZES = (3, 4, 4, 3, 2)
DOMAIN_OF = np.repeat(np.arange(len(DOMAIN_SIZES)), DOMAIN_SIZES)
COMPETENCIES = sum(DOMAIN_SIZES)
GENERAL, DOMAIN, COMPETENCY = 0.70, 0.18, 0.12
GUESSING, GUESSED_SHARE = 0.25, 0.60
CLUSTER_SIZES, LEVELS = (5, 6, 7), 7

Reals = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Bank:
    """n items: float64[n] parameters, intp[n] competency and cluster."""

    discrimination: Reals
    difficulty: Reals
    guessing: Reals
    competency: Indices
    cluster: Indices

    @property
    def size(self) -> int:
        """Return n."""
        return int(self.discrimination.size)

    def pool(self) -> Pool:
        """Return the bank as the engine wants it."""
        return Pool.build(
            discrimination=self.discrimination,
            difficulty=self.difficulty,
            guessing=self.guessing,
            competency=self.competency,
            cluster=self.cluster,
            domain_of=DOMAIN_OF,
        )


@dataclass(frozen=True, eq=False)
class People:
    """theta: float64[N, K] (K = 1 or 16), uniforms: float64[N, n]; a response is right when its uniform is below P."""

    theta: Reals
    uniforms: Reals


def generate_bank(seed: int, *, size: int = 400, guessing: bool = False) -> Bank:
    """Return the bank of a seed: clusters of 5 to 7 items of distinct levels 1 to 7, b around it, lognormal a."""
    draw = np.random.default_rng([seed, size, 1])
    competency = np.sort(np.arange(size) % COMPETENCIES)
    cluster, level = _clusters(draw, competency)
    difficulty = (level - 4) * 2.0 / 3.0 + draw.normal(0.0, 0.40, size)
    discrimination = np.clip(draw.lognormal(np.log(1.15), 0.35, size), 0.35, 2.8)
    guessed = np.where(draw.random(size) < GUESSED_SHARE, GUESSING, 0.0)
    return Bank(discrimination, difficulty, guessed if guessing else np.zeros(size), competency, cluster)


def generate_people(seed: int, *, count: int, items: int, dimensions: int = 1) -> People:
    """Return the people of a seed: theta ~ N(0, 1), or by competency from a general, a domain and a specific part."""
    draw = np.random.default_rng([seed, count, 2])
    theta = draw.normal(size=(count, 1))
    if dimensions > 1:
        by_domain = draw.normal(size=(count, len(DOMAIN_SIZES)))[:, DOMAIN_OF]
        specific = draw.normal(size=(count, COMPETENCIES))
        theta = np.sqrt(GENERAL) * theta + np.sqrt(DOMAIN) * by_domain + np.sqrt(COMPETENCY) * specific
    return People(theta, draw.random((count, items)))


def responses(bank: Bank, people: People) -> NDArray[np.bool_]:
    """Return bool[N, n]: what everybody answers to everything, whoever asks."""
    theta = people.theta[:, bank.competency] if people.theta.shape[1] > 1 else people.theta
    chance = bank.guessing + (1.0 - bank.guessing) / (1.0 + np.exp(-bank.discrimination * (theta - bank.difficulty)))
    return np.asarray(people.uniforms < chance)


def _clusters(draw: Generator, competency: Indices) -> tuple[Indices, Indices]:
    """Return the cluster and the level of each item; levels are distinct within a cluster."""
    cluster, level, number = [], [], 0
    for count in np.bincount(competency, minlength=COMPETENCIES).tolist():
        for size in _cluster_sizes(draw, count):
            cluster += [number] * size
            level += draw.permutation(LEVELS)[:size].tolist()
            number += 1
    return np.array(cluster), np.array(level) + 1


def _cluster_sizes(draw: Generator, total: int) -> list[int]:
    """Return sizes of 5 to 7 that sum to ``total``, drawn so that what remains can still be divided."""
    sizes: list[int] = []
    while (left := total - sum(sizes)) > 0:
        fits = [size for size in CLUSTER_SIZES if _divides(left - size)]
        sizes.append(int(draw.choice(fits)) if fits else min(left, LEVELS))
    return sizes


def _divides(left: int) -> bool:
    return left == 0 or any(5 * parts <= left <= 7 * parts for parts in range(1, left // 5 + 1))
