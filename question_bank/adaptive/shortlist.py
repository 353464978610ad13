"""Shortlists: the most informative items of every competency, at every theta bin and for every width of belief.

Choosing then reads a few hundred candidates, whatever the size of the bank.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .arrays import Flags, Indices, Reals, frozen_indices, frozen_reals
from .curves import averaged_information

THETA_LOW, THETA_HIGH, BINS_PER_LOGIT = -4.0, 4.0, 8
DEVIATIONS = (0.2, 0.3, 0.42, 0.6, 0.85, 1.2)  # geometric: worth changes slowly with the width of the belief
THETA_BINS = int((THETA_HIGH - THETA_LOW) * BINS_PER_LOGIT) + 1
GRID = np.linspace(-10.0, 10.0, 201)  # half the least deviation apart: the trapezoid rule is exact to ten digits
VARIANCE_STEPS = tuple(low * high for low, high in pairwise(DEVIATIONS))
VARIANCE_EDGES = np.array(VARIANCE_STEPS)


@dataclass(frozen=True, eq=False, slots=True)
class Shortlists:
    """items: intp[rows, L] and worth: float64[rows, L] in information units, one row per (deviation, theta bin,
    competency).

    A row goes from the most to the least informative; short rows are padded with item 0 worth -inf.
    """

    items: Indices
    worth: Reals
    competencies: int
    members: Indices  # [competencies, longest]: every operational item, padded with -1

    @property
    def are_complete(self) -> bool:
        """Return whether no operational item is left out of the rows of its competency."""
        return bool(self.items.shape[1] == self.members.shape[1])

    def candidates(self, mean: Reals, variance: Reals, competencies: Indices) -> tuple[Indices, Reals]:
        """Return (items, worth), both [len(competencies), L], around each marginal belief.

        mean, variance: one each per competency asked for, or a single one for all of them.
        """
        if mean.size == 1:
            return self._around(mean.item(0), variance.item(0), competencies)
        bins = ((mean - THETA_LOW) * BINS_PER_LOGIT + 0.5).clip(0.0, THETA_BINS - 0.5).astype(np.intp)
        rows = (VARIANCE_EDGES.searchsorted(variance) * THETA_BINS + bins) * self.competencies + competencies
        return self.items.take(rows, axis=0), self.worth.take(rows, axis=0)

    def _around(self, mean: float, variance: float, competencies: Indices) -> tuple[Indices, Reals]:
        """Return the same for a single belief: the rows are neighbours, and plain numbers find them sooner."""
        bin_ = int(min(max((mean - THETA_LOW) * BINS_PER_LOGIT + 0.5, 0.0), THETA_BINS - 0.5))
        first = (bisect_left(VARIANCE_STEPS, variance) * THETA_BINS + bin_) * self.competencies
        rows = slice(first, first + self.competencies)
        if competencies.size == self.competencies:
            return self.items[rows], self.worth[rows]
        return self.items[rows].take(competencies, axis=0), self.worth[rows].take(competencies, axis=0)


def build_shortlists(
    discrimination: Reals,
    thresholds: Reals,
    guessing: Reals,
    competency: Indices,
    is_pretest: Flags,
    competencies: int,
    length: int,
) -> Shortlists:
    """Return the shortlists of the operational items, ``length`` at most per row; equal worth goes by item number."""
    members = [np.flatnonzero((competency == k) & ~is_pretest) for k in range(competencies)]
    longest = max(1, max(len(group) for group in members))
    kept = min(length, longest)
    items = np.zeros((len(DEVIATIONS), THETA_BINS, competencies, kept), dtype=np.intp)
    worth = np.full(items.shape, -np.inf)
    for k, group in enumerate(members):
        table = _worth_by_bin(discrimination[group], thresholds[group], guessing[group])
        order = np.argsort(-table, axis=-1, kind="stable")[..., :kept]
        items[:, :, k, : order.shape[-1]] = group[order]
        worth[:, :, k, : order.shape[-1]] = np.take_along_axis(table, order, axis=-1)
    return Shortlists(
        items=frozen_indices(items.reshape(-1, kept)),
        worth=frozen_reals(worth.reshape(-1, kept)),
        competencies=competencies,
        members=_padded(members, longest),
    )


def _worth_by_bin(discrimination: Reals, thresholds: Reals, guessing: Reals) -> Reals:
    """Return float64[deviations, THETA_BINS, items]: the curves once on a grid, then every belief as weights on it."""
    centres = np.linspace(THETA_LOW, THETA_HIGH, THETA_BINS)
    beliefs = [-0.5 * ((GRID[:, None] - centres) / deviation) ** 2 for deviation in DEVIATIONS]
    weights = np.exp(np.concatenate(beliefs, axis=1))
    worth = averaged_information(discrimination, thresholds, guessing, GRID, weights / weights.sum(axis=0))
    return worth.T.reshape(len(DEVIATIONS), THETA_BINS, discrimination.size)


def _padded(members: list[Indices], longest: int) -> Indices:
    table = np.full((len(members), longest), -1, dtype=np.intp)
    for k, group in enumerate(members):
        table[k, : len(group)] = group
    return frozen_indices(table)
