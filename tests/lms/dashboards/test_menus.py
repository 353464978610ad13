"""A long menu is what Django's own would be, written at once."""

from typing import Any

import pytest
from django import forms
from pytest_django.asserts import assertHTMLEqual

from lms.dashboards.pages import LongMenu

CHOICES = [("", "Choisir"), ("a", 'L’<b>une</b> & l’"autre"'), ("b", "Deux")]


@pytest.mark.parametrize("sent", [None, {"one": ""}, {"one": "b"}, {"one": "<script>"}])
def test_a_long_menu_reads_as_any_other(sent: Any) -> None:
    def written(widget: type[forms.Select]) -> str:
        class Form(forms.Form):
            one = forms.ChoiceField(choices=CHOICES, widget=widget, help_text="Une seule.")

        form = Form(sent)
        form.is_valid()
        return str(form["one"])

    assertHTMLEqual(written(LongMenu), written(forms.Select))
