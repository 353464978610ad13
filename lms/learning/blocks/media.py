"""Files: one to take away; a video or a recording, never without its transcript."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from .base import TEMPLATES, ProseBlock, line


class FileBlock(blocks.StructBlock):  # type: ignore[misc]
    """A file to take away."""

    file = DocumentChooserBlock(label=_("Fichier"))
    title = line(_("Titre"), 120)

    class Meta:
        label, icon, template = _("Fichier à emporter"), "download", f"{TEMPLATES}file.html"
        label_format = "{title}"


class VideoBlock(blocks.StructBlock):  # type: ignore[misc]
    """A video that we serve ourselves."""

    file = DocumentChooserBlock(label=_("Fichier (mp4, webm)"))
    title = line(_("Titre"), 120)
    transcript = ProseBlock(label=_("Transcription"), help_text=_("Tout ce qui est dit et montré. Obligatoire."))

    class Meta:
        label, icon, template = _("Vidéo"), "media", f"{TEMPLATES}video.html"
        label_format = "{title}"


class AudioBlock(blocks.StructBlock):  # type: ignore[misc]
    """A recording that we serve ourselves."""

    file = DocumentChooserBlock(label=_("Fichier (mp3, ogg)"))
    title = line(_("Titre"), 120)
    transcript = ProseBlock(label=_("Transcription"), help_text=_("Tout ce qui est dit. Obligatoire."))

    class Meta:
        label, icon, template = _("Enregistrement"), "media", f"{TEMPLATES}audio.html"
        label_format = "{title}"
