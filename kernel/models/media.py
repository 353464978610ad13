"""Our own image and document models, so that they can grow without leaving Wagtail's."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage

SNIFFED_BYTES = 4096


def _uploader() -> models.ForeignKey[Any, Any]:
    """Wagtail's own field without its reverse name, which Wagtail's concrete model of the same name already takes."""
    field: models.ForeignKey[Any, Any] = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    field.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    return field


def refuse_svg(file: FieldFile) -> None:
    """Raise ValidationError for an SVG, by name or by content: it is a document that can carry scripts."""
    if (file.name or "").lower().endswith((".svg", ".svgz")) or _looks_like_svg(file):
        raise ValidationError({"file": _("Les fichiers SVG ne sont pas acceptés : ils peuvent contenir des scripts.")})


def _looks_like_svg(file: FieldFile) -> bool:
    # Not `with`: an upload that is closed cannot be opened again.
    file.seek(0)
    start = file.read(SNIFFED_BYTES).lower()
    file.seek(0)
    return b"<svg" in start.replace(b"\0", b"")


class WithoutSvg(models.Model):
    """A file checked when it is uploaded in a form, and again when code saves it for the first time."""

    file: FieldFile

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._has_new_file():
            refuse_svg(self.file)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse an SVG, in words that say why, then check the file as the base does."""
        if self._has_new_file():
            refuse_svg(self.file)
        super().clean()

    def _has_new_file(self) -> bool:
        return bool(self.file) and not self.file._committed  # type: ignore[attr-defined]


class Image(WithoutSvg, AbstractImage):  # type: ignore[misc,django-manager-missing]
    """An uploaded picture."""

    uploaded_by_user = _uploader()
    tags = TaggableManager(help_text=None, blank=True, related_name="kernel_images")

    admin_form_fields = WagtailImage.admin_form_fields

    class Meta(AbstractImage.Meta):  # type: ignore[misc]
        verbose_name = "image"
        permissions = [("choose_image", "Can choose image")]


class Rendition(AbstractRendition):  # type: ignore[misc]
    """A picture at one size."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]


class Document(WithoutSvg, AbstractDocument):  # type: ignore[misc,django-manager-missing]
    """An uploaded file."""

    uploaded_by_user = _uploader()
    tags = TaggableManager(help_text=None, blank=True, related_name="kernel_documents")

    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):  # type: ignore[misc]
        verbose_name = "document"
        permissions = [("choose_document", "Can choose document")]
