"""Who plays in the drill: people to erase, who carry a word found nowhere else, and one whose attempt must go on."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.test import Client

from kernel.mail import queue_mail
from lms.accounts.api import User, erase_person
from lms.assessments.api import Attempt, erase_attempt
from lms.cohorts.api import Cohort, Student, enrol

ATTEMPTS = "/api/v1/attempts"
UNKNOWN = {"kind": "unknown"}
SOON = timedelta(seconds=1)


class DrillFailed(Exception):
    """Something that must be true is not; the message says what."""


@dataclass(frozen=True)
class Cast:
    """`canary` names two people to erase: one with an account, one whom only a roster knows. The rest are addresses."""

    canary: str
    account: int
    student: int
    erased: str
    due: str
    open: str
    upload: str

    @property
    def traces(self) -> list[str]:
        """Return what must be found nowhere, once restored."""
        return [self.canary, self.erased, self.due]


def gather(*, cohort: Cohort, now: datetime) -> Cast:
    """Write everybody; the open attempt has acknowledged answers."""
    canary = f"canari{secrets.token_hex(6)}"
    person = User.objects.create_user(f"{canary}@drill.example", None, first_name=canary, last_name=canary)
    enrol(user=person, cohort=cohort, student_number=canary, start_date=now.date(), now=now)
    signed_in = Client()
    signed_in.force_login(person)
    _sit(signed_in, answers=2)
    queue_mail(to=person.email, subject=canary, text=canary)
    address, number = f"2-{canary}@drill.example", f"{canary}-2"
    student = Student.objects.create(
        institution=cohort.institution, student_number=number, last_name=canary, email=address, created_at=now
    )
    due = _sit(Client(), answers=1)
    Attempt.objects.filter(token=due).update(erase_after=now + SOON)
    return Cast(canary, person.pk, student.pk, _sit(Client(), answers=2), due, _sit(Client(), answers=3), _upload())


def leave(cast: Cast) -> None:
    """Erase, after the backup: the one with an account, the one who got theirs since, and an attempt without one."""
    erase_person(user=User.objects.get(pk=cast.account))
    late = User.objects.create_user(f"late-{cast.canary}@drill.example", None)
    Student.objects.filter(pk=cast.student).update(user=late)
    erase_person(user=late)
    erase_attempt(token=cast.erased, viewer_id=None)


def go_on(token: str) -> tuple[int, int]:
    """Answer the item on screen of an attempt; return how many answers it had, and has."""
    before = Attempt.objects.get(token=token)
    had = before.responses.count()
    client = Client()
    page = client.get(f"{ATTEMPTS}/{token}").json()
    _answer(client, token, page)
    return had, before.responses.count()


def has_upload(cast: Cast) -> bool:
    """Say whether what was uploaded is there."""
    return (Path(settings.MEDIA_ROOT) / cast.upload).is_file()


def _upload() -> str:
    path = Path(settings.MEDIA_ROOT) / "drill" / f"{uuid4().hex}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"what was uploaded")
    return str(path.relative_to(settings.MEDIA_ROOT))


def _sit(client: Client, *, answers: int) -> str:
    body = client.post(ATTEMPTS, {"assessment": "placement", "locale": "fr"}, content_type="application/json").json()
    token = str(body["attempt"])
    for _ in range(answers):
        body = _answer(client, token, body)
    return token


def _answer(client: Client, token: str, body: dict[str, object]) -> dict[str, object]:
    item: dict[str, object] = body["item"]  # type: ignore[assignment]
    response = client.post(
        f"{ATTEMPTS}/{token}/responses",
        {"item": item["id"], "answer": UNKNOWN},
        content_type="application/json",
        headers={"Idempotency-Key": uuid4().hex},
    )
    if response.status_code != 201:
        raise DrillFailed(f"An answer got {response.status_code}: {response.content.decode()[:200]}")
    told: dict[str, object] = response.json()
    return told
