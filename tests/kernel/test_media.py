"""Our images and documents."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from kernel.media import Document, Image

SVG = (
    b'<?xml version="1.0"?>\n<!-- a picture --><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)


def png():
    content = BytesIO()
    Picture.new("RGB", (4, 3), "teal").save(content, "PNG")
    return SimpleUploadedFile("a.png", content.getvalue(), "image/png")


def test_wagtail_uses_ours():
    assert get_image_model() is Image
    assert get_document_model() is Document


@pytest.mark.django_db
def test_a_picture_is_kept_and_drawn_at_a_size():
    image = Image.objects.create(title="a", file=png())
    assert (image.width, image.height) == (4, 3)
    assert image.get_rendition("fill-2x2").width == 2
    image.title = "b"
    image.save()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a.svg", "a.SVG", "a.svgz", "a.png", "a.txt"])
@pytest.mark.parametrize("content", [SVG, SVG.decode().encode("utf-16")])
def test_an_svg_is_refused_whatever_its_name(name, content):
    for row in (
        Document(title="a", file=SimpleUploadedFile(name, content)),
        Image(title="a", width=1, height=1, file=SimpleUploadedFile(name, content)),
    ):
        for check in (row.clean, row.save):
            with pytest.raises(ValidationError, match="SVG"):
                check()


@pytest.mark.django_db
def test_a_document_is_kept():
    document = Document.objects.create(title="a", file=SimpleUploadedFile("a.txt", b"plain"))
    assert document.file.read() == b"plain"
