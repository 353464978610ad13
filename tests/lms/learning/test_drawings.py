"""Drawings: what an SVG may hold once it is cleaned, and what hostile ones become."""

import pytest

from lms.learning.announcing import removals
from lms.learning.drawings import MOST, RefusedDrawing, clean_drawing, on_page, removed_from

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 360 200">'
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8))
    + f"]>{OPEN}<text>&i;</text></svg>"
)


def cleaned(inside: str) -> str:
    return clean_drawing(f"{OPEN}{inside}</svg>")


def test_what_draws_is_kept() -> None:
    inside = (
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7"><path d="M0 0l8 4-8 4z" class="d-ink"/></marker></defs>'
        '<g transform="translate(4 4)"><rect class="f1 on-dark" x="1" y="2" width="30" height="8" rx="4"/>'
        '<path class="s-ink" d="M0 0h9" stroke-dasharray="4 3" marker-end="url(#tip)"/>'
        '<text class="t t-mid" x="5">Vous <tspan class="t-bold">et</tspan> lui</text><use x="3" href="#tip"/></g>'
    )
    assert inside in cleaned(inside).replace(" />", "/>")


def test_cleaning_again_changes_nothing() -> None:
    once = cleaned('<g onclick="x()"><text class="t bad">a &amp; b</text><script>x()</script></g>')
    assert clean_drawing(once) == once


def test_its_size_is_the_pages_and_its_window_its_own() -> None:
    found = clean_drawing(OPEN.replace("viewBox", 'width="900" height="3" id="a" style="x" viewBox') + "</svg>")
    assert "width" not in found and "style" not in found and 'viewBox="0 0 360 200"' in found


@pytest.mark.parametrize(
    ("inside", "forbidden"),
    [
        ("<script>alert(1)</script>", "alert"),
        ('<script href="data:text/javascript,alert(1)"/>', "script"),
        ('<rect onload="alert(1)" onClick="alert(1)" width="2"/>', "alert"),
        ("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><iframe/></body></foreignObject>", "iframe"),
        ('<a href="javascript:alert(1)"><text>x</text></a>', "javascript"),
        ('<a xlink:href="javascript:alert(1)"><text>x</text></a>', "javascript"),
        ('<use href="https://evil.example/a.svg#b"/>', "evil"),
        ('<use xlink:href="data:image/svg+xml;base64,AAAA#b"/>', "data:"),
        ('<image href="https://evil.example/pixel.png"/>', "evil"),
        ('<style>@import "https://evil.example/a.css"; text { fill: url(//evil.example) }</style>', "evil"),
        ('<rect style="background:url(https://evil.example)"/>', "evil"),
        ('<rect fill="url(https://evil.example/#a)"/>', "evil"),
        ('<rect fill="red" stroke="#123456"/>', "red"),
        ('<path marker-end="url(//evil.example#a)"/>', "evil"),
        ('<rect clip-path="url( &#x27;https://evil.example#a&#x27; )"/>', "evil"),
        ('<animate attributeName="href" values="javascript:alert(1)"/>', "animate"),
        ('<set attributeName="onmouseover" to="alert(1)"/>', "alert"),
        ('<rect class="f1 modal-open button"/>', "button"),
        ('<rect data-x="1" aria-label="x" tabindex="0"/>', "tabindex"),
        ('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>', "alert"),
        ('<x:rect xmlns:x="urn:other" width="1"/>', "rect"),
        ("<!-- <script>alert(1)</script> --><rect/>", "alert"),
        ("<text><![CDATA[<script>alert(1)</script>]]></text>", "<script"),
        ('<svg viewBox="0 0 1 1"><script>alert(1)</script></svg>', "alert"),
        ('<text id="x&quot; onload=&quot;alert(1)">a</text>', "onload"),
        ("<metadata><rdf>x</rdf></metadata>", "rdf"),
        ('<filter id="f"><feImage href="https://evil.example/x.png"/></filter>', "evil"),
    ],
)
def test_what_acts_or_reaches_out_is_removed(inside: str, forbidden: str) -> None:
    found = cleaned(f'<text x="1">avant</text>{inside}<text x="2">après</text>')
    assert forbidden not in found
    assert "avant" in found and "après" in found


@pytest.mark.parametrize(
    "text",
    [
        "", "bonjour", "<html><svg/></html>", "<svg", "<svg/>",
        '<svg viewBox="a b c d"/>',
        f'<!DOCTYPE svg SYSTEM "file:///etc/passwd">{OPEN}</svg>',
        f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{OPEN}<text>&x;</text></svg>',
        BOMB,
        f"{OPEN}{'<g>' * 60}{'</g>' * 60}</svg>",
        f"{OPEN}<text>{'a' * MOST}</text></svg>",
        '<svg xmlns="urn:other" viewBox="0 0 1 1"/>',
        f"{OPEN}<text>&nbsp;</text></svg>",
        '\x00<svg viewBox="0 0 1 1"/>',
    ],
)  # fmt: skip
def test_what_is_no_drawing_is_refused_in_words(text: str) -> None:
    with pytest.raises(RefusedDrawing) as refusal:
        clean_drawing(text)
    assert refusal.value.sentence


def test_on_a_page_it_has_its_words_and_ids_of_its_own() -> None:
    one, two = (on_page(cleaned(f'<path id="a" d="M{n} 0"/><use href="#a"/>'), 'Un "mot" <b>') for n in (1, 2))
    assert 'role="img" aria-label="Un &quot;mot&quot; &lt;b&gt;"' in one
    assert one.split('id="')[1].split('"')[0] != two.split('id="')[1].split('"')[0]
    assert f'href="#{one.split(chr(105) + "d=" + chr(34))[1].split(chr(34))[0]}"' in one


def test_what_is_taken_away_is_named_once() -> None:
    inside = (
        '<script>x()</script><g onclick="x()" style="a" class="t mine"><script/><rect onclick="y()" fill="#f00"/>'
        '<use xlink:href="https://evil.example/a#b"/><!-- a word --><svg/><text stroke="red">a</text></g>'
    )
    lost = removed_from(f"{OPEN}{inside}</svg>")
    assert lost.elements == ("script", "svg")
    assert lost.attributes == ("onclick", "style", "href")
    assert (lost.colours, lost.classes) == (("#f00", "red"), ("mine",))
    assert lost


def test_a_drawing_of_ours_loses_nothing() -> None:
    sized = OPEN.replace("viewBox", 'width="900" height="3" id="a" class="mine" viewBox')
    inside = '<g class="t"><use xlink:href="#a" fill="none"/><path id="a" d="M0 0h9" clip-path="url(#a)"/></g>'
    assert not removed_from(f"{sized}{inside}</svg>")


def test_its_author_is_told_in_a_sentence() -> None:
    dirty, clean = f'{OPEN}<script/><rect fill="#f00"/></svg>', f"{OPEN}</svg>"
    posted = {
        "steps-0-value-blocks-0-value-drawing": dirty, "steps-0-value-blocks-0-value-alt": "Deux canaux",
        "steps-0-value-blocks-1-value-drawing": clean, "steps-0-value-blocks-1-value-alt": "Rien à dire",
        "steps-0-value-blocks-2-value-drawing": dirty, "steps-0-value-blocks-2-deleted": "1",
        "sheet-0-value-drawing": "<svg", "title": "Un titre",
    }  # fmt: skip
    (told,) = removals(posted)
    assert "Du dessin «\u00a0Deux canaux\u00a0»" in told
    assert "Éléments\u00a0: script\u00a0; couleurs, que les classes remplacent\u00a0: #f00." in told
