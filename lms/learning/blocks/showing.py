"""What is shown: a figure (a drawing or a picture, with its words), a document as it comes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock
from wagtail_localize.segments import StringSegmentValue

from lms.learning.drawings import RefusedDrawing, clean_drawing, on_page, with_words, words_of
from question_bank.api import artefact_block, to_artefact

from .base import TEMPLATES, FixedCharBlock, line


class DrawingBlock(blocks.TextBlock):  # type: ignore[misc]
    """An SVG as text, cleaned when it is saved; the words drawn in it are translated one by one."""

    def clean(self, value: Any) -> Any:
        """Keep what an SVG of ours may hold. Raises ValidationError for what is not an SVG."""
        text = super().clean(value)
        try:
            return clean_drawing(text) if text else ""
        except RefusedDrawing as error:
            raise ValidationError(error.sentence) from error

    def get_translatable_segments(self, value: str) -> list[StringSegmentValue]:
        """Return each of the words drawn, to be translated alone."""
        return [StringSegmentValue(str(number), said.strip()) for number, said in enumerate(words_of(value))]

    def restore_translated_segments(self, value: str, segments: list[StringSegmentValue]) -> str:
        """Return the drawing with its words translated."""
        return with_words(value, {int(segment.path): segment.render_text() for segment in segments}) if value else value


class FigureBlock(blocks.StructBlock):  # type: ignore[misc]
    """A drawing or a picture; `alt` says in words what it says."""

    drawing = DrawingBlock(
        label=_("Dessin (SVG)"), required=False, rows=4,
        help_text=_("Collez le texte du fichier SVG. Ce qui pourrait agir (scripts, liens) en est retiré."),
    )  # fmt: skip
    image = ImageChooserBlock(label=_("ou une image"), required=False)
    alt = line(_("Ce que dit la figure, en mots"), 300, help_text=_("Lu à qui ne la voit pas. Obligatoire."))
    caption = line(_("Légende"), 300, required=False)
    file_name = FixedCharBlock(
        label=_("Nom du fichier"), max_length=80, required=False, help_text=_("Pour l’export en fichiers. Facultatif.")
    )

    def clean(self, value: Any) -> Any:
        """Ask for one of the two."""
        found = super().clean(value)
        if bool(found["drawing"]) == bool(found["image"]):
            sentence = ValidationError(_("Un dessin ou une image : l’un des deux, pas les deux."))
            raise StructBlockValidationError({"drawing": sentence})
        return found

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the drawing as the page shows it."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"drawing": on_page(value["drawing"], value["alt"]) if value["drawing"] else ""}

    class Meta:
        label, icon, template = _("Figure"), "image", f"{TEMPLATES}figure.html"
        label_format = "{alt}"


class ArtefactBlock(blocks.StructBlock):  # type: ignore[misc]
    """A document shown as what it is: the same kinds as in the bank's situations."""

    shown = artefact_block()

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the document as its own template draws it."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        found = to_artefact(value["shown"].get_prep_value(), {}) or {}
        return context | {"artefact": drawn(found)}

    class Meta:
        label, icon, template = _("Document montré"), "doc-full", f"{TEMPLATES}artefact.html"


def drawn(artefact: dict[str, Any]) -> dict[str, Any]:
    """Return an artefact with its body in paragraphs."""
    body = artefact.get("body")
    return artefact | ({"body": [part for part in body.split("\n\n") if part]} if isinstance(body, str) else {})
