"""The clock, the errors, the StreamField, the health page."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.db.models import F
from django.utils import timezone, translation
from wagtail.blocks import CharBlock

from kernel import clock, errors
from kernel.blocks import StreamField
from kernel.models import Job, OutboxEvent
from kernel.refusals import error_body

MOMENT = timedelta(seconds=5)


@pytest.mark.django_db
def test_the_database_says_the_time_in_the_query_itself():
    Job.objects.create(kind="x")
    row = Job.objects.annotate(now=clock.Now()).get()
    assert abs(row.now - timezone.now()) < MOMENT
    assert abs(clock.database_now() - timezone.now()) < MOMENT
    assert Job.objects.filter(created_at__lte=clock.Now() + timedelta(minutes=1)).exists()
    assert Job.objects.update(heartbeat_at=clock.Now()) == 1
    assert not Job.objects.exclude(heartbeat_at__gte=F("created_at")).exists()


@pytest.mark.postgresql
@pytest.mark.django_db
def test_on_postgresql_it_is_the_statements_and_not_the_transactions():
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp(), pg_sleep(0.05)")
        start = cursor.fetchone()[0]
    assert clock.database_now() - start > timedelta(milliseconds=40)


@pytest.mark.django_db
def test_time_passed_in_wins(now):
    assert Job.objects.create(kind="x", created_at=now).created_at == now


def test_errors_say_the_sentence_when_it_is_read():
    with translation.override("fr"):
        assert errors.NotFound().sentence == "Cette adresse ne mène à rien."
    assert str(errors.Conflict("Déjà répondu.")) == "Déjà répondu."
    statuses = [errors.NotFound, errors.Conflict, errors.Gone, errors.Invalid, errors.TooLarge]
    assert [error.status for error in statuses] == [404, 409, 410, 422, 413]


def test_an_invalid_value_names_its_field():
    error = errors.Invalid("Une seule réponse.", field="choice")
    assert error_body(error) == {"error": {"code": "invalid", "message": "Une seule réponse.", "field": "choice"}}


def test_blocks_stay_out_of_migrations():
    field = StreamField([("text", CharBlock())], blank=True)
    field.set_attributes_from_name("body")
    _, path, args, kwargs = field.deconstruct()
    assert (path, args, kwargs) == ("kernel.blocks.StreamField", [[]], {"blank": True})
    assert list(StreamField(*args, **kwargs).stream_block.child_blocks) == []


@pytest.mark.django_db
@pytest.mark.urls("tests.kernel.urls")
def test_the_health_page(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "outbox_lag_seconds": 0}
    assert not response.cookies
    late = timezone.now() - timedelta(hours=1)
    OutboxEvent.objects.create(kind="x", aggregate=uuid4(), at=late, payload={})
    assert (client.get("/healthz").status_code, client.get("/healthz").json()["status"]) == (503, "late")


@pytest.mark.urls("tests.kernel.urls")
def test_the_health_page_when_the_database_is_away(client, monkeypatch):
    def away(*, now):
        raise OperationalError("connection refused")

    monkeypatch.setattr("kernel.views.outbox_lag", away)
    response = client.get("/healthz")
    assert (response.status_code, response.json()["database"]) == (503, "away")
