"""Whom modules speak to, in words."""

from typing import Final

from django.utils.translation import gettext_lazy as _

AUDIENCES: Final = (
    ("student", _("étudiants")),
    ("professional", _("professionnels")),
    ("citizen", _("citoyens")),
)
