"""What the current release can tell at each level, domain by domain, beside what a blueprint asks of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from question_bank import adaptive
from themes import pictures

from .house import House

LOW, HIGH, STEPS = -3.0, 3.0, 61


def information(here: House, language: str) -> dict[str, Any]:
    """Return, by domain and level: what its best items tell (theta⁻²) and the standard error they would leave.

    The best items: as many as the blueprint gives a domain when each has its share of the longest attempt. The error
    counts them and what is believed beforehand, not what other domains teach; content rules aside, so that an attempt
    does no better by these items alone.
    """
    usable = here.eligible & ~here.pool.is_pretest
    quota = max(1, here.blueprint.length_max // here.pool.domain_count)
    quotas = [quota] * here.pool.domain_count
    grid = np.linspace(LOW, HIGH, STEPS)
    curves = adaptive.best_information(here.pool, usable, grid, quotas)
    levels = _levels(here, language)
    at = adaptive.best_information(here.pool, usable, np.array([level["theta"] for level in levels]), quotas)
    variance = [float(row @ here.prior.covariance @ row) for row in here.pool.domain_means]
    counts = np.bincount(here.pool.domain_of[here.pool.competency[usable]], minlength=here.pool.domain_count)
    domains = [
        {
            "key": domain.code,
            "title": domain.title(language),
            "items": int(counts[d]),
            "quota": quota,
            "minimum": here.blueprint.domain_minimum(d),
            "curve": [round(float(value), 4) for value in curves[d]],
            "levels": [
                {
                    "level": level["title"],
                    "information": round(float(told), 3),
                    "standard_error": round(float((1.0 / variance[d] + told) ** -0.5), 3),
                }
                for level, told in zip(levels, at[d], strict=True)
            ],
        }
        for d, domain in enumerate(here.framework.domains)
    ]
    return {"theta": [round(float(theta), 2) for theta in grid], "domains": domains}


def _levels(here: House, language: str) -> list[dict[str, Any]]:
    """Return each level with the theta of the middle of its stretch of the scale."""
    cuts = [level.cut_score for level in here.framework.levels]
    ends = [*cuts[1:], 1000]
    middles = [adaptive.theta_of((low + high) / 2.0) for low, high in zip(cuts, ends, strict=True)]
    return [
        {"title": level.title(language), "theta": theta}
        for level, theta in zip(here.framework.levels, middles, strict=True)
    ]


def picture(told: dict[str, Any], title: str) -> str:
    """Draw the curves: one per domain, in its colour, over the scale of scores."""
    series = [
        {"label": domain["title"], "mark": domain["key"], "values": domain["curve"], "hue": place % 5 + 1}
        for place, domain in enumerate(told["domains"])
    ]
    top = max([value for domain in told["domains"] for value in domain["curve"]] + [0.1])
    scores = [str(adaptive.score_of(theta)) for theta in np.linspace(LOW, HIGH, 7)]
    return pictures.lines(series, scores, float(np.ceil(top * 2) / 2), "number", title)
