"""Files that modules offer: to anybody, by pieces for players, never as something that runs."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image as Picture

from kernel.media import Document
from lms.learning.blocks.media import VideoBlock
from lms.learning.taking_away import _with_whole_addresses

pytestmark = pytest.mark.django_db
BYTES = bytes(range(256)) * 1000


@pytest.fixture(autouse=True)
def on_disk(settings: Any) -> None:
    """Files as production keeps them."""
    default = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": default}


@pytest.fixture
def video() -> Document:
    return Document.objects.create(title="Une visite", file=ContentFile(BYTES, name="visite.mp4"))


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_it_is_whole_for_anybody(video: Document, client: Client) -> None:
    answer = client.get(video.url)
    assert body(answer) == BYTES
    assert answer["Accept-Ranges"] == "bytes" and not answer.cookies
    assert answer["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-", 0, 255_999),
        ("bytes=1000-1999", 1000, 1999),
        ("bytes=-500", 255_500, 255_999),
        ("bytes=0-999999", 0, 255_999),
    ],
)
def test_a_player_gets_the_piece_it_asks_for(
    video: Document, client: Client, asked: str, first: int, last: int
) -> None:
    answer = client.get(video.url, headers={"Range": asked})
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/256000"
    assert body(answer) == BYTES[first : last + 1]


@pytest.mark.parametrize("asked", ["bytes=", "bytes=a-b", "lines=1-2", "bytes=1-2,4-5", "bytes=-"])
def test_what_is_no_range_gets_the_whole(video: Document, client: Client, asked: str) -> None:
    answer = client.get(video.url, headers={"Range": asked})
    assert answer.status_code == 200 and body(answer) == BYTES


def test_a_piece_beyond_the_end_is_refused(video: Document, client: Client) -> None:
    assert client.get(video.url, headers={"Range": "bytes=999999-"}).status_code == 416


def test_a_page_of_html_is_taken_away_never_shown(client: Client) -> None:
    page = Document.objects.create(title="x", file=ContentFile(b"<script>alert(1)</script>", name="page.html"))
    for asked in ({}, {"Range": "bytes=0-"}):
        answer = client.get(page.url, headers=asked)
        assert body(answer)
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["page.html", "page.xhtml", "page.xml", "a.exe", "sans-fin", "a.mp4.html"])
def test_only_what_modules_give_is_uploaded(name: str, db: None) -> None:
    with pytest.raises(ValidationError):
        Document(title="x", file=ContentFile(b"x", name=name)).full_clean(exclude=["file_hash"])


def test_a_program_is_not_shown_as_a_video(video: Document) -> None:
    other = Document.objects.create(title="x", file=ContentFile(b"MZ", name="x.exe"))
    block = VideoBlock().child_blocks["file"]
    assert block.clean(video) == video
    with pytest.raises(ValidationError, match=r"ne se lit pas ici"):
        block.clean(other)


def test_the_file_to_take_away_leads_to_its_videos(video: Document) -> None:
    said = _with_whole_addresses(f'<video src="{video.url}"></video> /documents/', "https://socle.example")
    assert said == f'<video src="https://socle.example{video.url}"></video> /documents/'


def test_a_picture_is_there_and_nothing_else_of_the_uploads(client: Client) -> None:
    drawn = BytesIO()
    Picture.new("RGB", (4, 4)).save(drawn, "PNG")
    default_storage.save("images/a.png", ContentFile(drawn.getvalue()))
    default_storage.save("images/a.html", ContentFile(b"<script>1</script>"))
    default_storage.save("documents/secret.png", ContentFile(b"x"))
    assert body(client.get("/media/images/a.png")) == drawn.getvalue()
    for name in ("a.html", "b.png", "../documents/secret.png", "%2e%2e/documents/secret.png", "x%00.png"):
        assert client.get(f"/media/images/{name}").status_code == 404, name
