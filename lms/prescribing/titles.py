"""How what is asked is named: by its parts, in the reader's language."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lms.assessments.api import Assignment
from lms.learning import api as learning


def journeys_by_key() -> Mapping[str, learning.Journey]:
    """Return the published journeys: one query."""
    return {journey.key: journey for journey in learning.journeys()}


def assessment_title(asked: Assignment) -> str:
    """Return the name of the test that is asked, or ""."""
    return asked.assessment.title(get_language() or "fr") if asked.assessment else ""


def journey_title(asked: Assignment, journeys: Mapping[str, learning.Journey]) -> str:
    """Return the name of the journey that is asked, or ""; its key when it was withdrawn since."""
    journey = journeys.get(asked.journey_key)
    return journey.title(get_language() or "fr") if journey else asked.journey_key


def title_of(asked: Assignment, journeys: Mapping[str, learning.Journey]) -> str:
    """Return what is asked in a few words."""
    test, journey = assessment_title(asked), journey_title(asked, journeys)
    if test and journey:
        return _("%(test)s, puis %(journey)s") % {"test": test, "journey": journey}
    return test or journey
