"""The choices of the forms above an institution's pages."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lms.cohorts.api import Cohort

from ..pages import options
from .asked import ALL, Chosen
from .reading import House


def filters_of(house: House, chosen: Chosen) -> dict[str, SafeString]:
    """Return the choices of the form, written: years, programmes and cohorts of the year."""
    programmes = sorted({(one.programme.title, one.programme.key) for one in chosen.cohorts})
    years = [(year, year, year == chosen.year) for year in chosen.years]
    cohorts = [one for one in chosen.cohorts if not chosen.programme or one.programme.key == chosen.programme]
    return {
        "years": options([*years, (ALL, _("Toutes les années"), not chosen.year)]),
        "programmes": options((key, title, key == chosen.programme) for title, key in programmes),
        "cohorts": options((str(one.uuid), _name(house, one, chosen), one == chosen.cohort) for one in cohorts),
    }


def _name(house: House, cohort: Cohort, chosen: Chosen) -> str:
    name = cohort.name if chosen.year else str(cohort)
    return name if cohort.institution_id == house.institution.pk else f"{name} ({cohort.institution})"
