"""A look: whose house the pages seem to be. Data, not code: a name, two colours, a logo, a welcome, host names."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.models import Dated, Identified


class Look(Identified, Dated, models.Model):
    """The face of one house. What it changes in the tokens is derived (`themes.palettes`), never stored."""

    key = models.SlugField(_("clé"), unique=True)
    name = models.CharField(_("nom"), max_length=60)
    brand = models.CharField(_("couleur principale"), max_length=7)
    wash = models.CharField(_("teinte claire"), max_length=7, blank=True)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    website = models.URLField(_("site"), blank=True)
    home_path = models.CharField(_("page d’accueil"), max_length=200, blank=True)
    welcome = models.TextField(_("mot d’accueil"), max_length=300, blank=True)
    welcome_en = models.TextField(_("mot d’accueil, en anglais"), max_length=300, blank=True)
    hosts = models.JSONField(_("noms d’hôte"), default=list, blank=True)
    # A PNG of our own making (themes.logos), small enough to travel within the stylesheet.
    logo = models.BinaryField(null=True, blank=True, editable=False)
    logo_digest = models.CharField(max_length=16, blank=True, editable=False)
    logo_width = models.PositiveSmallIntegerField(default=0, editable=False)
    logo_height = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        verbose_name = _("apparence")
        verbose_name_plural = _("apparences")

    def __str__(self) -> str:
        return self.name
