"""The parts of a journey and, for students, what each hour of the programme teaches."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import FixedCharBlock, KeyBlock, ProseBlock, SameEverywhere, line


class HoursBlock(SameEverywhere, blocks.FloatBlock):  # type: ignore[misc]
    """A number of hours."""


class NumberBlock(SameEverywhere, blocks.IntegerBlock):  # type: ignore[misc]
    """A whole number."""


class YesNoBlock(SameEverywhere, blocks.BooleanBlock):  # type: ignore[misc]
    """Yes or no."""


class ModuleKeyBlock(FixedCharBlock):
    """The key of a module; the field offers the published ones with their titles (lms.learning.wagtail_hooks)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 100, **kwargs})
        self.field.widget.attrs |= {"list": "modules", "autocomplete": "off"}


class HourBlock(blocks.StructBlock):  # type: ignore[misc]
    """One hour of the programme: what it teaches, by which modules, or in class."""

    hour = NumberBlock(label=_("Heure"), min_value=1, max_value=60)
    text = line(_("Ce que cette heure enseigne"), 300)
    modules = blocks.ListBlock(ModuleKeyBlock(label=_("Module")), label=_("Modules"), default=[])
    in_class = YesNoBlock(label=_("En présence"), required=False)

    class Meta:
        label, label_format = _("Heure"), "{hour}. {text}"


class PartBlock(blocks.StructBlock):  # type: ignore[misc]
    """A part of a journey: modules in order, and what remains to be taught in class."""

    key = KeyBlock(label=_("Clé"))
    title = line(_("Titre"), 90)
    modules = blocks.ListBlock(ModuleKeyBlock(label=_("Module")), label=_("Modules, dans l’ordre"), default=[])
    reserved = blocks.ListBlock(
        ModuleKeyBlock(label=_("Module")),
        label=_("Modules réservés aux métiers qu’ils nomment"),
        help_text=_("Suivis par ces métiers seulement. Sans métier choisi, on suit les modules ci-dessus."),
        default=[],
    )
    hours = HoursBlock(label=_("Heures du programme"), default=0, min_value=0)
    in_class = ProseBlock(label=_("Ce qui reste à enseigner en présence"), required=False)
    programme = blocks.ListBlock(HourBlock(), label=_("Heure par heure"), default=[])

    class Meta:
        label, icon, label_format = _("Partie"), "folder-open-inverse", "{title}"
