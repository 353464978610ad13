"""An institute attached to a university, with dates: what is refused says why; each student counts once."""

from datetime import date, datetime, timedelta

import pytest

from kernel.models import AuditEntry, OutboxEvent
from lms.cohorts.api import university_of
from lms.cohorts.errors import (
    AttachedElsewhere,
    AttachedInCircle,
    AttachedToItself,
    AttachedTwice,
    AttachmentEndsFirst,
)
from lms.cohorts.institutions.attaching import attach, end_attachment
from lms.cohorts.models import Attachment
from tests.lms.cohorts.country import Country

START = date(2026, 9, 1)


def attached(
    country: Country, institute: str, university: str, start: date = START, end: date | None = None
) -> Attachment:
    return attach(
        institution=country.houses[institute],
        parent=country.houses[university],
        start_date=start,
        end_date=end,
        actor_id=None,
        now=country.now,
    )


@pytest.fixture
def hospital(country: Country) -> Country:
    country.house("hopital", "hospital")
    return country


def test_the_university_counts_its_institute_between_the_dates(hospital: Country) -> None:
    attached(hospital, "hopital", "brume", end=date(2027, 9, 1))
    house, university = hospital.houses["hopital"], hospital.houses["brume"]
    days = {date(2026, 8, 31): house, START: university, date(2027, 8, 31): university, date(2027, 9, 1): house}
    assert {day: university_of(house, day) for day in days} == days
    assert university_of(university, START) == university


@pytest.mark.parametrize(
    ("start", "end", "is_refused"),
    [
        (date(2026, 9, 1), None, True),
        (date(2020, 1, 1), date(2026, 9, 2), True),
        (date(2020, 1, 1), None, True),
        (date(2026, 10, 1), date(2026, 11, 1), True),
        (date(2020, 1, 1), date(2026, 9, 1), False),
        (date(2027, 1, 1), None, False),
    ],
)
def test_two_attachments_never_overlap(hospital: Country, start: date, end: date | None, is_refused: bool) -> None:
    attached(hospital, "hopital", "brume", end=date(2027, 1, 1))
    if not is_refused:
        attached(hospital, "hopital", "ambre", start, end)
        return
    with pytest.raises(AttachedTwice, match="couvre déjà"):
        attached(hospital, "hopital", "ambre", start, end)


def test_what_makes_no_sense_is_refused_in_a_sentence(hospital: Country) -> None:
    with pytest.raises(AttachedToItself, match="lui-même"):
        attached(hospital, "brume", "brume")
    with pytest.raises(AttachmentEndsFirst, match="après son début"):
        attached(hospital, "hopital", "brume", end=START)
    with pytest.raises(AttachedInCircle, match="l’un à l’autre"):
        attached(hospital, "ambre", "institut")
    with pytest.raises(AttachedElsewhere, match="université"):
        attached(hospital, "brume", "hopital")
    with pytest.raises(AttachedElsewhere, match="université"):
        attached(hospital, "ambre", "brume")  # Ambre already has an institute: one level only
    assert Attachment.objects.count() == 1


def test_an_end_is_told_and_kept_after_the_start(hospital: Country, now: datetime) -> None:
    row = attached(hospital, "hopital", "brume")
    with pytest.raises(AttachmentEndsFirst):
        end_attachment(attachment=row, end_date=START, actor_id=None, now=now)
    end_attachment(attachment=row, end_date=START + timedelta(days=30), actor_id=None, now=now)
    row.refresh_from_db()
    assert row.end_date == START + timedelta(days=30)
    actions = [entry.action for entry in AuditEntry.objects.order_by("pk")]
    assert actions == ["institution.attached", "institution.attachment_ended"]
    assert OutboxEvent.objects.filter(kind="cohorts.AttachmentChanged").count() == 2
