"""The tables behind the pages: the same figures as the screen, whole, with the reason where there is none."""

from datetime import date
from typing import Any

import pytest

from competencies.api import current_framework
from lms.dashboards.cohort.listing import Asked, rows_of
from lms.dashboards.cohort.sheets import (
    domains_sheet,
    levels_sheet,
    map_sheet,
    people_sheet,
    trend_sheet,
)
from lms.dashboards.tables import Mask, Table

from .classroom import Classroom, Pupil


def listed(room: Classroom, asked: Asked | None = None) -> Table:
    rows = rows_of(room.cohort, asked or Asked(), room.now)
    return people_sheet(rows, current_framework(), "fr", room.now)


def by_key(sheet: Table) -> list[dict[str, Any]]:
    keys = [column.key for column in sheet.columns]
    return [dict(zip(keys, row, strict=True)) for row in sheet]


def test_each_person_is_a_row_of_raw_values(room: Classroom) -> None:
    room.seat([Pupil(620, True, name="Cy Working", last=2, modules=3)])
    (row,) = by_key(listed(room))
    assert (row["number"], row["last_name"], row["first_name"], row["group"]) == ("V0000", "Working", "Cy", "TD 1")
    assert (row["score"], row["low"], row["high"], row["level"]) == (620, 560, 680, "Avancé")
    assert (row["last_step"], row["measured"]) == (date(2026, 10, 18), date(2026, 10, 10))
    assert row["modules"] == 3


def test_what_is_not_shown_says_why(room: Classroom) -> None:
    room.seat([Pupil(620, name="A Secret"), Pupil(name="B Never")])
    secret, never = sorted(by_key(listed(room)), key=lambda row: str(row["first_name"]))
    assert secret["score"] is secret["level"] is Mask.UNSHARED
    assert never["score"] is Mask.UNMEASURED
    assert str(secret["score"].label) == "ne partage pas"
    mapped = map_sheet(rows_of(room.cohort, Asked(), room.now), current_framework(), "fr", room.now)
    cells = {row[2]: set(row[4:]) for row in mapped}
    assert cells == {"A": {Mask.UNSHARED}, "B": {Mask.UNMEASURED}}


def test_the_whole_list_is_written_and_not_the_page(room: Classroom, django_assert_num_queries: Any) -> None:
    room.seat([Pupil(500, True)] * 60 + [Pupil()] * 5)
    with django_assert_num_queries(2):  # the framework, the people
        assert len(list(listed(room))) == 65
    assert len(list(listed(room, Asked(shown="pas-commence")))) == 5


def test_the_map_has_a_level_for_each_competency(room: Classroom) -> None:
    room.seat([Pupil(620, True)])
    sheet = map_sheet(rows_of(room.cohort, Asked(), room.now), current_framework(), "fr", room.now)
    (row,) = sheet
    assert len(row) == len(sheet.columns) == 4 + len(current_framework().competencies)
    assert set(row[4:]) == {"Avancé"}


def test_the_tables_of_the_overview_are_what_the_page_drew(room: Classroom) -> None:
    room.seat([Pupil(620, True)] * 6 + [Pupil(300, True)] * 6)
    found = room.client().get(f"/pilotage/cohorte/{room.cohort.uuid}/").context
    levels = by_key(levels_sheet(found["levels"], room.now))
    assert levels[0]["competency"] == found["levels"]["rows"][0]["label"]
    assert [levels[0][f"level_{place}"] for place in range(4)] == [6, 0, 6, 0]
    assert by_key(domains_sheet(found["domains"], room.now))[0]["mean"] == pytest.approx(460)
    assert by_key(trend_sheet(found["trend"], room.now))[-1]["mean"] == pytest.approx(460)


@pytest.mark.parametrize("part", ["", "etudiants/", "carte/"])
@pytest.mark.parametrize("form", ["csv", "xlsx", "ods", "pdf"])
def test_every_page_can_be_taken_away(room: Classroom, part: str, form: str) -> None:
    room.seat([Pupil(620, True, name="Cy Working"), Pupil(300, True), Pupil(500)])
    response = room.client().get(f"/pilotage/cohorte/{room.cohort.uuid}/{part}?format={form}")
    assert response.status_code == 200 and "attachment" in response["Content-Disposition"]
    body = response.getvalue()
    assert body.startswith({"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "ods": b"PK", "pdf": b"%PDF"}[form])
    if form == "csv" and part:
        assert "Working" in body.decode() and "ne partage pas" in body.decode()
