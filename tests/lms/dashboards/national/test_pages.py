"""The national pages: what is published and nothing else, for whom, at a constant cost."""

import csv
import io
import re
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.cohorts.api import Institution, Role, grant_role
from tests.lms.dashboards.cohort.classroom import words

from .country import Country

NAMED = re.compile("dans toutes les colonnes\u00a0: [^.]*\\.")
BAROMETER, NATIONAL = "/barometre/", "/pilotage/national/"


def read(country: Country, address: str = BAROMETER, user: Any = None) -> str:
    answer = country.client(user).get(address)
    assert answer.status_code == 200
    return words(answer.content)


def lines(country: Country, table: str, address: str = BAROMETER, user: Any = None) -> list[list[str]]:
    answer = country.client(user).get(f"{address}?format=csv&table={table}")
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))[1:]


def test_before_the_first_snapshot_it_says_so(country: Country) -> None:
    page = read(country)
    assert "Le premier relevé est publié dans la nuit" in page
    assert "Trop tôt pour projeter" in page and "210\u00a0000" in page


def test_measured_and_declared_are_apart_and_certified_is_not_open(country: Country) -> None:
    country.train(country.houses[0], 8, 40, trained_declared=50)
    country.publish()
    page = read(country)
    assert "mesurés ici ? Définition\u00a0: Formés, mesurés ici 320" in page
    assert "déclarés par leur établissement ? Définition\u00a0: Formés, déclarés 50" in page
    assert "Nous ouvrons tard, et le disons" in page and "pas encore ouvert" in page


def test_the_pace_is_projected_once_there_is_enough(country: Country) -> None:
    country.train(country.houses[0], 5, 40)
    country.publish()
    assert "Trop tôt pour projeter" in read(country)
    country.forget()
    country.train(country.houses[1], 12, 2000)
    country.publish()
    page = read(country)
    assert "2\u00a0017 personnes par mois" in page or "2017 personnes par mois" in page
    assert "Student" in page


def test_years_follow_the_academic_year(country: Country) -> None:
    country.train(country.houses[0], 14, 40)  # August 2025 to September 2026
    country.publish()
    rows = lines(country, "years")
    assert [row[0] for row in rows] == ["2025-2026", "2026-2027"]
    assert [row[1] for row in rows] == ["480", "80"]
    assert rows[0][3] == "pas encore ouvert"


def test_every_university_that_can_be_told_has_its_row_and_there_is_a_total(country: Country) -> None:
    country.train(country.houses[0], 8, 40)
    country.publish()
    rows = lines(country, "universities")
    assert [row[0] for row in rows] == ["Ambre", "Ensemble du pays"]
    assert rows[0][3] == "320" and rows[1][3] == "320"
    assert read(country).count("dans toutes les colonnes\u00a0: Brumes.") == 1


def test_nobody_and_too_few_are_named_alike(country: Country) -> None:
    """On the page and in every file: whoever has ten people is named as whoever has none."""
    country.train(country.houses[0], 8, 40)
    country.publish()
    nobody = named(country)
    country.count(country.houses[1], enrolled=10, measured=10, trained_measured=10, at_target=10)
    country.forget()
    country.publish()
    assert named(country) == nobody


def named(country: Country) -> list[Any]:
    """Return the rows that a file has, and the sentences that say who has none: page, XLSX, ODS."""
    found: list[Any] = [[row[0] for row in lines(country, "universities")], *NAMED.findall(read(country))]
    for extension, sheet in (("xlsx", "xl/worksheets/sheet2.xml"), ("ods", "content.xml")):
        answer = country.client().get(f"{BAROMETER}?format={extension}&table=universities")
        text = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).read(sheet).decode()
        found += NAMED.findall(text)
    assert found.count("dans toutes les colonnes\u00a0: Brumes.") == 3
    return found


def test_a_university_with_one_figure_keeps_its_row(country: Country) -> None:
    country.train(country.houses[0], 8, 40)
    country.count(country.houses[1], enrolled=300)
    country.publish()
    assert [row[:3] for row in lines(country, "universities")][1] == ["Brumes", "300", "0"]
    assert (
        "dans toutes les colonnes"
        not in read(country).partition("Le tableau des universités")[2].partition("</table>")[0]
    )


def test_ten_people_are_never_told(country: Country) -> None:
    country.train(country.houses[0], 8, 40)
    country.count(country.houses[1], enrolled=10, measured=10, trained_measured=10, at_target=10)
    country.publish()
    assert [row[0] for row in lines(country, "universities")] == ["Ambre", "Ensemble du pays"]
    assert "dans toutes les colonnes\u00a0: Brumes." in read(country)


