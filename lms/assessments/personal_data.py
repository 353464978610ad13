"""What assessments keeps of a person, for export and erasure."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.accounts.api import register_personal_data
from lms.accounts.types import PersonalData
from question_bank import api as bank

from . import selectors
from .services import erase_attempt


def erase(owner_id: int) -> None:
    """Erase every attempt of a person, each folded into counts first."""
    for attempt in selectors.attempts_of(owner_id):
        erase_attempt(token=attempt.token, viewer_id=owner_id)


def reports(owner_id: int) -> list[dict[str, Any]]:
    """Return the errors a person reported, and what became of them."""
    return [asdict(report) for report in bank.reports_of(owner_id)]


def forget_reports(owner_id: int) -> None:
    """Keep what was reported, forget who did."""
    bank.forget_reporter(reporter_id=owner_id)


def register() -> None:
    """Tell accounts what is kept here."""
    register_personal_data(PersonalData("attempts", selectors.personal_data, erase, _("Évaluations")))
    register_personal_data(PersonalData("reports", reports, forget_reports, _("Erreurs signalées")))
