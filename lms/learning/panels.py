"""How the forms of modules and journeys are laid out: one tab per thing an author thinks of."""

from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe
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

DECLARED: Final = ("main_competency", "other_competencies", "audiences", "professions", "journey_competencies")


class DeclaredPanel(FieldPanel):  # type: ignore[misc]
    """A field that the form declares itself: the column behind it is not edited as it is."""

    def get_form_options(self) -> dict[str, Any]:
        """Ask for nothing."""
        return {}


class Tabs(TabbedInterface):  # type: ignore[misc]
    """Tabs that draw every field once: Wagtail would draw declared ones again at the end, and believe only those."""

    class BoundPanel(TabbedInterface.BoundPanel):  # type: ignore[misc]
        def render_missing_fields(self) -> SafeString:
            """Draw what no panel shows."""
            shown = {*self.panel.get_form_options().get("fields", ()), *DECLARED}
            return mark_safe("".join(str(self.form[name]) for name in self.form.fields if name not in shown))  # noqa: S308


MODULE_PANELS = Tabs(
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

JOURNEY_PANELS = Tabs(
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
