"""What the tests of looks share: a host, a page, a logo."""

from io import BytesIO

from django.test import Client
from PIL import Image

HOST = "sante.valserine.example"
PAGE = "/mentions-legales/"


def logo_file(size: tuple[int, int] = (300, 100), kind: str = "PNG") -> BytesIO:
    file = BytesIO()
    Image.new("RGB", size, "#1f4b8e").save(file, kind)
    file.seek(0)
    return file


def page(client: Client, path: str = PAGE, **headers: str) -> str:
    return client.get(path, headers=headers).content.decode()
