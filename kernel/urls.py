"""Addresses of the kernel: `/healthz`."""

from django.urls import path

from . import views

app_name = "kernel"
urlpatterns = [path("healthz", views.healthz, name="healthz")]
