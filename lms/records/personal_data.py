"""What learning records keep of a person, for export and erasure."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.accounts.api import register_personal_data
from lms.accounts.types import PersonalData

from . import selectors, services


def export(person_id: int) -> list[dict[str, Any]]:
    """Return every statement of a person, oldest first."""
    return [json.loads(raw) for raw in selectors.raw_of(person_id)]


def erase(person_id: int) -> None:
    """Forget who the person was, and what was kept under their pseudonym."""
    services.forget_person(person_id=person_id)


def register() -> None:
    """Tell accounts what is kept here."""
    register_personal_data(PersonalData("statements", export, erase, _("Traces d’apprentissage (xAPI)")))
