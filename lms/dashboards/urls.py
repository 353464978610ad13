"""Addresses of the dashboards."""

from django.urls import path

from . import views

app_name = "dashboards"
urlpatterns = [
    path("profil/", views.learner, name="learner"),
    path("profil/evaluations/", views.history, name="history"),
    path("pilotage/", views.institution, name="institution"),
    path("barometre/", views.national, name="national"),
]
