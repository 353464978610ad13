"""A cohort's page: where it is, what to teach next, whom to help."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from competencies.api import current_framework
from competencies.types import DomainEntry, FrameworkTree
from lms.cohorts.api import Cohort
from lms.learning import api as learning
from themes import pictures

from .. import figures, snapshots
from ..figures import Figures, Scope
from ..rollups.rules import rules as rollup_rules
from . import standing
from .people import people
from .rules import rules
from .teaching import Standing, gaps, weights

WEEKS = 10
NATIONAL_FOR = 600  # seconds: the country moves slowly, and its line is only a mark beside the cohort's
FEW_NATIONALLY = 11
READ = (
    "begun_at", "last_step_at", "measured_at", "trained_date", "score", "low", "high", "is_at_target", "domains",
    "shares", "tries", "best_before",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """Whose scores the page tells: `rows`, those who share; `hidden`: how many were measured and do not."""

    rows: Sequence[standing.Person]
    hidden: int


def page_of(cohort: Cohort, *, language: str, now: datetime) -> dict[str, Any]:
    """Return everything the page says; the number of queries does not depend on how many people there are."""
    framework = current_framework()
    counted = figures.of(Scope.cohort(cohort.pk))
    rows = list(people(cohort).values_list(*READ, named=True))
    measured = [row for row in rows if row.score is not None]
    told = told_of(measured)
    country = national(cohort.academic_year)
    fresh = figures.freshness(now, [cohort.pk])
    return {
        "cohort": cohort,
        "as_of": fresh.as_of,
        "fresh": fresh,
        "figures": counted,
        "measured": standing.Share(min(counted.measured, counted.enrolled), counted.enrolled),
        "to_invite": max(counted.enrolled - counted.measured, 0),
        "target": standing.at_target(told.rows),
        "target_level": _target_level(framework, language),
        "margin": standing.margin(told.rows),
        "told": told,
        "trend": _trend([row for row in measured if row.shares], country, now),
        "levels": levels_of(counted, framework, language),
        "domains": _domains(told, country, framework, language),
        "gaps": _gaps(cohort, counted, framework, language),
        "help": standing.helped(rows, now=now, stuck_for=rules().stuck_for, tries=rules().tries),
        "stuck_days": rules().stuck_days,
    }


def told_of(measured: Sequence[standing.Person]) -> Told:
    """Return whose scores are told: of those who share alone, always.

    Were the others in the sum, two looks around one new measure would tell that person's score.
    """
    sharing = [row for row in measured if row.shares]
    return Told(sharing, len(measured) - len(sharing))


def national(year: str) -> Figures:
    """Return what is published of the country in a year (the daily snapshot), kept ten minutes."""
    key = f"dashboards:national:{year}"
    found = cache.get(key)
    if found is None:
        found = snapshots.country(year)
        cache.set(key, found, NATIONAL_FOR)
    return found  # type: ignore[no-any-return]


def _target_level(framework: FrameworkTree, language: str) -> str:
    return next((one.title(language) for one in framework.levels if one.code == rollup_rules().target_level), "")


def _target_place(framework: FrameworkTree) -> int:
    return next(place for place, one in enumerate(framework.levels) if one.code == rollup_rules().target_level)


def _trend(sharing: Sequence[standing.Person], country: Figures, now: datetime) -> dict[str, Any]:
    """Draw the mean of those measured so far, week by week, and the country's beside it."""
    mondays = standing.last_mondays(now, WEEKS)
    ours = standing.running_means(standing.by_week(sharing), mondays)
    weeks = {week.monday: (week.measured, week.score_sum) for week in country.weeks}
    theirs = standing.running_means(weeks, mondays) if country.measured >= FEW_NATIONALLY else [None] * WEEKS
    known = [value for value in ours if value is not None]
    return {
        "picture": pictures.spark(ours, theirs) if known else "",
        "rows": [
            {"monday": monday, "ours": one, "national": other}
            for monday, one, other in zip(mondays, ours, theirs, strict=True)
        ],
        "last": known[-1] if known else None,
        "national": next((value for value in reversed(theirs) if value is not None), None),
    }


def levels_of(counted: Figures, framework: FrameworkTree, language: str) -> dict[str, Any]:
    """Return the stacked levels of each competency, those of people who share them: two drawings, one table."""
    names = [level.title(language) for level in framework.levels]
    rows = [
        {
            "code": part.code,
            "label": part.title(language),
            "group": domain.title(language),
            "hue": domain.number,
            "counts": _counts(counted, part.code, framework),
        }
        for domain in framework.domains
        for part in domain.competencies
    ]
    told = max((sum(row["counts"]) for row in rows), default=0)  # type: ignore[call-overload]
    return {
        "told": told,
        "names": names,
        "rows": rows,
        "wide": pictures.levels(rows, names) if told else "",
        "phone": pictures.levels_phone(rows, names) if told else "",
    }


