"""A check: an attempt about the few competencies that a module taught, from what was believed of the person before.

Its prior is that of the person's last measure, widened where something was learnt in between (docs/decisions/0014).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from question_bank import adaptive

from .models import Attempt

if TYPE_CHECKING:
    from .delivery import Setting

# Variance, in square logits, that a module adds to what is believed of each competency it teaches: half a standard
# deviation of people either way. The mean stays: nothing is credited before it is shown.
LEARNING_VARIANCE = 0.25


def narrowed(here: Setting, attempt: Attempt) -> Setting:
    """Return `here` for an attempt with a focus: its competencies only, without what it avoids, from its own prior.

    When too few of these items are said in the wording asked for, the others are served in ordinary French.
    """
    wanted = np.isin(here.pool.competency, places(here, attempt.focus or ())) & ~here.pool.is_pretest
    wanted[attempt.avoid or []] = False
    eligible = here.eligible & wanted
    if eligible.sum() < here.blueprint.length_min:
        eligible = here.meant & wanted
    length = max(min(here.blueprint.length_max, int(eligible.sum())), here.blueprint.length_min)
    dimensions = len(here.framework.domain_of)
    prior = adaptive.Ability.from_bytes(bytes(attempt.prior), dimensions) if attempt.prior else here.prior
    blueprint = replace(here.blueprint, length_max=length)
    return replace(here, eligible=eligible, blueprint=blueprint, prior=prior)


def places(here: Setting, codes: tuple[str, ...] | list[str]) -> list[int]:
    """Return where the competencies `codes` are in the framework; those it does not have are left out."""
    return [index for index, competency in enumerate(here.framework.competencies) if competency.code in codes]


def widened(ability: adaptive.Ability, competencies: list[int], start: adaptive.Ability) -> adaptive.Ability:
    """Return what is believed once these competencies were taught: the same mean, less sure of them.

    Never less sure than of somebody unknown (`start`). One step of a random walk (Glickman 1999; Wang, Berger &
    Burdick 2013), here by lesson instead of by day.
    """
    known, covariance = ability.covariance.diagonal(), ability.covariance.copy()
    for k in competencies:
        covariance[k, k] += min(LEARNING_VARIANCE, max(0.0, start.covariance.item(k, k) - known.item(k)))
    return adaptive.Ability(ability.mean, covariance)
