"""Addresses of the pages about the site itself."""

from django.urls import path

from . import views

app_name = "themes"
urlpatterns = [
    path("mentions-legales/", views.legal, name="legal"),
    path("vie-privee/", views.privacy, name="privacy"),
    path("accessibilite/", views.accessibility, name="accessibility"),
]
