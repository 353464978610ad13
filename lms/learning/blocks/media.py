"""Files: one to take away; a video or a recording, never without its transcript."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from .base import TEMPLATES, ProseBlock, line

VIDEOS: Final = (".mp4", ".webm")
RECORDINGS: Final = (".mp3", ".m4a", ".ogg", ".opus")


class PlayedFileBlock(DocumentChooserBlock):  # type: ignore[misc]
    """A document that players play: nothing else is shown as a video or a recording."""

    def __init__(self, endings: tuple[str, ...], **options: Any) -> None:
        super().__init__(**options)
        self.endings = endings

    def clean(self, value: Any) -> Any:
        """Return the document; raises ValidationError when it is of another kind."""
        found = super().clean(value)
        if found is not None and not found.filename.lower().endswith(self.endings):
            kinds = ", ".join(ending[1:] for ending in self.endings)
            sentence = _("« %(name)s » ne se lit pas ici : il faut un fichier %(kinds)s.")
            raise ValidationError(sentence % {"name": found.filename, "kinds": kinds})
        return found


class FileBlock(blocks.StructBlock):  # type: ignore[misc]
    """A file to take away."""

    file = DocumentChooserBlock(label=_("Fichier"))
    title = line(_("Titre"), 120)

    class Meta:
        label, icon, template = _("Fichier à emporter"), "download", f"{TEMPLATES}file.html"
        label_format = "{title}"


class VideoBlock(blocks.StructBlock):  # type: ignore[misc]
    """A video that we serve ourselves."""

    file = PlayedFileBlock(VIDEOS, label=_("Fichier (mp4, webm)"))
    title = line(_("Titre"), 120)
    transcript = ProseBlock(label=_("Transcription"), help_text=_("Tout ce qui est dit et montré. Obligatoire."))

    class Meta:
        label, icon, template = _("Vidéo"), "media", f"{TEMPLATES}video.html"
        label_format = "{title}"


class AudioBlock(blocks.StructBlock):  # type: ignore[misc]
    """A recording that we serve ourselves."""

    file = PlayedFileBlock(RECORDINGS, label=_("Fichier (mp3, m4a, ogg, opus)"))
    title = line(_("Titre"), 120)
    transcript = ProseBlock(label=_("Transcription"), help_text=_("Tout ce qui est dit. Obligatoire."))

    class Meta:
        label, icon, template = _("Enregistrement"), "media", f"{TEMPLATES}audio.html"
        label_format = "{title}"
