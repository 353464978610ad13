"""Numbers as people type them: “1 234,5”, “1234.5”, “−3”. What reads in two ways reads as French."""

import re
from decimal import Decimal

SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009", " "))
MOST_CHARACTERS = 40
PLAIN = re.compile(r"[+-]?(\d+|\d{1,3}( \d{3})+)?([.,]\d+)?")
# Only with both separators, or the same one twice, is a comma or a point surely one of thousands.
ENGLISH = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+|[+-]?\d{1,3}(,\d{3}){2,}")
CONTINENTAL = re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d+|[+-]?\d{1,3}(\.\d{3}){2,}")
MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2010": "-", "\u2011": "-"})


def read_number(written: str) -> Decimal | None:
    """Return the number that `written` says, or None when it is not one (digits 0–9 only, no exponent, no unit)."""
    text = written.translate(SPACES).strip().translate(MINUS)
    if len(text) > MOST_CHARACTERS or not text.isascii() or not any(character.isdigit() for character in text):
        return None
    if PLAIN.fullmatch(text):
        return Decimal(text.replace(" ", "").replace(",", "."))
    if ENGLISH.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if CONTINENTAL.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    return None


def french(number: Decimal) -> str:
    """Return a number as French writes it: 1 234,5."""
    written = f"{number.normalize():f}" if number else "0"
    whole, _, decimals = written.partition(".")
    sign, digits = ("\u2212", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", "\u202f") if len(digits) > 4 else digits
    return sign + grouped + ("," + decimals if decimals else "")


def english(number: Decimal) -> str:
    """Return a number as English writes it: 1,234.5."""
    written = f"{number.normalize():f}" if number else "0"
    whole, _, decimals = written.partition(".")
    return f"{int(whole):,}" + ("." + decimals if decimals else "") if whole != "-0" else written
