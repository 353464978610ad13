"""Institutions and programmes as editable data: loaded whole, again, and beside what people edited."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kernel.datafile import DataFileError
from lms.cohorts.loading import Loaded, load_institutions, load_programmes
from lms.cohorts.models import Institution, Programme

LINE = """institutions:
- key: ambre
  kind: university
  name: Université d’Ambre
  city: Ambre
  health_students: 1200
  is_counted: true
"""


@pytest.fixture
def path(tmp_path: Path, db: None) -> Path:
    return write(tmp_path, LINE)


def write(folder: Path, text: str) -> Path:
    path = folder / "institutions.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_country_has_36_universities_and_24_programmes(db: None) -> None:
    out = StringIO()
    call_command("load_institutions", stdout=out)
    assert Institution.objects.counted().count() == 36
    assert {house.kind for house in Institution.objects.all()} == {"university"}
    assert Programme.objects.count() == 24
    assert set(Programme.objects.order_by("hours").values_list("hours", flat=True)) == {28}
    assert Institution.objects.get(key="reunion").time_zone == "Indian/Reunion"
    assert Institution.objects.get(key="corse").confidence == "low"
    call_command("load_institutions", stdout=out)
    assert "36 institutions: 0 new, 0 changed." in out.getvalue()


def test_the_files_warn_that_no_official_list_was_found() -> None:
    from lms.cohorts.loading import DATA

    for name in ("institutions", "programmes"):
        text = (DATA / f"{name}.yaml").read_text(encoding="utf-8")
        assert "WARNING. No official list" in text


def test_an_edit_made_here_stands_until_the_file_changes_that_very_fact(path: Path) -> None:
    assert load_institutions(path=path) == Loaded(1, 1, 0)
    Institution.objects.update(name="Université d’Ambre et du Phare", city="Le Phare")
    assert load_institutions(path=path) == Loaded(1, 0, 0)
    write(path.parent, LINE.replace("city: Ambre", "city: Port-Ambre"))
    assert load_institutions(path=path) == Loaded(1, 0, 1)
    house = Institution.objects.get()
    assert (house.name, house.city) == ("Université d’Ambre et du Phare", "Port-Ambre")


def test_a_fact_taken_out_of_the_file_goes_unless_it_was_edited(path: Path) -> None:
    load_institutions(path=path)
    Institution.objects.update(city="Le Phare")
    write(path.parent, LINE.replace("  city: Ambre\n", "").replace("  health_students: 1200\n", ""))
    load_institutions(path=path)
    house = Institution.objects.get()
    assert (house.city, house.health_students) == ("Le Phare", None)


def test_a_line_taken_away_removes_nothing(path: Path) -> None:
    load_institutions(path=path)
    write(path.parent, LINE.replace("key: ambre", "key: brume").replace("d’Ambre", "de Brume"))
    load_institutions(path=path)
    assert Institution.objects.count() == 2


def test_a_programme_known_before_is_completed(db: None) -> None:
    Programme.objects.create(key="infirmier", title="Soins infirmiers")
    assert load_programmes() == Loaded(24, 23, 1)
    assert Programme.objects.get(key="infirmier").number == 5


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("kind: university", "kind: faculty", 3, "“kind” is one of"),
        ("city: Ambre", "town: Ambre", 5, "“town” is not one of"),
        ("  name: Université d’Ambre\n", "", 2, "“name” is missing"),
        ("health_students: 1200", "health_students: -1", 6, "“health_students” is a whole number"),
        ("is_counted: true", "is_counted: 1", 7, "“is_counted” is true or false"),
        ("city: Ambre", "time_zone: Europe/Ambre", 5, "“time_zone” is"),
        ("city: Ambre", "website: ftp://x", 5, "“website” is an address"),
        ("city: Ambre", "uai: 755976", 5, "“uai” is seven digits"),
        ("key: ambre", "key: Ambre", 2, "“key” is lower case"),
        (LINE, LINE + LINE.partition("\n")[2], 8, "key “ambre” is already at line 2"),
        (LINE, "institutions: []", 1, "a list called “institutions” is expected"),
        (LINE, "- a\n", 1, "a list called “institutions” is expected"),
    ],
)
def test_what_breaks_a_rule_is_named_with_its_line(path: Path, old: str, new: str, line: int, words: str) -> None:
    write(path.parent, LINE.replace(old, new))
    with pytest.raises(DataFileError) as refusal:
        load_institutions(path=path)
    assert f"institutions.yaml:{line}: " in str(refusal.value) and words in str(refusal.value)


def test_one_wrong_file_and_neither_is_written(path: Path) -> None:
    write(path.parent, LINE.replace("kind: university", "kind: faculty"))
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("load_institutions", institutions=path)
    assert not Programme.objects.exists()
