"""The framework: loaded whole or not at all, versioned, read in one go."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from competencies import api
from competencies.errors import FrameworkFileRefused, FrameworkVersionTaken
from competencies.models import Competency, Domain, Framework, ProficiencyLevel
from kernel.datafile import DataFileError

SHIPPED = Path("competencies/data/socle.yaml")
pytestmark = pytest.mark.django_db


def edited(tmp_path: Path, before: str, after: str) -> Path:
    text = SHIPPED.read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "framework.yaml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return path


def test_shipped_file_has_five_domains_sixteen_competencies_and_their_capacities() -> None:
    framework, is_new = api.load_framework(path=SHIPPED)
    tree = api.framework(framework.pk)
    assert is_new
    assert len(tree.domains) == 5
    assert len(tree.competencies) == 16
    assert sum(len(competency.capacities) for competency in tree.competencies) == 57
    assert tree.domain_of == (0,) * 4 + (1,) * 3 + (2,) * 3 + (3,) * 3 + (4,) * 3
    assert not tree.is_official
    assert "Référentiel de travail" in tree.notice("fr")


def test_loading_twice_changes_nothing() -> None:
    first, _ = api.load_framework(path=SHIPPED)
    again, is_new = api.load_framework(path=SHIPPED)
    assert (again.pk, is_new) == (first.pk, False)
    assert Domain.objects.count() == 5


def test_a_new_version_takes_over_and_the_old_one_stays(tmp_path: Path) -> None:
    old, _ = api.load_framework(path=SHIPPED)
    new, _ = api.load_framework(path=edited(tmp_path, 'version: "2026.1"', 'version: "2027.1"'))
    assert api.current_framework().id == new.pk
    assert len(api.framework(old.pk).competencies) == 16


def test_a_version_is_never_changed_in_place(tmp_path: Path) -> None:
    api.load_framework(path=SHIPPED)
    with pytest.raises(FrameworkVersionTaken):
        api.load_framework(path=edited(tmp_path, "cut_score: 400", "cut_score: 410"))


def test_a_framework_loaded_before_its_wording_was_put_right_is_put_right_in_place() -> None:
    """Its digest follows, or an update of the platform would find the version taken; and nobody starts anew."""
    wording = import_module("competencies.migrations.0002_wording")
    old, _ = api.load_framework(path=SHIPPED)
    Framework.objects.update(digest=wording.BEFORE)
    ProficiencyLevel.objects.filter(key="independent").update(text_fr="Vous vous débrouillez seul.")
    Competency.objects.filter(code="D1.C3").update(title_en="Access the user's health data")
    wording.put_right(apps, None)
    api.forget()
    framework, is_new = api.load_framework(path=SHIPPED)
    tree = api.framework(framework.pk)
    assert (framework.pk, is_new) == (old.pk, False)
    assert tree.levels[1].text_fr == wording.SENTENCE
    assert "Access the user’s health data" in {one.title_en for one in tree.competencies}


def test_a_framework_of_one_s_own_keeps_its_wording() -> None:
    api.load_framework(path=SHIPPED)
    Framework.objects.update(digest="0" * 64)
    Competency.objects.filter(code="D1.C3").update(title_en="Access the user's health data")
    import_module("competencies.migrations.0002_wording").put_right(apps, None)
    assert Competency.objects.get(code="D1.C3").title_en == "Access the user's health data"


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("cut_score: 550", "cut_score: 350", "cut scores"),
        ("id: D1.C2\n", "id: D1.C1\n", "used twice"),
        ("confidence: official_wording", "confidence: certain", "“confidence” is one of"),
        ("  hours: 6", "  hours: many", "“hours” is a number"),
        ("title_en: Health data", "title_en:", "“title_en” is missing"),
        ("status: working", "status: perhaps", "“status” is working or official"),
    ],
)
def test_a_broken_file_is_refused_whole_with_line_and_reason(
    tmp_path: Path, before: str, after: str, reason: str
) -> None:
    path = edited(tmp_path, before, after)
    with pytest.raises(FrameworkFileRefused) as refusal:
        api.load_framework(path=path)
    name, line, sentence = refusal.value.problems[0].split(":", 2)
    assert name == str(path)
    assert reason in sentence
    changed = SHIPPED.read_text(encoding="utf-8").split(before)[0].count("\n") + 1
    assert abs(int(line) - changed) <= 3
    assert not Framework.objects.exists()


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('version: "2026.1"', "version: 2026-13-45", "cannot be read"),
        ('version: "2026.1"', f'version: "{"9" * 21}"', "20 characters at most"),
        ('version: "2026.1"', "version: [2026]", "“version” is a text"),
        ("key: socle", "? [a, b]\n: socle", "a plain word"),
        ("key: socle", "key: !!python/object:os.system {}", "could not determine a constructor"),
        ("key: socle", "key: socle en français", "small letters"),
        ("status: working", "status: working\ntittle: x", "“tittle” is not one of"),
        ("- key: independent", "- key: novice", "used twice"),
        ("  cut_score: 400", "  cut_score: 400\n  colour: red", "“colour” is not one of"),
        ("  hours: 6", "  hours: .inf", "“hours” is a number"),
        ("  hours: 6", "  hours: .nan", "“hours” is a number"),
        ("  hours: 6", "  hours: true", "“hours” is a number"),
        ("  hours: 6", "  hours: 123456", "“hours” is a number"),
        ("  ects: 2", "  ects: .nan", "“meta” is named facts"),
        ("  ects: 2", "  ects: 2026-01-01", "“meta” is named facts"),
        ("title_en: Health data", 'title_en: "a\\0b"', "“title_en” is a text"),
        ("title_en: Health data", f"title_en: {'x' * 251}", "“title_en” is a text of 250"),
        ("title_en: Health data", "title_en: [Health, data]", "“title_en” is a text"),
        ("title_en: Health data", "title_en: People's data", "whose apostrophes are ’"),
        ("text_en: You are", "text_en: You're", "whose apostrophes are ’"),
        ("id: D1.C2\n", "id: D1 C2\n", "a code of 20"),
        ("id: D1.C2\n", f"id: {'D' * 60}\n", "a code of 20"),
        ("fact_topics:", "fact_topics: {}\n      fact_topic:", "a list of short texts"),
    ],
)
def test_whatever_a_file_says_a_line_and_a_reason_come_back(
    tmp_path: Path, before: str, after: str, reason: str
) -> None:
    path = edited(tmp_path, before, after)
    with pytest.raises(DataFileError) as refusal:
        api.load_framework(path=path)
    found = [problem.removeprefix(f"{path}:").split(":", 1) for problem in refusal.value.problems]
    changed = SHIPPED.read_text(encoding="utf-8").split(before)[0].count("\n") + 1
    assert any(reason in sentence and abs(int(line) - changed) <= 3 for line, sentence in found) or (
        "“meta”" in reason and any(reason in sentence for _, sentence in found)
    ), refusal.value.problems
    assert not Framework.objects.exists()


@pytest.mark.parametrize("text", ["", "key: [", "a: &x 1\nb: *x", "a: 1\na: 2", "- 1", "a: " + "[" * 3000 + "]" * 3000])
def test_what_is_not_a_framework_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "framework.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError):
        api.load_framework(path=path)
