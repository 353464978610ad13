"""Addresses for the kernel's own tests."""

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from psycopg_pool import PoolTimeout

from kernel.origin import same_origin_only

ERRORS = {
    "operational": OperationalError("connection refused"),
    "interface": InterfaceError("connection already closed"),
    "pool": PoolTimeout("couldn't get a connection after 5.00 sec"),
    "locked": OperationalError("database is locked"),
    "mistake": OperationalError("no such table: lamp"),
}


def failing(request: HttpRequest, name: str) -> HttpResponse:
    raise ERRORS[name]


@login_not_required
@same_origin_only
def anonymous(request: HttpRequest) -> HttpResponse:
    return HttpResponse("written")


urlpatterns = [
    path("", include("kernel.urls")),
    path("failing/<name>", login_not_required(same_origin_only(failing))),
    path("api/v1/failing/<name>", login_not_required(failing)),
    path("anonymous", anonymous),
    path("api/v1/anonymous", anonymous),
]
