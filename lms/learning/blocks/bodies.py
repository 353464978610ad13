"""A step, a sheet, an objective, a source of the module: which blocks go where."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import FixedCharBlock, FixedURLBlock, KeyBlock, SameEverywhere, line
from .doing import ChecklistBlock, DialogueBlock, DoDontBlock, FlashCardsBlock, HowToBlock
from .media import AudioBlock, FileBlock, VideoBlock
from .practising import ItemBlock, SimulationBlock
from .reading import KeyPointsBlock, SituationBlock, SourcesBlock, TermBlock, TextBlock
from .showing import ArtefactBlock, FigureBlock

TEACHING, PRACTISING, MEDIA = _("Enseigner"), _("S’exercer"), _("Fichiers")
STEP: Final[tuple[tuple[str, type[Any], Any], ...]] = (
    ("situation", SituationBlock, TEACHING), ("text", TextBlock, TEACHING), ("figure", FigureBlock, TEACHING),
    ("artefact", ArtefactBlock, TEACHING), ("dialogue", DialogueBlock, TEACHING), ("do_dont", DoDontBlock, TEACHING),
    ("checklist", ChecklistBlock, TEACHING), ("how_to", HowToBlock, TEACHING), ("term", TermBlock, TEACHING),
    ("key_points", KeyPointsBlock, TEACHING), ("sources", SourcesBlock, TEACHING),
    ("item", ItemBlock, PRACTISING), ("simulation", SimulationBlock, PRACTISING),
    ("flash_cards", FlashCardsBlock, PRACTISING),
    ("file", FileBlock, MEDIA), ("video", VideoBlock, MEDIA), ("audio", AudioBlock, MEDIA),
)  # fmt: skip
SHEET: Final = ("text", "do_dont", "checklist", "how_to", "key_points", "figure", "term", "artefact")


class StepBody(blocks.StreamBlock):  # type: ignore[misc]
    """What a step may hold, in any order."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks or [(name, kind(group=group)) for name, kind, group in STEP], **kwargs)


class SheetBlock(blocks.StreamBlock):  # type: ignore[misc]
    """What the one page to print may hold."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        kept = [(name, kind()) for name, kind, _group in STEP if name in SHEET]
        super().__init__(local_blocks or kept, **kwargs)


class MinutesBlock(SameEverywhere, blocks.IntegerBlock):  # type: ignore[misc]
    """A number of minutes."""


class StepBlock(blocks.StructBlock):  # type: ignore[misc]
    """One page of a module: its key makes its address, the same in each language."""

    key = KeyBlock(label=_("Clé"))
    title = line(_("Titre"), 90)
    minutes = MinutesBlock(label=_("Minutes"), min_value=1, max_value=20)
    blocks = StepBody(label=_("Contenu"))

    class Meta:
        label, icon, label_format = _("Étape"), "doc-full", "{title}"


class DayBlock(SameEverywhere, blocks.DateBlock):  # type: ignore[misc]
    """A day."""


class SourceBlock(blocks.StructBlock):  # type: ignore[misc]
    """A page that was opened and read, and when."""

    authority = FixedCharBlock(label=_("Organisme"), max_length=160)
    title = FixedCharBlock(label=_("Titre"), max_length=240)
    url = FixedURLBlock(label=_("Adresse"))
    checked_at = DayBlock(label=_("Lue le"))
    facts = blocks.ListBlock(FixedCharBlock(label=_("Fait")), label=_("Faits du dossier"), required=False, default=[])
    read = FixedCharBlock(label=_("Ce qui y a été lu"), required=False, max_length=600)

    class Meta:
        label, icon, label_format = _("Source"), "link", "{authority} : {title}"


def objectives() -> list[tuple[str, blocks.Block]]:
    """Return the block of the field `objectives`: one sentence that begins with a verb."""
    return [("objective", line(_("Objectif"), 200, icon="check"))]
