"""Colours stay legible in every mode, and pages stay light."""

import gzip
import re
from pathlib import Path

import pytest

from themes import contrast, styles
from themes.pictures.svg import BRAND, CARD, EDGE, HUES, INK, LINE, SOFT
from themes.preferences import WORDS, parse

STATIC = Path(styles.__file__).parent / "static" / "themes"
TOKENS = (styles.SOURCES / "10-tokens.css").read_text()
KILOBYTE = 1024


def _block(css: str, start: str) -> dict[str, str]:
    """Return the declarations of the first rule after `start`."""
    rule = css[css.index(start) :]
    body = rule[rule.index("{") + 1 : rule.index("}")]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", body))


LIGHT = _block(TOKENS, ":root {")
DARK = LIGHT | _block(TOKENS[TOKENS.index("prefers-color-scheme: dark") :], ":root {")
CONTRAST = _block(TOKENS, ':root[data-p~="contraste"]')


def _resolved(tokens: dict[str, str]) -> dict[str, str]:
    """Follow `var(--other)` one step: what the strong contrast changes, on the light or the dark tokens."""
    strong = {}
    for name, value in CONTRAST.items():
        other = re.fullmatch(r"var\(--([\w-]+)\)", value)
        strong[name] = tokens[other[1]] if other else value
    return tokens | strong


MODES = {"light": LIGHT, "dark": DARK, "light, strong": _resolved(LIGHT), "dark, strong": _resolved(DARK)}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("ink", "ground", "least"), contrast.PAIRS)
def test_a_pair_is_legible(mode: str, ink: str, ground: str, least: float) -> None:
    tokens = MODES[mode]
    assert contrast.ratio(tokens[ink], tokens[ground]) >= least, f"{ink} {tokens[ink]} on {ground} {tokens[ground]}"


@pytest.mark.parametrize(("tokens", "line"), [(LIGHT, ""), (DARK, '[data-p~="sombre"]')])
def test_what_is_done_stands_out_of_what_remains_in_strong_contrast(tokens: dict[str, str], line: str) -> None:
    strong = _resolved(tokens) | _block(TOKENS, f':root[data-p~="contraste"]{line}')
    assert contrast.ratio(strong["line"], tokens["card"]) >= 3
    assert contrast.ratio(strong["line"], tokens["brand-strong"]) >= 3


def test_the_ratio_is_that_of_wcag() -> None:
    assert contrast.ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast.ratio("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast.ratio("#123456", "#123456") == 1


def test_dark_is_the_same_by_wish_as_by_system() -> None:
    wished = _block(TOKENS, ':root[data-p~="sombre"]')
    assert wished == _block(TOKENS[TOKENS.index("prefers-color-scheme: dark") :], ":root {")


def test_pictures_use_the_tokens() -> None:
    assert {hue: (LIGHT[f"d{hue}"], LIGHT[f"w{hue}"]) for hue in range(1, 6)} == HUES
    assert (LIGHT["ink"], LIGHT["ink-2"], LIGHT["card"], LIGHT["edge"], LIGHT["line"], LIGHT["brand"]) == (
        INK,
        SOFT,
        CARD,
        EDGE,
        LINE,
        BRAND,
    )


def test_the_stylesheet_is_that_of_its_sources() -> None:
    assert styles.BUNDLE.read_text() == styles.bundle(), "run manage.py build_styles"


@pytest.mark.parametrize("name", ["socle.css", "sitting.js", "listen.js"])
def test_what_a_question_loads_is_light(name: str) -> None:
    assert len(gzip.compress((STATIC / name).read_bytes())) <= 15 * KILOBYTE


def test_the_stylesheet_fetches_nothing() -> None:
    assert "url(" not in styles.bundle() and "@import" not in styles.bundle()


def test_preferences_are_known_words_in_order() -> None:
    assert parse(["contraste.grand", "inconnu", "<script>"]).words == ("grand", "contraste")
    assert parse(["grand", "espace"]).query == "?p=grand.espace"
    assert parse([]).query == ""
    everything = tuple(word for word in WORDS if word != "grand")  # one size at a time
    assert parse([".".join(WORDS)] * 50).words == everything


def test_every_preference_changes_something() -> None:
    css = styles.bundle()
    for word in WORDS:
        assert f'[data-p~="{word}"]' in css
