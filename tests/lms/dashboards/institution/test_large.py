"""A university of national size: no page of its coordinator holds more than a page may."""

import pytest

from lms.cohorts.api import Attachment, Cohort, Institution, Programme
from tests.lms.dashboards.cohort.classroom import Pupil, words
from tests.lms.prescribing.reading import elements

from .campus import ADDRESS, Campus

MOST = 1500
PROGRAMMES = 24


@pytest.fixture
def large(campus: Campus) -> Campus:
    """Twenty-four programmes, three hundred cohorts, thirty institutes, lists of the jury that are full."""
    found = Institution.objects.bulk_create(
        Institution(key=f"ifsi-{at}", kind="institute", name=f"IFSI {at:02}") for at in range(30)
    )
    Attachment.objects.bulk_create(
        Attachment(institution=one, parent=campus.house, start_date=campus.now.date()) for one in found
    )
    programmes = Programme.objects.bulk_create(
        Programme(key=f"p{at}", title=f"Filière {at}") for at in range(PROGRAMMES)
    )
    Cohort.objects.bulk_create(
        Cohort(
            institution=found[at] if at < len(found) else campus.house,
            programme=programmes[at % PROGRAMMES],
            name=f"Cohorte {at:03}",
            academic_year="2026-2027",
        )
        for at in range(300)
    )
    campus.seat([Pupil(620, True, trained=True)] * 60)
    declared = campus.seat([Pupil()] * 60)
    facts = {"cohort": str(campus.cohort.uuid), "validated_date": "2026-10-12", "means": "UE 4.7"}
    numbers = " ".join(one.enrolment.student_number for one in declared)
    campus.client(campus.coordinator).post(f"{ADDRESS}jury/", facts | {"numbers": numbers})
    return campus


def test_its_pages_stay_within_what_a_page_may_hold(large: Campus) -> None:
    cohort = f"?cohorte={large.cohort.uuid}"
    for part in ("", "?filiere=p3", "?annee=toutes", cohort, "jury/", "jury/?filiere=p3", f"jury/{cohort}", "heures/"):
        assert elements(large.open(part).content.decode()) <= MOST, part
    assert elements(large.client(large.coordinator).get("/pilotage/").content.decode()) <= MOST


def test_a_cohort_is_chosen_after_its_programme(large: Campus) -> None:
    one = Cohort.objects.get(name="Cohorte 101")
    option, sentence = f'value="{one.uuid}"', "choisissez d’abord"
    for part in ("", "jury/"):
        page = large.open(part).content.decode()
        assert option not in page and sentence in page
        page = large.open(f"{part}?filiere={one.programme.key}").content.decode()
        assert option in page and sentence not in page
        page = large.open(f"{part}?cohorte={one.uuid}").content.decode()
        assert f"{option} selected" in page and sentence not in page
    assert "Choisissez d’abord une filière" in words(large.open("jury/").content).partition("Déclarer des")[2]


def test_every_cohort_and_institute_is_on_a_page(large: Campus) -> None:
    shown, rows = set[str](), set[str]()
    for number in range(1, 17):
        shown |= {line.label for line, _row in large.open(f"?page={number}").context["cohort_rows"]}
        rows |= {row[0] for row in large.open(f"?instituts={number}").context["institutes"]["table"]}
    assert len(shown) == 301 and len(rows) == 32  # the university alone, thirty institutes, the whole
    cards = set[str]()
    for number in range(1, 7):
        houses = large.client(large.coordinator).get(f"/pilotage/?page={number}").context["houses"]
        cards |= {card["cohort"].name for house in houses for card in house["cards"]}
    assert len(cards) == 301
