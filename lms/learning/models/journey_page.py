"""A journey: parts, their modules and, for students, the programme hour by hour."""

from typing import ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from kernel.blocks import StreamField
from lms.learning.blocks import PartBlock
from lms.learning.blocks.base import FEATURES
from lms.learning.panels import JOURNEY_PANELS

from .entry import Audience
from .reviewing import ReviewedPage


class JourneyPage(ReviewedPage, Page):  # type: ignore[misc]
    """A journey in one language; its slug is the journey's key, the same in each language."""

    audience = models.CharField(_("public"), max_length=20, choices=Audience.choices, default=Audience.STUDENT)
    professions = models.JSONField(_("professions"), default=list, blank=True)
    competencies = models.JSONField(_("compétences"), default=list, blank=True)
    summary = models.TextField(_("résumé"), max_length=200, blank=True)
    intro = RichTextField(_("introduction"), blank=True, features=FEATURES)
    parts = StreamField([("part", PartBlock())], verbose_name=_("parties"), blank=True, collapsed=True)

    translatable_fields: ClassVar = [
        *(TranslatableField(name) for name in ("title", "summary", "intro", "parts")),
        *(SynchronizedField(name, overridable=False) for name in ("audience", "professions", "competencies", "slug")),
    ]
    edit_handler = JOURNEY_PANELS
    parent_page_types: ClassVar[list[str]] = ["learning.CataloguePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "learning/journey_page.html"

    class Meta:
        verbose_name = _("parcours")
        verbose_name_plural = _("parcours")

    @property
    def key(self) -> str:
        """The journey's key."""
        return str(self.slug)

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Show the parts, the modules and the programme."""
        from lms.learning import reading

        return reading.journey(self, request)
