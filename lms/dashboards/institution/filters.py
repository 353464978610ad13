"""The choices of the forms above an institution's pages."""

from typing import Any

from django.utils.translation import gettext as _

from lms.cohorts.api import Cohort

from .asked import ALL, Chosen
from .reading import House


def filters_of(house: House, chosen: Chosen) -> dict[str, Any]:
    """Return the choices of the form: years, programmes and cohorts of the year."""
    programmes = sorted({(one.programme.title, one.programme.key) for one in chosen.cohorts})
    years = [_choice(year, year, year == chosen.year) for year in chosen.years]
    return {
        "years": [*years, _choice(ALL, _("Toutes les années"), not chosen.year)],
        "programmes": [_choice(key, title, key == chosen.programme) for title, key in programmes],
        "cohorts": [
            _choice(str(one.uuid), _name(house, one, chosen), one == chosen.cohort)
            for one in chosen.cohorts
            if not chosen.programme or one.programme.key == chosen.programme
        ],
    }


def _choice(value: str, label: str, is_current: bool) -> dict[str, Any]:
    return {"value": value, "label": label, "is_current": is_current}


def _name(house: House, cohort: Cohort, chosen: Chosen) -> str:
    name = cohort.name if chosen.year else str(cohort)
    return name if cohort.institution_id == house.institution.pk else f"{name} ({cohort.institution})"
