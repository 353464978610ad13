"""What pages with a form share: a day, a long menu."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A day, written by the browser's own calendar or typed."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        messages = {"invalid": _("Écrivez une date : 31/12/2026.")}
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], error_messages=messages, **options)


class LongMenu(forms.Select):
    """A menu written at once: one template a choice, for the cohorts of a university, costs more than the queries."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the menu, as Django's own would be."""
        chosen = self.format_value(value)
        choices = options((str(key), str(label), str(key) in chosen) for key, label in self.choices)
        return format_html("<select{}>{}</select>", flatatt({"name": name, **self.attrs, **(attrs or {})}), choices)


def options(choices: Iterable[tuple[str, str, bool]]) -> SafeString:
    """Write the choices of a menu: (value, label, whether it is the one chosen)."""
    return SafeString("".join(_option(*choice) for choice in choices))


def _option(value: str, label: str, is_chosen: bool) -> str:
    return f'<option value="{escape(value)}"{" selected" if is_chosen else ""}>{escape(label)}</option>'
