"""What can be taken: loaded from a file, whole or not at all."""

from pathlib import Path

import pytest

from kernel.datafile import DataFileError
from lms.assessments.models import Assessment, Blueprint
from lms.assessments.services.offering import load_assessments

SHIPPED = Path("lms/assessments/data/assessments.yaml")
pytestmark = pytest.mark.django_db


def edited(tmp_path: Path, before: str, after: str) -> Path:
    text = SHIPPED.read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "assessments.yaml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return path


def test_the_addresses_of_the_api_are_there() -> None:
    load_assessments(path=SHIPPED)
    assert {"placement", "training", "citizen"} <= set(Assessment.objects.order_by("key").values_list("key", flat=True))


def test_loading_twice_changes_nothing() -> None:
    assert load_assessments(path=SHIPPED) == load_assessments(path=SHIPPED)
    assert Blueprint.objects.count() == 4


@pytest.mark.parametrize(
    ("before", "after", "line", "reason"),
    [
        ("blueprint: short", "blueprint: long", "  blueprint: short", "is not one of"),
        ("audience: citizen", "audience: everybody", "  audience: citizen", "is one of"),
        ("length_min: 18", "length_min: -3", "  length_min: 18", "a whole number of items"),
        ("length_min: 18", "length_min: 30", "  length_min: 18", "not over"),
        ("0.465", ".nan", "  standard_error_target: 0.465", "a number of logits"),
        ("exposure_limit: 0.25", "exposure_limit: 5", "  exposure_limit: 0.25", "a share"),
        ("minutes: 15", "minutes: 1000000000000", "  minutes: 15", "a whole number of minutes"),
        ("minutes: 15", "colour: red", "  minutes: 15", "is not one of"),
        ("title_fr: Me situer\n", "title_fr: [Me, situer]\n", "  title_fr: Me situer", "a text of 120"),
        ("- key: professional", "- key: placement", "- key: professional", "already at line"),
        ("- key: professional", "- key: pro/fessional", "- key: professional", "small letters"),
        ("blueprints:\n", "blueprint: 1\nblueprints:\n", "blueprints:", "is not one of"),
    ],
)
def test_a_reference_to_nowhere_is_refused_whole(
    tmp_path: Path, before: str, after: str, line: str, reason: str
) -> None:
    number = SHIPPED.read_text(encoding="utf-8").splitlines().index(line) + 1
    with pytest.raises(DataFileError) as refusal:
        load_assessments(path=edited(tmp_path, before, after))
    assert f":{number}: " in refusal.value.problems[0]
    assert reason in refusal.value.problems[0]
    assert not Assessment.objects.exists()


def test_a_blueprint_is_never_changed_in_place(tmp_path: Path) -> None:
    load_assessments(path=SHIPPED)
    with pytest.raises(DataFileError):
        load_assessments(path=edited(tmp_path, "length_max: 22", "length_max: 24"))


# An installation keeps the blueprints it has loaded: rules that change take a new version, and a line here.
PINNED = {
    ("placement", 1): (18, 22, 0.465, 3, 1, 2, 0.25),
    ("short", 1): (12, 15, 0.53, 2, 0, 1, 0.25),
    ("training", 1): (8, 12, 0.57, 1, 0, 1, 0.30),
    ("check", 1): (3, 5, 0, 0, 0, 0, 0.65),
}


def test_a_blueprint_that_changes_takes_a_new_version() -> None:
    load_assessments(path=SHIPPED)
    rows = Blueprint.objects.order_by("key").values_list(
        "key",
        "version",
        "length_min",
        "length_max",
        "standard_error_target",
        "domain_minimum",
        "competency_minimum",
        "competency_maximum",
        "exposure_limit",
    )
    loaded = {(key, version): tuple(rules) for key, version, *rules in rows}
    assert {pin: loaded.get(pin) for pin in PINNED} == PINNED
