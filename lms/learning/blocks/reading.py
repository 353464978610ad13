"""What is read: a situation, a text, key points, a word explained, sources."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import TEMPLATES, FixedURLBlock, ProseBlock, line


class SituationBlock(blocks.StructBlock):  # type: ignore[misc]
    """What somebody meets, before anything is explained."""

    who = line(_("Qui"), 120, help_text=_("Par exemple : Nadia, infirmière libérale à Brest"))
    text = ProseBlock(label=_("Ce qui lui arrive"))

    class Meta:
        label, icon, template = _("Situation"), "user", f"{TEMPLATES}situation.html"
        label_format = "{who}"


class TextBlock(ProseBlock):
    """A few paragraphs."""

    class Meta:
        label, icon, template = _("Texte"), "pilcrow", f"{TEMPLATES}text.html"


class KeyPointsBlock(blocks.ListBlock):  # type: ignore[misc]
    """What to keep, one sentence each."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(line(_("Point"), 240), max_num=8, **kwargs)

    class Meta:
        label, icon, template = _("Points clés"), "pick", f"{TEMPLATES}key_points.html"


class TermBlock(blocks.StructBlock):  # type: ignore[misc]
    """A word explained; it also feeds the glossary."""

    term = line(_("Mot"), 80)
    definition = ProseBlock(label=_("Définition"))

    class Meta:
        label, icon, template = _("Mot expliqué"), "openquote", f"{TEMPLATES}term.html"
        label_format = "{term}"


class LinkBlock(blocks.StructBlock):  # type: ignore[misc]
    """Where to read more."""

    label = line(_("Intitulé"), 200)
    url = FixedURLBlock(label=_("Adresse"))

    class Meta:
        label_format: ClassVar = "{label}"


class SourcesBlock(blocks.ListBlock):  # type: ignore[misc]
    """Pages to open, for whoever wants to check or to go on."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(LinkBlock(label=_("Page")), max_num=8, **kwargs)

    class Meta:
        label, icon, template = _("Sources à ouvrir"), "link-external", f"{TEMPLATES}sources.html"
