"""The front door of the site, written in /cms/."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.models import Page

from themes import pictures

from .reviewing import Previewed

# A portrait as they come: a placement of twenty situations, simulated. Its intervals are those that people really get.
EXAMPLE = [
    (_("Données de santé"), 556, 306, 806, _("Avancé")),
    (_("Cybersécurité"), 504, 255, 752, _("Indépendant")),
    (_("Communication"), 537, 284, 791, _("Indépendant")),
    (_("Outils numériques"), 482, 229, 734, _("Indépendant")),
    (_("Télésanté"), 504, 255, 753, _("Indépendant")),
]
EXAMPLE_LIMITS = [(0, _("Novice")), (400, _("Indépendant")), (550, _("Avancé")), (700, _("Expert"))]


class HomePage(Previewed, Page):  # type: ignore[misc]
    """The front door: one sentence, one picture, three ways in. Its words are edited in /cms/."""

    headline = models.CharField(_("titre"), max_length=80)
    lead = models.TextField(_("chapeau"), max_length=300)
    promise = models.TextField(_("promesse"), max_length=300)
    student_title = models.CharField(_("étudiants : titre"), max_length=60)
    student_text = models.TextField(_("étudiants : texte"), max_length=200)
    professional_title = models.CharField(_("professionnels : titre"), max_length=60)
    professional_text = models.TextField(_("professionnels : texte"), max_length=200)
    citizen_title = models.CharField(_("citoyens : titre"), max_length=60)
    citizen_text = models.TextField(_("citoyens : texte"), max_length=200)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("headline"), FieldPanel("lead"), FieldPanel("promise")], heading=_("Accueil")),
        MultiFieldPanel(
            [
                FieldPanel(f"{who}_{part}")
                for who in ("student", "professional", "citizen")
                for part in ("title", "text")
            ],
            heading=_("Trois entrées"),
        ),
    ]
    max_count_per_parent = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    template = "learning/home_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the example portrait."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        limits = [{"at": at, "label": label} for at, label in EXAMPLE_LIMITS]
        rows = [_row(number, *line) for number, line in enumerate(EXAMPLE, start=1)]
        return context | {
            "strata": pictures.strata(rows, limits=limits),
            "strata_phone": pictures.strata_phone(rows, limits=limits),
        }


def _row(hue: int, label: Promise, estimate: int, low: int, high: int, level: Promise) -> dict[str, Any]:
    value = f"{estimate} · {level}"
    return {"label": str(label), "value_label": value, "low": low, "estimate": estimate, "high": high, "hue": hue}
