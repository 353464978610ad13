"""One's own data: take it, or leave with everything."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .errors import PersonOnHold
from .models import User
from .services import erase_person, export_person


@require_safe
@never_cache
def my_data(request: HttpRequest) -> HttpResponse:
    """Return everything kept of the person signed in."""
    response = JsonResponse(
        export_person(user=_person(request)), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="mes-donnees-socle.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """Ask once, then erase the account with everything that is the person's."""
    if request.method != "POST":
        return render(request, "accounts/leave.html", {"error": ""})
    person = _person(request)
    try:
        erase_person(user=person)
    except PersonOnHold as error:
        return render(request, "accounts/leave.html", {"error": error.sentence}, status=error.status)
    logout(request)
    return render(request, "accounts/left.html")


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
