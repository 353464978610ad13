"""Simulations of the bank, as they were kept. The room above runs them; the bank keeps what they say of a release."""

from datetime import datetime
from typing import Any

from question_bank.models import BankRelease

from .models import SimulationRun


def keep_simulation(*, result: dict[str, Any], at: datetime) -> SimulationRun:
    """Keep a result (release, assessment, people, seed and figures) and return its row."""
    return SimulationRun.objects.create(
        release=BankRelease.objects.get(number=result["release"]),
        assessment=result["assessment"],
        people=result["people"],
        seed=result["seed"],
        result=result,
        created_at=at,
    )


def last_simulation(assessment: str) -> SimulationRun | None:
    """Return the last simulation of an assessment, if there is one."""
    found = SimulationRun.objects.filter(assessment=assessment).select_related("release")
    return found.order_by("-created_at", "-pk").first()
