"""The doors that Wagtail would open beside ours: its own login and passwords know nothing of a second factor."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("login/", views.enter_cms, name="cms_login"),
    re_path("^password_reset/", views.enter_cms, name="cms_password_reset"),
]
