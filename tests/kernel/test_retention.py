"""The table says how long, and the code obeys."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from kernel import retention
from kernel.audit import record
from kernel.mail import queue_mail
from kernel.models import AuditEntry, Delivery, Job, Mail, OutboxEvent, Retention


def test_every_rule_of_the_file_has_a_reason():
    assert {rule.kind for rule in retention.rules()} >= {
        "anonymous_attempts",
        "audit",
        "jobs",
        "mail_bodies",
        "outbox_events",
    }
    assert all(rule.basis for rule in retention.rules())


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_a_changed_row_is_kept(capsys):
    call_command("load_retention")
    call_command("load_retention")
    count = len(retention.rules())
    assert capsys.readouterr().out.splitlines()[-1] == f"retention: {count} rules, 0 written"
    Retention.objects.filter(kind="jobs").update(days=10)
    call_command("load_retention")
    assert "the table says 10 days, the file 90; kept" in capsys.readouterr().err
    assert retention.days("jobs") == 10
    call_command("load_retention", force=True)
    assert retention.days("jobs") == 90


@pytest.mark.django_db
def test_a_broken_file_is_refused_whole_with_its_lines(tmp_path):
    path = tmp_path / "r.yaml"
    rules = ["retention:", "  - kind: a", "    days: -1", "    basis: b", "  - kind: c", "    days: 3"]
    path.write_text("\n".join([*rules, "  - {kind: '', days: 1, basis: x}"]))
    with pytest.raises(CommandError) as caught:
        call_command("load_retention", path=path)
    assert [line.split(":")[1] for line in str(caught.value).splitlines()] == ["3", "5", "7"]
    assert not Retention.objects.exists()


@pytest.mark.django_db
def test_an_empty_table_still_has_the_file_behind_it():
    assert retention.days("anonymous_attempts") == 30
    with pytest.raises(LookupError, match="mystery"):
        retention.days("mystery")


def _rows(at, event_kind):
    """One row of each kind, ended at `at`."""
    queue_mail(to="a@example.org", subject="x", text="y")
    Mail.objects.filter(state="queued").update(state="sent", created_at=at)
    Job.objects.create(kind="x", state="done", finished_at=at)
    record(actor_id=1, action="x", target="y", at=at)
    return OutboxEvent.objects.create(
        kind=event_kind, aggregate="00000000-0000-0000-0000-000000000001", at=at, payload={}, dispatched_at=at
    )


@pytest.mark.django_db
def test_the_purge_obeys_the_table_and_keeps_what_is_not_finished(now):
    old = now - timedelta(days=1200)
    waiting = _rows(old, "still.waited.for")
    Delivery.objects.create(event=waiting, listener="x", aggregate=waiting.aggregate)
    _rows(old, "old")
    _rows(now - timedelta(days=1), "recent")
    unsent = queue_mail(to="a@example.org", subject="unsent", text="")
    Mail.objects.filter(pk=unsent.pk).update(created_at=old)
    removed = retention.purge(now=now)
    assert {kind: removed[kind] for kind in ("audit", "jobs", "mail_bodies", "outbox_events")} == {
        "audit": 2,
        "jobs": 2,
        "mail_bodies": 2,
        "outbox_events": 1,
    }
    assert set(OutboxEvent.objects.values_list("kind", flat=True)) == {"still.waited.for", "recent"}
    assert (Mail.objects.count(), Job.objects.count(), AuditEntry.objects.count()) == (2, 1, 1)
    assert Mail.objects.filter(subject="unsent").exists()
