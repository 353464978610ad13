"""E-mail: a row, then a sending."""

from datetime import timedelta

import pytest

from kernel.mail import MAX_ATTEMPTS, STALE_AFTER, _claim, queue_mail, send, send_due
from kernel.models import Mail


@pytest.fixture
def row():
    return queue_mail(to="a@example.org", subject="Votre\nprofil", text="Bonjour", html="<p>Bonjour</p>")


@pytest.mark.django_db
def test_an_email_is_sent_once_with_both_forms_and_a_name(row, mailoutbox, now):
    assert send_due(now=now) == 1
    assert send_due(now=now) == 0
    (message,) = mailoutbox
    assert (message.to, message.subject, message.body) == (["a@example.org"], "Votre profil", "Bonjour")
    assert message.alternatives[0][0] == "<p>Bonjour</p>"
    assert message.extra_headers["Message-ID"] == f"<{row.uuid}@socle.example>"
    row.refresh_from_db()
    assert (row.state, row.sent_at, row.attempts) == ("sent", now, 1)


@pytest.mark.django_db
def test_whoever_claims_it_has_it_alone(row, mailoutbox, now):
    assert _claim(row.pk, now=now)
    assert not send(row.pk, now=now)
    assert not mailoutbox


@pytest.mark.django_db
def test_a_dead_sender_is_replaced_after_a_while(row, mailoutbox, now):
    _claim(row.pk, now=now)
    assert send_due(now=now + STALE_AFTER) == 0
    assert send_due(now=now + STALE_AFTER + timedelta(seconds=1)) == 1


@pytest.mark.django_db
def test_a_server_that_refuses_is_tried_again_ever_later_then_no_more(row, monkeypatch, now):
    def refuse(self):
        raise OSError("451 later")

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    delays = []
    while True:
        assert not send(row.pk, now=now)
        row.refresh_from_db()
        if row.state == "failed":
            break
        delays.append((row.next_attempt_at - now).total_seconds())
        assert not Mail.objects.filter(next_attempt_at__lte=now).exists()
        now = row.next_attempt_at
    assert row.attempts == MAX_ATTEMPTS
    assert delays == sorted(delays)
    assert (delays[0], delays[-1]) == (60, 7200)
    assert row.error == "OSError: 451 later"


@pytest.mark.django_db
def test_a_rolled_back_cause_sends_nothing(mailoutbox, now):
    from django.db import transaction

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue_mail(to="a@example.org", subject="x", text="y")
        raise ZeroDivisionError
    assert send_due(now=now) == 0
