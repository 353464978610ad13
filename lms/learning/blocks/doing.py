"""What one does: do and do not, a list to tick on paper, a procedure, a dialogue, cards to turn."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import TEMPLATES, ProseBlock, line, lines


class DoDontBlock(blocks.StructBlock):  # type: ignore[misc]
    """What to do and what not to do, side by side."""

    do = lines(_("À faire"), most=8)
    dont = lines(_("À éviter"), most=8)

    class Meta:
        label, icon, template = _("À faire, à éviter"), "check", f"{TEMPLATES}do_dont.html"


class ChecklistBlock(blocks.StructBlock):  # type: ignore[misc]
    """Points to check one by one."""

    title = line(_("Titre"), 120)
    items = lines(_("Points"))

    class Meta:
        label, icon, template = _("Liste de contrôle"), "list-ul", f"{TEMPLATES}checklist.html"
        label_format = "{title}"


class GestureBlock(blocks.StructBlock):  # type: ignore[misc]
    """One step of a procedure."""

    title = line(_("Titre"), 120)
    text = ProseBlock(label=_("Texte"), required=False)

    class Meta:
        label_format = "{title}"


class HowToBlock(blocks.StructBlock):  # type: ignore[misc]
    """A procedure, step by step."""

    title = line(_("Titre"), 120)
    steps = blocks.ListBlock(GestureBlock(label=_("Geste")), label=_("Gestes"), max_num=10)

    class Meta:
        label, icon, template = _("Pas à pas"), "list-ol", f"{TEMPLATES}how_to.html"
        label_format = "{title}"


class SaidBlock(blocks.StructBlock):  # type: ignore[misc]
    """What one person says."""

    who = line(_("Qui"), 60)
    says = blocks.TextBlock(label=_("Ce qui est dit"), max_length=500, rows=2)

    class Meta:
        label_format = "{who} : {says}"


class DialogueBlock(blocks.StructBlock):  # type: ignore[misc]
    """A conversation, and what to think of it."""

    lines = blocks.ListBlock(SaidBlock(label=_("Réplique")), label=_("Répliques"), max_num=16)
    after = ProseBlock(label=_("Ce qu’on en retient"), required=False)

    class Meta:
        label, icon, template = _("Dialogue"), "group", f"{TEMPLATES}dialogue.html"


class CardBlock(blocks.StructBlock):  # type: ignore[misc]
    """A question on one side, its answer on the other."""

    front = line(_("Recto"), 160)
    back = blocks.TextBlock(label=_("Verso"), max_length=400, rows=2)

    class Meta:
        label_format = "{front}"


class FlashCardsBlock(blocks.ListBlock):  # type: ignore[misc]
    """Cards that one turns to check oneself."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(CardBlock(label=_("Carte")), max_num=10, **kwargs)

    class Meta:
        label, icon, template = _("Cartes à retourner"), "copy", f"{TEMPLATES}flash_cards.html"