def _counts(counted: Figures, code: str, framework: FrameworkTree) -> list[int]:
    known = counted.levels.get(code, {})
    return [known.get(level.code, 0) for level in framework.levels]


def _domains(told: Told, country: Figures, framework: FrameworkTree, language: str) -> dict[str, Any]:
    """Draw the mean of each domain with its interval, and the national mean as a diamond."""
    means = standing.by_domain(told.rows, [domain.code for domain in framework.domains])
    known = [domain for domain in framework.domains if domain.code in means]
    rows = [_stratum(domain, means[domain.code], framework, language) for domain in known]
    theirs = [country.mean_score(domain.code) for domain in known]
    marks = [mean for mean in theirs if mean is not None]
    has_national = country.measured >= FEW_NATIONALLY and len(marks) == len(rows)
    limits = [{"at": level.cut_score, "label": level.title(language)} for level in framework.levels]
    before = marks if has_national else None
    return {
        "rows": [
            row | {"national": mean}
            for row, mean in zip(rows, marks if has_national else [None] * len(rows), strict=True)
        ],
        "has_national": has_national,
        "wide": pictures.strata(rows, limits=limits, previous=before, title=_("Niveaux par domaine")) if rows else "",
        "phone": pictures.strata_phone(rows, limits=limits, previous=before, title=_("Niveaux par domaine"))
        if rows
        else "",
    }


def _stratum(domain: DomainEntry, mean: standing.Mean, framework: FrameworkTree, language: str) -> dict[str, Any]:
    level = [one for one in framework.levels if one.cut_score <= mean.value][-1]
    return {
        "code": domain.code,
        "label": domain.title(language),
        "value_label": f"{round(mean.value)} · {level.title(language)}",
        "low": mean.low,
        "estimate": mean.value,
        "high": mean.high,
        "hue": domain.number,
        "count": mean.count,
    }


def _gaps(cohort: Cohort, counted: Figures, framework: FrameworkTree, language: str) -> list[dict[str, Any]]:
    """Return what to teach next, each with the modules that are about it."""
    heavy = weights([domain.hours for domain in framework.domains])
    parts = [
        (part, domain, weight)
        for domain, weight in zip(framework.domains, heavy, strict=True)
        for part in domain.competencies
    ]
    found = gaps(
        (Standing(part.code, _counts(counted, part.code, framework), weight) for part, _domain, weight in parts),
        target=_target_place(framework),
    )[: rules().taught_next]
    titles = {part.code: part.title(language) for part, _domain, _weight in parts}
    offered = _modules({gap.code for gap in found}, language) if found else {}
    return [
        {
            "share": round(100 * gap.share),
            "title": titles[gap.code],
            "modules": offered.get(gap.code, []),
            "prescribe": _prescribing(cohort, titles[gap.code], offered.get(gap.code, [])),
        }
        for gap in found
    ]


def _prescribing(cohort: Cohort, title: str, modules: Sequence[Mapping[str, Any]]) -> str:
    """Return the address of a new prescription, already filled in with this cohort and what to work on."""
    message = _("À travailler ensemble : %(title)s.") % {"title": title}
    if modules:
        message += " " + _("Modules : %(titles)s.") % {"titles": ", ".join(one["title"] for one in modules)}
    filled = {"institution": cohort.institution.key, "cohorts": cohort.uuid, "message": message}
    return f"{reverse('prescribing:create')}?{urlencode(filled)}"


def _modules(codes: set[str], language: str) -> Mapping[str, list[dict[str, Any]]]:
    """Return the modules for students on each competency, those it is the main one of first: one query."""
    found: dict[str, list[tuple[int, dict[str, Any]]]] = {code: [] for code in codes}
    for module in learning.modules():
        if "student" in module.audiences:
            spoken = language if language in module.languages else "fr"
            shown = {
                "key": module.key,
                "title": module.title(spoken),
                "url": learning.page_url(module.key, spoken),
                "minutes": module.minutes,
                "language": spoken,
            }
            for place, code in enumerate(module.competencies):
                if code in codes:
                    found[code].append((place, shown))
    return {
        code: [shown for _place, shown in sorted(rows, key=lambda row: row[0])][: rules().modules_each]
        for code, rows in found.items()
    }
