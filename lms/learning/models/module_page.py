"""A module: a cover, its steps one page each, a sheet to print, an end."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from kernel.blocks import StreamField
from lms.learning.blocks import SheetBlock, SourceBlock, StepBlock, objectives
from lms.learning.panels import MODULE_PANELS

from .entry import Level
from .reviewing import ReviewedPage

SHARED = ("competencies", "level", "audiences", "professions", "minutes", "mark", "review_by", "sources", "slug")
TRANSLATED = ("title", "summary", "objectives", "steps", "sheet")


class ModulePage(ReviewedPage, RoutablePageMixin, Page):  # type: ignore[misc]
    """A module in one language; its slug is the module's key, the same in each language."""

    competencies = models.JSONField(_("compétences"), default=list, blank=True)
    level = models.CharField(_("niveau"), max_length=10, choices=Level.choices, default=Level.ENTRY)
    audiences = models.JSONField(_("publics"), default=list, blank=True)
    professions = models.JSONField(_("professions"), default=list, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)
    mark = models.PositiveSmallIntegerField(
        _("seuil de réussite (%)"), default=60, validators=[MinValueValidator(10), MaxValueValidator(100)]
    )
    review_by = models.DateField(_("à relire avant"), null=True, blank=True)
    sources = StreamField([("source", SourceBlock())], verbose_name=_("sources"), blank=True)
    summary = models.TextField(_("résumé"), max_length=200, blank=True)
    objectives = StreamField(objectives(), verbose_name=_("objectifs"), blank=True)
    steps = StreamField([("step", StepBlock())], verbose_name=_("étapes"), blank=True, collapsed=True)
    sheet = StreamField(SheetBlock(), verbose_name=_("fiche à imprimer"), blank=True)

    translatable_fields: ClassVar = [
        *(TranslatableField(name) for name in TRANSLATED),
        *(SynchronizedField(name, overridable=False) for name in SHARED),
    ]
    edit_handler = MODULE_PANELS
    parent_page_types: ClassVar[list[str]] = ["learning.CataloguePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "learning/module_page.html"

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    @property
    def key(self) -> str:
        """The module's key."""
        return str(self.slug)

    @path("")
    def cover(self, request: HttpRequest) -> HttpResponse:
        """What one will be able to do, and the way in."""
        from lms.learning import reading

        return reading.cover(self, request)

    @path("fiche/")
    def one_page(self, request: HttpRequest) -> HttpResponse:
        """The summary to print."""
        from lms.learning import reading

        return reading.sheet(self, request)

    @path("bilan/")
    def end(self, request: HttpRequest) -> HttpResponse:
        """The end: the check, then what one knows now."""
        from lms.learning import reading

        return reading.end(self, request)

    @path("imprimer/")
    def whole(self, request: HttpRequest) -> HttpResponse:
        """All the steps one after the other, to print."""
        from lms.learning import reading

        return reading.whole(self, request)

    @path("<slug:step>/")
    def step(self, request: HttpRequest, step: str) -> HttpResponse:
        """Show one step; one that is gone leads to the cover, which says so."""
        from lms.learning import reading

        return reading.step(self, request, step)

    def drawn_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the page as its reader will."""
        from lms.learning import reading

        return reading.preview(self, request, mode_name)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Return the cover, each step and the sheet."""
        steps = [(f"step-{at}", f"{at}. {step.value['title']}") for at, step in enumerate(self.steps, start=1)]
        return [("", _("Couverture")), *steps, ("whole", _("Tout le module")), ("sheet", _("Fiche"))]
