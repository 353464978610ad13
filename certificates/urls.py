"""Addresses of the issuer, under /verification/."""

from django.urls import path

from . import views

app_name = "certificates"
urlpatterns = [
    path("", views.enter, name="enter"),
    path("<str:code>", views.show, name="verify"),
]
