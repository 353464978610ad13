"""Reading pages as people do: without tags, without no-break spaces."""

import html
import re

from django.test import Client


def text_of(client: Client, address: str, status: int = 200) -> str:
    """Return the words of a page, on one line."""
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return words(response.content.decode())


def words(source: str) -> str:
    """Return the words of some HTML, on one line."""
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", source, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).replace("\u00a0", " ").split())


def elements(source: str) -> int:
    """Return how many elements the body has, without the inside of pictures."""
    body = re.sub(r"<svg.*?</svg>", "<svg>", source.split("<body>")[1], flags=re.DOTALL)
    return len(re.findall(r"<[a-z]", body))
