"""Addresses of the sitting. An attempt lives at /evaluation/s/<token>/, whoever it belongs to."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBase
from django.urls import URLPattern, path

from . import views


def _public(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """An attempt's address is what opens it; the services check the owner of those that have one."""
    return path(route, login_not_required(view), name=name)


app_name = "assessments"
urlpatterns = [
    _public("", views.catalogue, "catalogue"),
    _public("s/<str:token>/", views.question, "question"),
    _public("s/<str:token>/reponse", views.answer, "answer"),
    _public("s/<str:token>/geste", views.gesture, "gesture"),
    _public("s/<str:token>/explication/<int:position>", views.feedback, "feedback"),
    _public("s/<str:token>/profil", views.profile_page, "profile"),
    _public("s/<str:token>/profil.pdf", views.profile_pdf, "pdf"),
    _public("s/<str:token>/profil.json", views.profile_json, "json"),
    _public("s/<str:token>/reponses", views.review, "review"),
    _public("s/<str:token>/garder", views.keep, "keep"),
    _public("s/<str:token>/effacer", views.erase, "erase"),
    _public("s/<str:token>/signaler/<int:position>", views.report, "report"),
    path("signalements/", views.my_reports, name="my_reports"),
    _public("<slug:key>/", views.start, "start"),
    _public("<slug:key>/commencer", views.begin, "begin"),
]
