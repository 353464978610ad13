"""An item as a little XHTML, for formats whose question is one: paragraphs, the artefact drawn, the question last."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from .prose import ARTEFACT

UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOT_SHOWN = frozenset({"kind", "alt"})


def safe(text: Any) -> str:
    """Return a text as XML writes it, without what XML cannot hold."""
    return escape(UNWRITABLE.sub("", str(text)))


def tag(name: str, content: str = "", **attributes: str) -> str:
    """Return an element; an attribute `match_max` is written `match-max`."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(UNWRITABLE.sub('', value))}"
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def told(wording: Mapping[str, Any]) -> str:
    """Return what comes before the question: the context, then the artefact."""
    shown = wording.get("artefact")
    context = wording.get("context")
    return paragraphs(context if isinstance(context, str) else "") + (
        tag("div", "".join(_drawn(shown)), class_=ARTEFACT) if isinstance(shown, Mapping) else ""
    )


def paragraphs(text: str) -> str:
    """Return paragraphs; the line breaks inside stay."""
    blocks = (block.strip("\n") for block in text.split("\n\n"))
    return "".join(tag("p", safe(block).replace("\n", "<br/>")) for block in blocks if block.strip())


def question(wording: Mapping[str, Any]) -> str:
    """Return the question."""
    return tag("p", tag("strong", safe(wording.get("question", ""))))


def _drawn(value: Any, label: str = "") -> Iterator[str]:
    """Yield any artefact as lines: the formats of others have no word for an e-mail or a screen."""
    if isinstance(value, Mapping):
        alt = value.get("alt") if label == "" else None
        yield from [tag("p", tag("em", safe(alt)))] if alt else []
        yield from (line for name in value if name not in NOT_SHOWN for line in _drawn(value[name], name))
    elif isinstance(value, list):
        is_row = all(isinstance(cell, str) for cell in value)
        yield from (
            [tag("p", safe(" · ".join(value)))] if is_row else (line for one in value for line in _drawn(one, "."))
        )
    elif value not in (None, ""):
        yield paragraphs(str(value)) if label == "body" else tag("p", safe(value))


def unheld(data: Mapping[str, Any], held: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the fields of an item that a format does not hold; `held`: by part (`""` for the item), what it does."""
    lost = []
    for name, value in data.items():
        if name in held and isinstance(value, Mapping):
            lost += [f"{name}.{inner}" for inner in value if inner not in held[name]]
        elif name not in held and name not in held[""]:
            lost.append(name)
    return lost
