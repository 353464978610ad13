"""The learner's page: one clear next step, then where one is, what is under way, what comes back, what was received."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.types import Verification
from competencies.api import current_framework
from lms.accounts.api import User
from lms.assessments.api import PLACEMENTS, TRAININGS, Attempt
from lms.cohorts.api import Role, places_for, standing_grants
from lms.learning import api as learning
from lms.learning.api import JourneyLine, ModuleLine, PathStep
from lms.prescribing.api import Asked, asked_of
from themes import pictures

from . import selectors

SHOWN = 8  # attempts on the page itself; the others have theirs
STEPS = 3
DAYS = 7


@dataclass(frozen=True)
class NextStep:
    """What to do first: a sentence, what it is about, one button."""

    sentence: str
    title: str
    why: str
    action: str
    url: str


def page_of(user: User, *, audience: str, language: str, now: datetime) -> dict[str, Any]:
    """Return everything the page says; the number of queries does not depend on what was done.

    `audience`: that of the person, "" when it is not known (lms.assessments.api.audience_of).
    """
    attempts = titled(selectors.learner_attempts(user.pk, limit=SHOWN + 1), language)
    modules = learning.module_lines(owner_id=user.pk, language=language)
    path = [step for step in learning.path_of(user, language) if step.module.key not in {one.key for one in modules}]
    portrait = selectors.portrait(user.pk)
    issued = learning.attestations_of(user)
    journeys = learning.journey_lines(modules=modules, language=language)
    asked = asked_of(user, now)
    first = next_step(attempts, modules, path, is_measured=portrait is not None, asked=asked, audience=audience)
    return {
        "next": first,
        "asked_list": asked,
        "offers_test": portrait is None and bool(modules) and not _is_test_at_hand(attempts, asked),
        "doors": doors(user, now),
        "places": places_for(user),
        "portrait": _portrait(portrait, language) if portrait else None,
        "path": path[:STEPS],
        "under_way": [line for line in modules if not line.is_completed and line.is_published],
        "withdrawn": [line for line in modules if not line.is_completed and not line.is_published],
        "done": [line for line in modules if line.is_completed],
        "journeys": journeys,
        "claims": claims(modules, journeys, issued),
        "issued": issued,
        "reviews": _reviews(user, now),
        "attempts": attempts[:SHOWN],
        "has_more": len(attempts) > SHOWN,
    }


def doors(user: User, now: datetime) -> list[tuple[str, str]]:
    """Return the way to the pages of those who frame others (label, address), for each kind of role that stands."""
    roles = set(standing_grants(user_id=user.pk, now=now).values_list("role", flat=True))
    found = []
    if roles & {Role.INSTRUCTOR, Role.COORDINATOR}:
        found.append((_("Les cohortes que j’encadre"), reverse("dashboards:pilot")))
    if Role.PILOT in roles:
        found.append((_("Le pilotage national"), reverse("dashboards:pilot_national")))
    return found


def next_step(
    attempts: Sequence[Attempt],
    modules: Sequence[ModuleLine],
    path: Sequence[PathStep],
    *,
    is_measured: bool,
    asked: Sequence[Asked] = (),
    audience: str = "",
) -> NextStep:
    """Return the one thing to do first: what is asked and ends first, else what is open, under way, not measured."""
    if (due := next((one for one in asked if not one.is_finished and one.next_part), None)) is not None:
        return _answer(due)
    if attempts and attempts[0].is_open:
        return _resume_attempt(attempts[0])
    under_way = [line for line in modules if line.is_published and not line.is_completed]
    if under_way:
        return _resume_module(under_way[0])
    if not is_measured:
        return NextStep(
            _("Commencez par vous situer."),
            "",
            _("Une vingtaine de situations, un quart d’heure : votre portrait apparaîtra ici, et votre chemin."),
            _("Me situer"),
            _test_url(audience),
        )
    return _begin(path[0]) if path else _train(audience)


def _test_url(audience: str) -> str:
    """Return where the test of an audience is; the choice of three while it is not known."""
    known = PLACEMENTS.get(audience)
    return reverse("assessments:start", args=[known]) if known else reverse("assessments:catalogue")


def _is_test_at_hand(attempts: Sequence[Attempt], asked: Sequence[Asked]) -> bool:
    """Say whether the page leads to a test already: one that was left open, or one that is asked."""
    parts = [part for one in asked for part in one.parts]
    return any(one.is_open for one in attempts[:1]) or any(one.kind == "test" and not one.is_done for one in parts)


def _answer(due: Asked) -> NextStep:
    """Lead to what is asked: its page before it is begun, then the part that is left."""
    part = due.next_part
    said = _("Demandé par : %(institution)s.") % {"institution": due.institution}
    if due.is_late:
        sentence = _("C’était à faire jusqu’au %(day)s.") % {"day": due.closes_day}
    elif due.closes_day:
        sentence = _("À faire jusqu’au %(day)s.") % {"day": due.closes_day}
    else:
        sentence = _("Ce qui vous est demandé.")
    if not due.is_begun or part is None:
        return NextStep(sentence, due.title, said, _("Voir et commencer"), due.url)
    action = _("Continuer") if part.is_begun else _("Commencer")
    return NextStep(sentence, part.title, f"{said} {part.remains}", action, part.url)


def _resume_attempt(attempt: Attempt) -> NextStep:
    url = reverse("assessments:question", args=[attempt.token])
    title = str(getattr(attempt, "title", ""))
    return NextStep(_("Une évaluation est restée ouverte."), title, "", _("Reprendre"), url)


def _resume_module(line: ModuleLine) -> NextStep:
    if line.is_read:
        why = _("Toutes les étapes sont vues. Il reste le bilan : trois à cinq situations.")
        return NextStep(_("Il ne manque que le bilan."), line.title, why, _("Passer au bilan"), f"{line.url}bilan/")
    why = _("Étapes vues : %(seen)d sur %(total)d.") % {"seen": line.seen, "total": line.total}
    return NextStep(_("Reprenez où vous en étiez."), line.title, why, _("Reprendre le module"), line.resume_url)


def _begin(step: PathStep) -> NextStep:
    return NextStep(_("Le module qui vous avancera le plus."), step.title, step.reason, _("Commencer"), step.url)


def _train(audience: str) -> NextStep:
    url = reverse("assessments:start", args=[TRAININGS.get(audience, "training")])
    why = _("Dix situations choisies pour vous, avec l’explication.")
    return NextStep(_("Votre chemin est à jour."), "", why, _("M’entraîner"), url)


def claims(
    modules: Sequence[ModuleLine], journeys: Sequence[JourneyLine], issued: Sequence[Verification]
) -> list[dict[str, str]]:
    """Return the completed modules and journeys whose attestation was not asked for yet, journeys first."""
    had = {(one.details or {}).get("of", "") + "/" + (one.details or {}).get("key", "") for one in issued}
    done = [("journey", line) for line in journeys if line.is_completed]
    done += [("module", line) for line in modules if line.is_completed]  # type: ignore[misc]
    return [{"of": of, "key": line.key, "title": line.title} for of, line in done if f"{of}/{line.key}" not in had]


def _portrait(found: selectors.Portrait, language: str) -> dict[str, Any]:
    framework = current_framework()
    levels = {level.code: level.title(language) for level in framework.levels}
    domains = {domain.code: domain for domain in framework.domains}
    rows = [
        {
            "label": domains[row.code].title(language),
            "value_label": f"{row.score} · {levels.get(row.level, row.level)}",
            "low": row.low,
            "estimate": row.score,
            "high": row.high,
            "hue": domains[row.code].number,
        }
        for row in found.domains
        if row.code in domains
    ]
    limits = [{"at": level.cut_score, "label": level.title(language)} for level in framework.levels]
    return {
        "attempt": found.attempt,
        "is_placement": found.is_placement,
        "overall": found.overall,
        "level": levels.get(found.overall.level, found.overall.level),
        "rows": rows,
        "strata": pictures.strata(rows, limits=limits),
        "strata_phone": pictures.strata_phone(rows, limits=limits),
    }


def _reviews(user: User, now: datetime) -> dict[str, Any]:
    found = learning.reviews_of(user, now)
    return {"now": found, "days": found.days[:DAYS]}


def titled(attempts: list[Attempt], language: str) -> list[Attempt]:
    """Give each attempt the title of what was taken; the check of a module is named after it: one query more."""
    checked = {attempt.pk: key for attempt in attempts if (key := learning.module_of_check(attempt.context))}
    known = learning.titles_of(set(checked.values()), language)
    for attempt in attempts:
        title, spoken = known.get(checked.get(attempt.pk, ""), ("", language))
        said = _("Bilan : %(title)s") % {"title": title} if title else attempt.assessment.title(language)
        attempt.title, attempt.language = said, spoken  # type: ignore[attr-defined]
    return attempts
