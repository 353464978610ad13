"""Rows written as lines of text are read back as they were, on both databases."""

from datetime import UTC, datetime

import pytest

from kernel.models import Job
from lms.demonstration.national.writing import Sheet, reserve, written

ODD = {"tab": "a\tb", "line": "a\nb\\n", "quote": 'é"\\', "none": None, "list": [1, 2.5, True]}


@pytest.mark.django_db
def test_what_is_written_is_read_back() -> None:
    at, [pk] = datetime(2026, 3, 29, 1, 30, tzinfo=UTC), reserve(Job, 1)
    sheet = Sheet(Job, ("id", "kind", "payload", "error", "finished_at", "updated_at"))
    values = (pk, "odd", ODD, "a\tb\\", at, at)
    sheet.add(["\t".join(map(written, values))])
    assert sheet.write() == 1
    found = Job.objects.get(pk=pk)
    assert (found.kind, found.payload, found.error, found.finished_at) == ("odd", ODD, "a\tb\\", at)
    assert found.attempts == Job._meta.get_field("attempts").get_default()
    assert Job.objects.create(kind="next").pk > pk
