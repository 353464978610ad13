"""Addresses of the pages about the site itself."""

from django.urls import path

from . import keeping, views

app_name = "themes"
urlpatterns = [
    path("mentions-legales/", views.legal, name="legal"),
    path("vie-privee/", views.privacy, name="privacy"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("affichage/garder", keeping.keep, name="keep"),
    path("affichage/oublier", keeping.forget, name="forget"),
]
