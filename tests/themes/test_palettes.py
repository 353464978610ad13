"""Whatever a university gives, what pages draw with it is legible in every mode, or it is told the nearest that is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from themes import contrast
from themes.colours import to_oklch
from themes.palettes import PAIRS, nearest_brand, nearest_wash, palette
from themes.tokens import sources

HEXES = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
SOME = ("#0a5a57", "#1f4b8e", "#8a1f4d", "#000000", "#0000ff")


@given(HEXES, HEXES)
@settings(max_examples=150, deadline=None)
def test_the_nearest_is_legible_in_every_mode(brand: str, wash: str) -> None:
    given_brand = nearest_brand(brand)
    for made in (palette(given_brand), palette(given_brand, nearest_wash(wash, given_brand))):
        assert [pair for pair in made.pairs() if not pair.is_legible] == []


def test_every_mode_is_verified() -> None:
    pairs = palette("#0a5a57").pairs()
    assert {pair.mode for pair in pairs} == {"light", "dark", "light, strong", "dark, strong"}
    assert len(pairs) == 4 * len(PAIRS)
    assert {"brand", "brand-strong", "on-brand", "wash", "focus"} <= {name for pair in PAIRS for name in pair[:2]}


@pytest.mark.parametrize("brand", SOME)
def test_what_is_legible_is_left_as_it_is(brand: str) -> None:
    assert nearest_brand(brand) == brand


def test_the_nearest_keeps_the_hue_and_goes_no_further_than_needed() -> None:
    light, _, _ = sources()
    nearest = nearest_brand("#f2b33d")
    assert to_oklch(nearest).hue == pytest.approx(to_oklch("#f2b33d").hue, abs=0.03)
    least = min(contrast.ratio(nearest, light[ground]) for ground in ("paper", "card", "sun-wash", "alarm-wash"))
    assert 4.5 <= least < 4.7


def test_a_stronger_shade_can_be_told_from_the_brand() -> None:
    for brand in SOME:
        day = palette(brand).day
        assert contrast.ratio(day["brand-strong"], day["brand"]) > 1.1


def test_a_pair_that_fails_is_seen() -> None:
    failing = [pair for pair in palette("#ffcc00").pairs() if not pair.is_legible]
    assert ("brand", "paper") in {(pair.ink, pair.ground) for pair in failing}


def test_domains_keep_their_colours() -> None:
    made = palette("#8a1f4d")
    assert not {f"d{hue}" for hue in range(1, 6)} & (set(made.day) | set(made.night))
