"""The stylesheet of a look: its address names its content, kept for ever; nothing in it but colours and the logo."""

import gzip
import re
from datetime import datetime

import pytest
from django.test import Client

from tests.themes.looks.wearing import HOST, PAGE, page
from themes.api import Look, Wishes, save_look
from themes.looks.serving import text_of
from themes.looks.sheet import NotAColour, colours
from themes.palettes import palette


def address_in(html: str) -> str:
    found = re.search(r'href="(/apparence/[^"]+)"', html)
    assert found
    return found[1]


def test_it_is_kept_for_ever_under_the_name_of_its_content(look: Look, client: Client, now: datetime) -> None:
    before = address_in(page(client, host=HOST))
    response = client.get(before)
    assert response["Content-Type"].startswith("text/css")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not response.cookies
    save_look(key="valserine", wishes=Wishes(name="V", brand="#8a1f4d", hosts=(HOST,)), actor_id=None, now=now)
    after = address_in(page(client, host=HOST))
    assert after != before
    assert b"#8a1f4d" in client.get(after).content


def test_a_page_drawn_before_a_change_gets_the_present_sheet_for_a_minute(look: Look, client: Client) -> None:
    response = client.get("/apparence/valserine.0123456789abcdef.css")
    assert response["Cache-Control"] == "public, max-age=60"
    assert b"#1f4b8e" in response.content
    assert client.get("/apparence/inconnue.0123456789abcdef.css").status_code == 404


def test_it_travels_compressed(look: Look, client: Client) -> None:
    address = address_in(page(client, host=HOST))
    response = client.get(address, headers={"accept-encoding": "gzip"})
    assert gzip.decompress(response.content) == client.get(address).content


def test_the_logo_is_within_it(look: Look) -> None:
    text = text_of(look)
    assert re.findall(r"url\((.{22})", text) == ["data:image/png;base64,"]
    assert "aspect-ratio:300/100" in text


def test_it_takes_the_place_of_our_tokens_in_every_mode() -> None:
    text, made = colours("#8a1f4d"), palette("#8a1f4d")
    assert text.count(f"--brand:{made.day['brand']}") == 2  # by day, and on paper
    assert text.count(f"--brand:{made.night['brand']}") == 2  # by night, asked by the system or by the reader
    assert "@media (forced-colors:none)" in text
    assert ':root[data-p~="contraste"]{--brand:var(--brand-strong);--wash:var(--card)}' in text
    assert "@import" not in text and "--d1" not in text


@pytest.mark.parametrize("brand", ["red", "#fff", "#ffffff}body{display:none"])
def test_nothing_but_a_colour_is_written_in_it(brand: str) -> None:
    with pytest.raises(NotAColour):
        colours(brand)


def test_policy_allows_it(look: Look, client: Client) -> None:
    policy = client.get(PAGE, headers={"host": HOST})["Content-Security-Policy"]
    assert "style-src 'self'" in policy
    assert "data:" in policy.split("img-src")[1].split(";")[0]
