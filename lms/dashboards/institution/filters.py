"""The choices of the forms above an institution's pages."""

from typing import Any

from django.utils.translation import gettext as _

from lms.cohorts.api import Cohort

from ..pages import options
from .asked import ALL, Chosen
from .reading import House

MOST = 40  # cohorts in a menu of all programmes together: nobody finds theirs among three hundred


def filters_of(house: House, chosen: Chosen) -> dict[str, Any]:
    """Return the choices of the form, written: years, programmes and cohorts of the year.

    `is_by_programme`: there are too many cohorts for one menu, a programme is chosen first.
    """
    programmes = sorted({(one.programme.title, one.programme.key) for one in chosen.cohorts})
    years = [(year, year, year == chosen.year) for year in chosen.years]
    cohorts = offered(chosen)
    return {
        "years": options([*years, (ALL, _("Toutes les années"), not chosen.year)]),
        "programmes": options((key, title, key == chosen.programme) for title, key in programmes),
        "cohorts": options((str(one.uuid), _name(house, one, chosen), one == chosen.cohort) for one in cohorts),
        "is_by_programme": not cohorts and bool(chosen.cohorts),
    }


def offered(chosen: Chosen) -> list[Cohort]:
    """Return the cohorts of a menu: those of the programme chosen, or of the cohort’s; of all when they are few."""
    programme = chosen.programme or (chosen.cohort.programme.key if chosen.cohort else "")
    found = [one for one in chosen.cohorts if programme in ("", one.programme.key)]
    return found if programme or len(found) <= MOST else []


def _name(house: House, cohort: Cohort, chosen: Chosen) -> str:
    name = cohort.name if chosen.year else str(cohort)
    return name if cohort.institution_id == house.institution.pk else f"{name} ({cohort.institution})"
