"""The table of the walls forgets nothing, and who may act as the platform is written here."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from lms.walls import guarding, table

ROOT = Path(__file__).resolve().parents[3]
# Each opens a door by a key, or leaves nothing of somebody: what it does cannot be done as the person who asks.
LIFTED = {
    "kernel/actors.py": {"as_worker"},
    "kernel/audit.py": {"record"},
    "kernel/mail.py": {"queue_mail"},
    "lms/accounts/services.py": {"export_person", "ensure_not_on_hold", "erase_person"},
    "lms/assessments/selectors.py": {"belongs_to_someone"},
    "lms/assessments/services/admitting.py": {"find_assignment"},
    "lms/cohorts/claiming/services.py": {
        "places_for", "claim_by_address", "letter_of", "claim_by_letter", "code_of", "is_join_code", "claim_by_number",
        "leave_place",
    },
    "lms/cohorts/claiming/views.py": {"join_place", "leave_place"},
    "lms/cohorts/institutions/merging.py": {"plan_merger", "merge_institution"},
    "lms/cohorts/invitations/services.py": {"read", "accept", "ask_again"},
    "lms/learning/review/reminding.py": {"stop"},
    "lms/prescribing/views/learner.py": {"stop"},
}  # fmt: skip
USE = re.compile(r"^@actors\.as_worker\(\)\n(?:@.*\n)*def (\w+)|as_worker\(", re.MULTILINE)


def test_the_table_forgets_nothing() -> None:
    assert guarding.problems() == []


def test_a_table_that_is_forgotten_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    left = tuple(wall for wall in table.WALLS if wall.model not in ("cohorts.Student", "assessments.Response"))
    monkeypatch.setattr(guarding, "WALLS", left)
    found = " ".join(guarding.problems())
    assert "cohorts.Student leads to" in found and "assessments.Response leads to" in found


def test_an_exemption_has_a_reason_and_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(len(reason) > 20 for reason in (table.EXEMPT | table.EXEMPT_APPS).values())
    monkeypatch.setattr(guarding, "EXEMPT", {**table.EXEMPT, "cohorts.Ghost": "x", "cohorts.Student": "x"})
    found = guarding.problems()
    assert any("cohorts.Ghost" in problem for problem in found)
    assert any("cohorts.Student has a wall and a reason" in problem for problem in found)


def test_who_acts_as_the_platform_is_known() -> None:
    folders = ("kernel", "themes", "competencies", "question_bank", "certificates", "lms")
    used = {}
    for path in (path for folder in folders for path in sorted((ROOT / folder).glob("**/*.py"))):
        names = {match[1] or "as_worker" for match in USE.finditer(path.read_text())}
        if names:
            used[str(path.relative_to(ROOT))] = names
    assert used == LIFTED


@pytest.mark.django_db
def test_the_command_says_what_it_is_for(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("row_security", "--show")
    assert 'CREATE POLICY "worker" ON "cohorts_student"' in capsys.readouterr().out
    if connection.vendor == "postgresql":
        call_command("row_security", "--check")
        assert "every wall stands" in capsys.readouterr().out
    else:
        with pytest.raises(CommandError, match="PostgreSQL"):
            call_command("row_security")
