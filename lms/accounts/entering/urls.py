"""django-allauth's addresses, with our own views at the doors."""

from allauth.account.urls import urlpatterns as theirs
from django.urls import path

from . import views

DOORS = [
    path("login/", views.sign_in, name="account_login"),
    path("signup/", views.sign_up, name="account_signup"),
    path("password/reset/", views.forgotten, name="account_reset_password"),
]
NAMES = {door.name for door in DOORS}
urlpatterns = [*DOORS, *(address for address in theirs if address.name not in NAMES)]
