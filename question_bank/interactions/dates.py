"""Dates as people write them: 12/03/2026, 12 mars 2026, 12 March 2026, 2026-03-12. The day comes before the month."""

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev february feb",
            "mars mar march",
            "avril avr april apr",
            "mai may",
            "juin june jun",
            "juillet juil july jul",
            "aout august aug",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "lundi monday",
            "mardi tuesday",
            "mercredi wednesday",
            "jeudi thursday",
            "vendredi friday",
            "samedi saturday",
            "dimanche sunday",
        )
    )
    for name in names.split()
}
FIGURES = re.compile(r"(\d{1,2})\s?[/.\- ]\s?(\d{1,2})\s?[/.\- ]\s?(\d{4}|\d{2})|(\d{2})(\d{2})(\d{4})")
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
DAY_FIRST = re.compile(r"(\d{1,2})\s?(?:er|st|nd|rd|th)?\s(?:of\s)?([a-z]+)\.?,?\s(\d{4})")
MONTH_FIRST = re.compile(r"([a-z]+)\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})")
CENTURY = 2000


def read_date(text: str) -> date | None:
    """Return the date that a levelled text says, or None; with the wrong day of the week it says none."""
    weekday, rest = _weekday(text.removeprefix("le ").strip())
    found = _read(rest)
    return None if found is None or (weekday is not None and found.weekday() != weekday) else found


def _weekday(text: str) -> tuple[int | None, str]:
    first, _, rest = text.partition(" ")
    number = WEEKDAYS.get(first.strip(",."))
    return (None, text) if number is None else (number, rest.removeprefix("le ").strip())


def _read(text: str) -> date | None:
    if match := ISO.fullmatch(text):
        return _date(*match.groups())
    if match := FIGURES.fullmatch(text):
        day, month, year = match.groups()[:3] if match[1] else match.groups()[3:]
        return _date(year, month, day)
    if match := DAY_FIRST.fullmatch(text):
        return _date(match[3], MONTHS.get(match[2], 0), match[1])
    if match := MONTH_FIRST.fullmatch(text):
        return _date(match[3], MONTHS.get(match[1], 0), match[2])
    return None


def _date(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year) + (CENTURY if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
