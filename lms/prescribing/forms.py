"""The form of what is asked: what was typed becomes a draft; a draft, or what is asked already, fills the form."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_date

from lms.assessments.api import Assignment, day_of
from lms.cohorts.api import Institution

from .types import Draft

USUAL_TEST = "placement"
USUAL_JOURNEY = "socle-etudiants"
USUAL_DAYS = 21
TARGET = "target-"


def usual_draft(institution: Institution, now: datetime, *, journeys: Mapping[str, Any]) -> Draft:
    """Return what suits most: to find where one stands and the students' journey, within three weeks."""
    today = day_of(now, institution)
    return Draft(
        institution_key=institution.key,
        assessment_key=USUAL_TEST,
        journey_key=USUAL_JOURNEY if USUAL_JOURNEY in journeys else "",
        opens_date=today,
        closes_date=today + timedelta(days=USUAL_DAYS),
        attempts_allowed=1,
    )


def prefilled(usual: Draft, said: QueryDict) -> Draft:
    """Return the usual draft with what an address says: whom, what, when, why. What is not there stays usual."""
    typed = read_draft(said)
    names = {
        "assessment": "assessment_key", "journey": "journey_key", "opens": "opens_date", "closes": "closes_date",
        "message": "message",
    }  # fmt: skip
    changes = {field: value for name, field in names.items() if name in said and (value := getattr(typed, field))}
    return replace(usual, cohorts=named_cohorts(said), **changes)


def named_cohorts(said: QueryDict) -> tuple[str, ...]:
    """Return the cohorts that an address names."""
    return tuple(dict.fromkeys((*said.getlist("cohorts"), *said.getlist("cohorte"))))


def draft_of(asked: Assignment) -> Draft:
    """Return what is asked already, as a draft."""
    here = asked.institution
    return Draft(
        institution_key=here.key,
        assessment_key=asked.assessment.key if asked.assessment else "",
        journey_key=asked.journey_key,
        cohorts=tuple(str(uuid) for uuid in asked.cohorts.order_by("pk").values_list("uuid", flat=True)),
        is_open=asked.is_open,
        opens_date=day_of(asked.opens_at, here),
        closes_date=day_of(asked.closes_at, here) if asked.closes_at else None,
        message=asked.message,
        target_levels=asked.target_levels,
        attempts_allowed=asked.attempts_allowed,
        asks_detail=asked.asks_detail,
    )


def read_draft(data: QueryDict) -> Draft:
    """Return what was typed."""
    return Draft(
        institution_key=data.get("institution", ""),
        assessment_key=data.get("assessment", ""),
        journey_key=data.get("journey", ""),
        cohorts=tuple(dict.fromkeys(data.getlist("cohorts"))),
        is_open=bool(data.get("is_open")),
        opens_date=read_day(data.get("opens", "")),
        closes_date=read_day(data.get("closes", "")),
        message=data.get("message", "").replace("\x00", ""),
        target_levels={
            name.removeprefix(TARGET): data.get(name, "") for name in data if name.startswith(TARGET) and data.get(name)
        },
        attempts_allowed=read_number(data.get("attempts", "0")),
        asks_detail=data.get("detail", "") == "oui",
    )


def read_day(text: str) -> date | None:
    """Return a date written 2026-12-14; None for anything else."""
    try:
        return parse_date(text.strip())
    except ValueError:
        return None


def read_number(text: str) -> int | None:
    """Return a whole number; None for anything else."""
    digits = text.strip()
    return int(digits[:4]) if digits.isascii() and digits.isdigit() else None
