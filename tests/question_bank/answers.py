"""Right and wrong answers to the samples, as the API and as a form would send them."""

from typing import Any

from question_bank.interactions import ItemContent, OptionMask

from .samples import VERSION

REAL: dict[str, dict[bool, Any]] = {
    "single_choice": {True: "b", False: "a"},
    "multiple_choice": {True: ["c", "a"], False: ["a"]},
    "number": {True: ("72", "h"), False: ("24", "h")},
    "text": {True: "Identité QUALIFIEE.", False: "validée"},
    "order": {True: ["c", "a", "b"], False: ["a", "b", "c"]},
    "match": {True: {"p1": "c2", "p2": "c1", "p3": "c3"}, False: {"p1": "c1", "p2": "c1", "p3": "c3"}},
    "inline_choice": {True: {"b1": "x", "b2": "y"}, False: {"b1": "x", "b2": "z"}},
    "fill_in": {True: {"b1": "ins", "b2": "rpps", "b3": " 72 "}, False: {"b1": "NIR"}},
    "hotspot": {True: "b", False: "a"},
    "categorize": {
        True: {"p1": "c1", "p2": "c2", "p3": "c1", "p4": "c2"},
        False: {"p1": "c1", "p2": "c1", "p3": "c2", "p4": "c2"},
    },
    "graded_choice": {True: "b", False: "a"},
}


def payload(content: ItemContent, mask: OptionMask, is_right: bool) -> dict[str, Any]:
    """Return the answer as the API sends it, with the opaque ids of this attempt."""

    def hide(real: str) -> str:
        return mask.hide(VERSION, real)

    given = REAL[content.interaction][is_right]
    match content.interaction:
        case "single_choice" | "hotspot" | "graded_choice":
            return {"kind": "choice", "value": hide(given)}
        case "multiple_choice":
            return {"kind": "choices", "value": [hide(i) for i in given]}
        case "number":
            return {"kind": "number", "value": {"value": given[0], "unit": hide(f"unit:{given[1]}")}}
        case "text":
            return {"kind": "text", "value": given}
        case "order":
            return {"kind": "order", "value": [hide(i) for i in given]}
        case "match" | "categorize":
            return {"kind": "pairs", "value": {hide(f"prompt:{p}"): hide(c) for p, c in given.items()}}
    is_typed = content.interaction == "fill_in"
    return {
        "kind": "blanks",
        "value": {hide(f"blank:{b}"): c if is_typed else hide(f"{b}/{c}") for b, c in given.items()},
    }


def form(content: ItemContent, mask: OptionMask, is_right: bool) -> dict[str, Any]:
    """Return the answer as a page without JavaScript sends it."""
    sent = payload(content, mask, is_right)
    value = sent["value"]
    match sent["kind"]:
        case "choice":
            return {"choice": value}
        case "choices":
            return {"choices": value}
        case "number":
            return dict(value)
        case "text":
            return {"text": value}
        case "order":
            return {f"order-{opaque}": str(rank) for rank, opaque in enumerate(value, start=1)}
    prefix = "pair" if sent["kind"] == "pairs" else "blank"
    return {f"{prefix}-{opaque}": choice for opaque, choice in value.items()}
