"""What all blocks share: their template, the limited rich text, the lists of plain lines, what is never translated."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import expand_db_html

from lms.learning.prose import clean_html

FEATURES: Final = ["bold", "italic", "ul", "ol", "link"]
KEY: Final = r"[a-z0-9]+(-[a-z0-9]+)*"
TEMPLATES: Final = "learning/blocks/"


class ProseBlock(blocks.RichTextBlock):  # type: ignore[misc]
    """Rich text of the few kinds that files know too, cleaned when it is saved."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": FEATURES, "editor": "default", **kwargs})

    def clean(self, value: Any) -> Any:
        """Drop what is not of these few kinds."""
        cleaned = super().clean(value)
        return self.normalize(clean_html(expand_db_html(cleaned.source))) if cleaned else cleaned


class SameEverywhere:
    """A value that translation leaves as it is."""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """Return nothing to translate."""
        return []

    def restore_translated_segments(self, value: Any, segments: Any) -> Any:
        """Return the value as it was."""
        return value


class KeyBlock(SameEverywhere, blocks.CharBlock):  # type: ignore[misc]
    """Lower-case words joined by hyphens, the same in each language."""

    def __init__(self, **kwargs: Any) -> None:
        sentence = _("En minuscules, sans accent, les mots joints par un trait d’union : mon-espace-sante")
        validator = RegexValidator(rf"^{KEY}$", sentence)
        super().__init__(**{"max_length": 80, "validators": [validator], "help_text": sentence, **kwargs})


class FixedURLBlock(SameEverywhere, blocks.URLBlock):  # type: ignore[misc]
    """An address that begins with https."""

    def clean(self, value: Any) -> Any:
        """Refuse what is not https."""
        found = super().clean(value)
        if found and not found.startswith(("https://", "http://")):
            raise ValidationError(_("Une adresse commence par https://."))
        return found


class FixedChoiceBlock(SameEverywhere, blocks.ChoiceBlock):  # type: ignore[misc]
    """A choice that translation leaves as it is."""


class FixedCharBlock(SameEverywhere, blocks.CharBlock):  # type: ignore[misc]
    """A name that translation leaves as it is."""


def line(label: Any, most: int = 200, **kwargs: Any) -> blocks.CharBlock:
    """Return a block for one plain line of `most` characters."""
    return blocks.CharBlock(label=label, max_length=most, **{"default": "", **kwargs})


def lines(label: Any, least: int = 1, most: int = 12, length: int = 240) -> blocks.ListBlock:
    """Return a block for a list of plain lines."""
    return blocks.ListBlock(line(_("Ligne"), length), label=label, min_num=least, max_num=most)
