"""Embedded answers: `{1:MULTICHOICE:=right#why~wrong}` inside a text. Menus, or words to type; never both."""

from collections.abc import Iterator
from typing import Any

from question_bank.exchange.drafts import choices
from question_bank.exchange.notes import Refused
from question_bank.exchange.notes import gettext_noop as _

MENUS = ("MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S", "MCS",
         "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS")  # fmt: skip
WORDS = ("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC")
Cloze = tuple[str, dict[str, Any], list[dict[str, Any]], list[str]]


def read_cloze(paragraphs: list[str], line: int) -> Cloze:
    """Return the interaction, the answer, the blanks and the paragraphs with `{b1}`… Raises Refused."""
    blanks: list[dict[str, Any]] = []
    right: dict[str, Any] = {}
    kinds: set[str] = set()
    told = []
    for paragraph in paragraphs:
        text = ""
        for part, is_hole in _parts(paragraph):
            if not is_hole:
                text += part.replace("{", "(").replace("}", ")")
                continue
            name = f"b{len(blanks) + 1}"
            kind, blank, answer = _hole(part, name, line)
            kinds.add(kind)
            blanks.append(blank)
            right[name] = answer
            text += f"{{{name}}}"
        told.append(text)
    if not blanks:
        raise Refused(_("Le texte à trous n’a pas de trou."), line)
    if len(kinds) > 1:
        raise Refused(_("Le texte à trous mêle des menus et des mots à écrire."), line)
    return kinds.pop(), {"blanks": right}, blanks, told


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield pieces of text and the insides of holes (`\\}` does not end one)."""
    at = 0
    while (start := text.find("{", at)) >= 0:
        end = start + 1
        while end < len(text) and text[end] != "}":
            end += 2 if text[end] == "\\" else 1
        if end >= len(text):
            break
        inside = text[start + 1 : end]
        is_hole = (inside.count(":") >= 2 and inside.split(":", 1)[0].strip().isdecimal()) or inside.startswith(":")
        yield text[at:start], False
        yield (inside, True) if is_hole else (text[start : end + 1], False)
        at = end + 1
    yield text[at:], False


def _hole(inside: str, name: str, line: int) -> tuple[str, dict[str, Any], Any]:
    _weight, kind, rest = inside.split(":", 2)
    options = [_option(one) for one in _split(rest, "~")]
    right = [at for at, (worth, _text, _why) in enumerate(options) if worth >= 100]
    if kind.strip().upper() not in (*MENUS, *WORDS):
        raise Refused(_("Ce type de trou n’est pas repris : %(kind)s."), line, kind=kind)
    if not right:
        raise Refused(_("La question ne dit pas quelle réponse est juste."), line)
    if kind.strip().upper() in MENUS:
        made = choices([(text, why) for _worth, text, why in options])
        return "inline_choice", {"id": name, "choices": made}, made[right[0]]["id"]
    accept = list(dict.fromkeys(options[at][1] for at in right))
    mistakes = [{"text": text, "rationale": why} for worth, text, why in options if worth <= 0 and why and text != "*"]
    blank = {"id": name, "label": f"({name[1:]})", **({"mistakes": mistakes} if mistakes else {})}
    return "fill_in", blank, {"checker": "text", "accept": accept}


def _option(written: str) -> tuple[float, str, str]:
    """Return what an option is worth (100: all), its text, what is said of it."""
    worth, text = 0.0, written.strip()
    if text.startswith("="):
        worth, text = 100.0, text[1:]
    elif text.startswith("%") and "%" in text[1:6]:
        points, text = text[1:].split("%", 1)
        worth = float(points) if points.lstrip("-").isdecimal() and points.isascii() else 0.0
        text = text.removeprefix("=")
    answer, *why = _split(text, "#")
    return worth, _bare(answer), _bare("#".join(why))


def _split(text: str, sign: str) -> list[str]:
    """Split at a sign that no backslash precedes."""
    found, piece, at = [], "", 0
    while at < len(text):
        if text[at] == "\\" and at + 1 < len(text):
            piece, at = piece + text[at : at + 2], at + 2
        elif text[at] == sign:
            found.append(piece)
            piece, at = "", at + 1
        else:
            piece, at = piece + text[at], at + 1
    return [*found, piece]


def _bare(text: str) -> str:
    out, at = [], 0
    while at < len(text):
        at += text[at] == "\\" and at + 1 < len(text)
        out.append(text[at])
        at += 1
    return " ".join("".join(out).split("\n")).strip()
