"""Addresses of certification."""

from django.urls import path

from . import views

app_name = "certification"
urlpatterns = [path("certification/", views.certification, name="certification")]
