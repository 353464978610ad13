"""How the forms of modules and journeys are laid out: one tab per thing an author thinks of."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)

from .forms import JourneyForm, ModuleForm


class DeclaredPanel(FieldPanel):  # type: ignore[misc]
    """A field that the form declares itself: the column behind it is not edited as it is."""

    def get_form_options(self) -> dict[str, Any]:
        """Ask for nothing."""
        return {}


MODULE_PANELS = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("title", help_text=_("Ce qu’on saura faire, 70 caractères au plus.")),
                FieldPanel("summary", help_text=_("En une phrase, 200 caractères au plus.")),
                FieldPanel("objectives", help_text=_("Trois à cinq, chacun commence par un verbe à l’infinitif.")),
                FieldRowPanel([DeclaredPanel("main_competency"), FieldPanel("level")]),
                DeclaredPanel("other_competencies"),
                FieldRowPanel([FieldPanel("minutes"), FieldPanel("mark")]),
                DeclaredPanel("audiences"),
                DeclaredPanel("professions"),
            ],
            heading=_("Couverture"),
        ),
        ObjectList([FieldPanel("steps", heading=_("Étapes"))], heading=_("Étapes")),
        ObjectList([FieldPanel("sheet", heading=_("Fiche d’une page"))], heading=_("Fiche")),
        ObjectList([FieldPanel("review_by"), FieldPanel("sources")], heading=_("Sources et dates")),
        ObjectList(
            [MultiFieldPanel([FieldPanel("slug")], heading=_("Adresse")), PublishingPanel()], heading=_("Publication")
        ),
    ],
    base_form_class=ModuleForm,
)

JOURNEY_PANELS = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("title"),
                FieldPanel("summary", help_text=_("En une phrase, 200 caractères au plus.")),
                FieldPanel("intro"),
                FieldPanel("audience"),
                DeclaredPanel("journey_competencies"),
                DeclaredPanel("professions"),
            ],
            heading=_("Présentation"),
        ),
        ObjectList([FieldPanel("parts")], heading=_("Parties")),
        ObjectList(
            [MultiFieldPanel([FieldPanel("slug")], heading=_("Adresse")), PublishingPanel()], heading=_("Publication")
        ),
    ],
    base_form_class=JourneyForm,
)
