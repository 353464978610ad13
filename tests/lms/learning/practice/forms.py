"""What a browser would send from the practice forms of a page."""

import re
from html import unescape

from django.http import HttpResponse

FORM = re.compile(r"<form[^>]*data-practice.*?</form>", re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
CHOICE = re.compile(r'type="radio" name="choice" value="([^"]+)"')


def forms(page: HttpResponse) -> list[str]:
    """Return the HTML of each practice form."""
    return FORM.findall(page.content.decode())


def fields(form: str) -> dict[str, str]:
    """Return the hidden fields of a form."""
    return {name: unescape(value) for name, value in HIDDEN.findall(form)}


def first_choice(form: str) -> dict[str, str]:
    """Return the fields sent when the first choice is picked."""
    return {**fields(form), "choice": CHOICE.findall(form)[0]}
