"""Addresses of files, which have no language: documents under Wagtail's own name, pictures where uploads are."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path

from . import offering

urlpatterns = [
    path(
        "documents/<int:document_id>/<str:document_filename>",
        login_not_required(offering.document),
        name="wagtaildocs_serve",
    ),
    re_path(r"^media/images/(?P<name>\w[\w.-]*)$", login_not_required(offering.picture), name="picture"),
]
