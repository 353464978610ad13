"""What the log says of a request that failed."""

import io
import logging

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

import lms.urls
from kernel.logs import WithoutValues

WHO, TOKEN = "lina@demo.example", "3f2a-secret"
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def fail(request: HttpRequest, token: str) -> HttpResponse:
    try:
        raise IntegrityError(f"Key (email)=({WHO}) already exists.")
    except IntegrityError as error:
        raise RuntimeError(f"not for {token}") from error


urlpatterns = [path("ouvre/<str:token>/", login_not_required(fail)), *lms.urls.urlpatterns]


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the handler of failed requests writes."""
    written = io.StringIO()
    handlers = logging.getLogger("django.request").handlers
    handler = next(one for one in handlers if isinstance(one.formatter, WithoutValues))
    monkeypatch.setattr(handler, "stream", written)
    return written


def test_a_request_that_failed_leaves_a_trace(log: io.StringIO) -> None:
    response = Client(raise_request_exception=False).get(f"/ouvre/{TOKEN}/")
    assert response.status_code == 500
    told = log.getvalue()
    assert "GET ouvre/<str:token>/ failed" in told and "in fail" in told
    assert "RuntimeError" in told and "django.db.utils.IntegrityError" in told


def test_the_trace_says_neither_the_address_nor_what_the_database_refused(log: io.StringIO) -> None:
    Client(raise_request_exception=False).get(f"/ouvre/{TOKEN}/?q={WHO}")
    assert log.getvalue() and TOKEN not in log.getvalue() and WHO not in log.getvalue()


def test_what_is_only_missing_is_not_written(log: io.StringIO) -> None:
    assert Client().get("/nulle-part/").status_code == 404
    assert not log.getvalue()
