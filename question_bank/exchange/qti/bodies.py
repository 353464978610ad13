"""The text of a QTI item body, as prose; and what an item says after the answer."""

import html
from collections.abc import Iterator, Mapping

from question_bank.exchange.markup import Element
from question_bank.exchange.prose import Prose, from_html

# What is not part of the question: it is said after the answer, to others, or is the interaction itself.
ASIDE = frozenset(
    [
        "feedback-block",
        "feedback-inline",
        "modal-feedback",
        "rubric-block",
        "template-block",
        "template-inline",
        "stylesheet",
        "catalog-info",
        "companion-materials-info",
        "position-object-stage",
    ]
)


def is_interaction(element: Element) -> bool:
    """Say whether an element is something to answer."""
    return element.name.endswith("-interaction")


def prose_of(element: Element, holes: Mapping[int, str] | None = None) -> Prose:
    """Return the prose of an element; `holes`: what to write for an interaction, by its id() (by default nothing)."""
    return from_html("".join(_html(element, holes or {})), element.line)


def _html(element: Element, holes: Mapping[int, str]) -> Iterator[str]:
    if id(element) in holes:
        yield html.escape(holes[id(element)])
        return
    if element.name in ASIDE or is_interaction(element):
        return
    attributes = "".join(
        f' {name}="{html.escape(value)}"' for name, value in element.attributes.items() if name in SHOWN
    )
    yield f"<{element.name}{attributes}>"
    for child in element.children:
        if isinstance(child, str):
            yield html.escape(child)
        else:
            yield from _html(child, holes)
    yield f"</{element.name}>"


SHOWN = ("alt", "href", "class")


def text_of(element: Element) -> str:
    """Return the text of a choice, on one line, without the feedback that hangs on it."""
    return prose_of(element).line


def remark_of(element: Element) -> str:
    """Return the feedback that hangs on a choice, on one line."""
    return " ".join(_inner(feedback).line for feedback in element.inside("feedback-inline", "feedback-block")).strip()


def _inner(feedback: Element) -> Prose:
    shell = Element("div", {}, feedback.line)
    shell.children = list(feedback.children)
    return prose_of(shell)


def remarks(item: Element) -> tuple[dict[str, str], str]:
    """Return what is said after the answer: by the id of a choice, and to everybody."""
    by_choice: dict[str, str] = {}
    to_all: list[str] = []
    known = {choice.get("identifier") for choice in item.walk() if "choice" in choice.name}
    for modal in item.all("modal-feedback"):
        said = _inner(modal)
        if modal.get("identifier") in known:
            by_choice[modal.get("identifier")] = said.line
        elif said.text:
            to_all.append(said.text)
    return by_choice, "\n\n".join(to_all)
