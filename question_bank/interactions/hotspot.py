"""One place to choose on a picture, or in the list of its places: three to six."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from question_bank.shapes import Problem

from .choosing import choices_shape, ids, in_order
from .content import ItemContent, Wording
from .mask import OptionMask
from .picture import drawn_picture, picture, picture_problems
from .single_choice import SingleChoice


class Hotspot(SingleChoice):
    """A single choice whose choices are the places of a picture, in the order of the author, that of the picture.

    What is sent is the same whether the place was pointed at or picked in the list.
    """

    name = "hotspot"
    required = {"picture": picture, "choices": choices_shape(3, 6)}

    def problems(self, answer: Mapping[str, Any], wording: Mapping[str, Any], language: str) -> Iterator[Problem]:
        yield from super().problems(answer, wording, language)
        yield from picture_problems(wording.get("picture") or {}, ids(wording.get("choices")), language)

    def body(self, content: ItemContent, wording: Wording, mask: OptionMask) -> dict[str, Any]:
        choices = in_order(content, wording.choices, mask, "")
        places = {
            choice.id: (drawn["id"], n)
            for n, (choice, drawn) in enumerate(zip(wording.choices, choices, strict=True), 1)
        }
        with override(wording.language):  # it is part of the item, whatever the page around it speaks
            hint = _("Choisissez sur l’image ou dans la liste.")
        return {"choices": choices, "picture": drawn_picture(wording, places), "hint": hint}
