"""Addresses of the second factor. Their names are those django-allauth looks for; the pages are ours."""

from allauth.mfa.base.views import authenticate
from django.urls import path

from . import views

urlpatterns = [
    path("", views.index, name="mfa_index"),
    path("mise-en-place/", views.set_up, name="mfa_activate_totp"),
    path("codes/", views.codes, name="mfa_view_recovery_codes"),
    path("codes.txt", views.download, name="mfa_download_recovery_codes"),
    path("codes/renouveler/", views.renew, name="mfa_generate_recovery_codes"),
    path("retirer/", views.remove, name="mfa_deactivate_totp"),
    path("entrer/", authenticate, name="mfa_authenticate"),
    path("verifier/", views.prove, name="mfa_reauthenticate"),
]
