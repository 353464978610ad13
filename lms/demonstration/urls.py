"""Addresses of the demonstration."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from . import views

app_name = "demonstration"
urlpatterns = [path("visite/<slug:key>", login_not_required(views.visit), name="visit")]
