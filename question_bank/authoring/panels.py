"""How the form of an item is laid out: one tab per thing an author thinks of."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface

from .forms import ItemForm


class DeclaredPanel(FieldPanel):  # type: ignore[misc]
    """A field that the form declares itself: no column of the model is edited as it is."""

    def get_form_options(self) -> dict[str, Any]:
        """Ask for nothing."""
        return {}


PLACE = ("competency", "capacity", "cluster", "enemies")


def _wording(name: str, heading: object) -> ObjectList:
    fields = ("title", "context", "artefact", "question", "choices", "feedback", "more")
    answer: list[Panel] = [DeclaredPanel("answer")] if name == "fr" else []
    return ObjectList([*(DeclaredPanel(f"{name}_{field}") for field in fields), *answer], heading=heading)


class Tabs(TabbedInterface):  # type: ignore[misc]
    """Tabs that draw every field once: Wagtail would draw again, at the end, those that no column stands behind."""

    class BoundPanel(TabbedInterface.BoundPanel):  # type: ignore[misc]
        def render_missing_fields(self) -> SafeString:
            """Draw what the form began from, and nothing else."""
            return SafeString(self.form["base"])


EDIT_HANDLER = Tabs(
    [
        ObjectList(
            [
                FieldRowPanel([DeclaredPanel("key"), DeclaredPanel("interaction")]),
                FieldRowPanel([DeclaredPanel("difficulty"), DeclaredPanel("audiences")]),
                MultiFieldPanel([DeclaredPanel(name) for name in PLACE], heading=_("Place dans le référentiel")),
                DeclaredPanel("professions"),
            ],
            heading=_("Situation"),
        ),
        _wording("fr", _("Français")),
        _wording("plain", _("Français simple")),
        _wording("en", _("Anglais")),
        ObjectList(
            [
                MultiFieldPanel(
                    [DeclaredPanel(f"source_{name}") for name in ("authority", "url", "checked_at", "read", "facts")],
                    heading=_("Source"),
                ),
                FieldRowPanel([DeclaredPanel(name) for name in ("valid_from", "valid_to", "review_by")]),
            ],
            heading=_("Source et dates"),
        ),
    ],
    base_form_class=ItemForm,
)
