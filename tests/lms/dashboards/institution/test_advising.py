"""The one thing to do first at the top of an institution's page."""

from typing import Any

import pytest
from django.utils.translation import override

from lms.dashboards.figures import Figures
from lms.dashboards.institution.advising import next_step

HERE = [{"label": "Médecine", "url": "/pilotage/cohorte/x/etudiants/", "count": 9}]


def first(figures: Figures, to_claim: int = 0, to_begin: int = 0, gaps: Any = ()) -> tuple[str, str] | None:
    helped = {"to_claim": to_claim, "to_begin": to_begin, "cohorts": HERE if to_claim + to_begin else []}
    with override("fr"):
        found = next_step(figures, helped, gaps, "valserine")
    return (found.sentence, found.url) if found else None


@pytest.mark.parametrize(
    ("to_claim", "to_begin", "measured", "words", "url"),
    [
        (9, 40, 50, "9 étudiants n’ont pas encore pris leur place.", HERE[0]["url"]),
        (4, 40, 50, "40 étudiants ont leur place et n’ont pas commencé.", "/pilotage/prescriptions/nouvelle/"),
        (4, 4, 50, "50 étudiants n’ont pas passé le test.", "/pilotage/prescriptions/nouvelle/"),
    ],
)
def test_the_first_thing_is_what_holds_back_the_most(
    to_claim: int, to_begin: int, measured: int, words: str, url: str
) -> None:
    """Places, then beginnings, then the test: a few people (under one in twenty) are left to the lists below."""
    found = first(Figures(enrolled=100, measured=measured), to_claim, to_begin)
    assert found is not None
    assert (found[0], found[1].partition("?")[0]) == (words, url)


def test_then_what_to_teach_and_nothing_when_all_is_well() -> None:
    everybody = Figures(enrolled=100, measured=100)
    found = first(everybody, gaps=[{"title": "Le cadre de la télésanté", "share": 40}])
    assert found == ("À travailler d’abord\u00a0: Le cadre de la télésanté.", "#niveaux")
    assert first(everybody) is None