def test_nothing_is_read_live(country: Country) -> None:
    """A change of the day is not on the page before the next snapshot: it would tell on somebody."""
    country.train(country.houses[0], 8, 40)
    country.publish()
    before = read(country)
    country.train(country.houses[0], 1, 500)
    assert read(country) == before
    country.publish(days=1)
    assert read(country) != before


def test_programmes_say_what_they_cover(country: Country) -> None:
    country.train(country.houses[0], 8, 40, minutes=640 * 90, taught_minutes=640 * 60)
    country.publish()
    row = lines(country, "programmes")[0]
    assert (row[0], row[8], row[9], row[10]) == ("Soins infirmiers", "2,5", "28", "0")


def test_hours_of_a_few_are_not_told(country: Country) -> None:
    country.count(country.houses[0], enrolled=49, measured=30, minutes=49 * 600)
    country.publish()
    assert lines(country, "programmes")[0][8] == ""


def test_made_up_figures_say_so(country: Country) -> None:
    assert "données de démonstration" not in read(country)
    Institution.objects.filter(key="ambre").update(is_demo=True)
    assert "données de démonstration" in read(country)


def test_the_pilot_goes_down_to_programmes_and_no_further(country: Country) -> None:
    country.train(country.houses[0], 8, 40)
    country.publish()
    page = country.client(country.pilot).get(NATIONAL).content.decode()
    assert '/pilotage/national/ambre/"' in page
    answer = country.client(country.pilot).get(f"{NATIONAL}ambre/")
    assert "Soins infirmiers" in words(answer.content)
    assert "/cohorte/" not in answer.content.decode() and "/etablissement/" not in answer.content.decode()
    assert lines(country, "programmes", f"{NATIONAL}ambre/", country.pilot)[0][3] == "320"
    assert country.client(country.pilot).get(f"{NATIONAL}rien/").status_code == 404


def test_only_the_pilot_has_the_national_pages(country: Country) -> None:
    other = type(country.pilot).objects.create_user("omar@pays.example", None)
    grant_role(user=other, role=Role.COORDINATOR, institution=country.houses[0], now=country.now)
    for address in (NATIONAL, f"{NATIONAL}ambre/"):
        assert country.client(other).get(address).status_code == 404
        assert country.client().get(address).status_code == 302


def test_the_pilot_comes_straight_to_the_country(country: Country) -> None:
    assert country.client(country.pilot).get("/pilotage/")["Location"] == NATIONAL


def test_the_barometer_sets_no_cookie(country: Country) -> None:
    assert not country.client().get(BAROMETER).cookies


@pytest.mark.parametrize("houses", [0, 40])
def test_pages_cost_the_same_whatever_the_sizes(country: Country, houses: int) -> None:
    for number in range(houses):
        found = Institution.objects.create(
            key=f"u{number}", kind="university", name=f"Université {number}", is_counted=True
        )
        country.train(found, 1, 20)
    country.publish()
    for address, user, most in (
        (BAROMETER, None, 3),
        (NATIONAL, country.pilot, 5),
        (f"{NATIONAL}ambre/", country.pilot, 5),
    ):
        client = country.client(user)
        client.get(address)
        with CaptureQueriesContext(connection) as found_queries:
            assert client.get(address).status_code == 200
        assert len(found_queries) == most, address


@pytest.mark.parametrize("extension", ["csv", "xlsx", "ods", "pdf"])
def test_every_table_is_had_as_a_file(country: Country, extension: str) -> None:
    country.train(country.houses[0], 8, 40)
    country.publish()
    for table in ("universities", "programmes", "years"):
        assert country.client().get(f"{BAROMETER}?format={extension}&table={table}").status_code == 200


def test_a_merger_loses_nobody_before_the_next_snapshot_and_the_old_address_leads_on(country: Country) -> None:
    gone, kept = country.houses
    country.train(gone, 8, 40)
    country.train(kept, 8, 30)
    country.publish()
    before = lines(country, "universities", NATIONAL, country.pilot)
    type(gone).objects.filter(pk=gone.pk).update(merged_into=kept, merged_at=country.now)
    assert lines(country, "universities", NATIONAL, country.pilot) == before
    assert sum(int(row[3]) for row in before[:2]) == int(before[-1][3]) > 0
    answer = country.client(country.pilot).get(f"{NATIONAL}{gone.key}/?p=grand")
    assert (answer.status_code, answer["Location"]) == (303, f"{NATIONAL}{kept.key}/?p=grand")
