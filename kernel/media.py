"""Images and documents, for the apps above."""

from .models.media import Document, Image, Rendition, refuse_svg

__all__ = ["Document", "Image", "Rendition", "refuse_svg"]
