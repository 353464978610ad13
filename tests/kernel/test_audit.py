"""The audit is added to and read."""

from datetime import timedelta

import pytest

from kernel.audit import record
from kernel.models import AuditEntry, Job
from kernel.models.audit import AppendOnly


@pytest.mark.django_db
def test_an_act_is_recorded_with_what_it_touched(now):
    job = Job.objects.create(kind="export")
    entry = record(actor_id=3, action="export.asked", target=job, details={"rows": 12}, at=now)
    assert entry.target == f"kernel.Job:{job.uuid}"
    assert AuditEntry.objects.get().details == {"rows": 12}


@pytest.mark.django_db
def test_nothing_changes_or_removes_an_entry(now):
    entry = record(actor_id=3, action="a", target="b", at=now)
    for change in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(action="c"),
        lambda: AuditEntry.objects.bulk_update([entry], ["action"]),
    ):
        with pytest.raises(AppendOnly):
            change()
    assert AuditEntry.objects.get().action == "a"


@pytest.mark.django_db
def test_retention_is_the_one_way_out(now):
    record(actor_id=3, action="old", target="b", at=now - timedelta(days=2))
    record(actor_id=3, action="new", target="b", at=now)
    assert AuditEntry.objects.all().erase_before(now - timedelta(days=1)) == 1
    assert AuditEntry.objects.get().action == "new"
