"""Making the mapping of docs/items.md from what other formats say: keys, ids, one question at the end of a story."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from .limits import MAX_QUESTION
from .notes import Found, Note, Refused
from .notes import gettext_noop as _
from .prose import Prose

LONGEST_KEY = 60
LONGEST_TITLE = 60
LETTERS = "abcdefghijklmnopqrstuvwxyz"
EXPANDED = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
ENDS_A_SENTENCE = re.compile(r"(?<=[.!?…:»])\s+(?=[A-ZÀ-ÖØ-Þ«“(\d])")
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def key_of(title: str) -> str:
    """Return a key made of a title: lower-case words joined by hyphens."""
    bare = (
        unicodedata.normalize("NFKD", title[: 4 * LONGEST_KEY].translate(EXPANDED))
        .encode("ascii", "ignore")
        .decode()
        .lower()
    )
    words = re.findall(r"[a-z0-9]+", bare)
    while len(words) > 1 and len("-".join(words)) > LONGEST_KEY:
        words.pop()
    return "-".join(words)[:LONGEST_KEY].strip("-") or "situation"


def free_key(wanted: str, taken: Iterable[str]) -> str:
    """Return `wanted`, or `wanted-2`, `wanted-3`… when it is taken."""
    known = taken if isinstance(taken, set | frozenset | dict) else set(taken)
    number, key = 1, wanted
    while key in known:
        number += 1
        key = f"{wanted}-{number}"
    return key


def title_of(title: str, question: str) -> str:
    """Return a title that fits: the one given, else the beginning of the question."""
    wanted = re.sub(r"[ \t\r\n\f]+", " ", title or question).strip(" ")
    if len(wanted) <= LONGEST_TITLE:
        return wanted
    return wanted[: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def said(prose: Prose) -> dict[str, str]:
    """Return `context` (if there is one) and `question`: the last paragraph asks."""
    *story, question = prose.paragraphs or [""]
    question = " ".join(question.split("\n"))
    if not story and len(question) > 300 and len(parts := ENDS_A_SENTENCE.split(question)) > 1:
        story, question = [" ".join(parts[:-1])], parts[-1]
    return {**({"context": "\n\n".join(story)} if story else {}), "question": question}


def letter(index: int) -> str:
    """Return the id of the n-th choice: a, b, c… then c27."""
    return LETTERS[index] if index < len(LETTERS) else f"c{index + 1}"


def choices(entries: Sequence[tuple[str, str]], prefix: str = "") -> list[dict[str, str]]:
    """Return choices with ids from their texts and rationales (left out when empty)."""
    return [
        {
            "id": f"{prefix}{index + 1}" if prefix else letter(index),
            "text": text,
            **({"rationale": rationale} if rationale else {}),
        }
        for index, (text, rationale) in enumerate(entries)
    ]


def draft(
    interaction: str,
    answer: dict[str, Any],
    *,
    prose: Prose,
    title: str = "",
    feedback: str = "",
    key: str = "",
    line: int = 0,
    notes: Iterable[Note] = (),
    place: dict[str, Any] | None = None,
    **wording: Any,
) -> Found:
    """Return a draft: what the format said, in our fields; what it has no word for is not made up."""
    if sum(map(len, prose.paragraphs)) > MAX_QUESTION:
        raise Refused(_("La question dépasse %(most)s caractères."), line, most=MAX_QUESTION)
    asked = said(prose)
    known = key if KEY.fullmatch(key) else key_of(key or title or asked["question"])
    words: dict[str, Any] = {"title": title_of(title, asked["question"]), **asked, **wording}
    if feedback:
        words["feedback"] = feedback
    data = {"key": known, **(place or {}), "status": "draft", "interaction": interaction, "answer": answer, "fr": words}
    return Found(data, line, notes=(*prose.notes, *notes))
