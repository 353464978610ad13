"""The signs of GIFT: one pass, no pattern that could loop. An escaped sign becomes a private one until the end."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from question_bank.exchange.limits import MAX_QUESTION
from question_bank.exchange.notes import Refused
from question_bank.exchange.notes import gettext_noop as _
from question_bank.exchange.prose import Prose, from_html, plain

SIGNS = "~=#{}:\\"
PRIVATE = {sign: chr(0xE000 + at) for at, sign in enumerate(SIGNS)}
BACK = str.maketrans({private: sign for sign, private in PRIVATE.items()})
NO_PRIVATE = str.maketrans(dict.fromkeys(PRIVATE.values()))
FORMATS = ("[html]", "[moodle]", "[plain]", "[markdown]")


@dataclass(slots=True)
class Block:
    """A question as written: its first line, the comments above it, its text with escaped signs hidden."""

    line: int
    text: str = ""
    comments: list[str] = field(default_factory=list)


def blocks(text: str) -> Iterator[Block]:
    """Yield the questions of a file: an empty line separates two."""
    block = Block(0)
    at, number = 0, 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if end - at > MAX_QUESTION:
            raise Refused(_("La ligne dépasse %(most)s caractères."), number + 1, most=MAX_QUESTION)
        line, at, number = text[at:end].rstrip("\r"), end + 1, number + 1
        if not line.strip():
            if block.text:
                yield block
                block = Block(0)
        elif line.lstrip().startswith("//"):
            block.comments.append(line.strip()[2:])
        elif not line.lstrip().startswith("$CATEGORY:"):
            _add(block, line, number)
    if block.text:
        yield block


def _add(block: Block, line: str, number: int) -> None:
    block.line = block.line or number
    block.text += ("\n" if block.text else "") + hidden(line)
    if len(block.text) > MAX_QUESTION:
        raise Refused(_("La question dépasse %(most)s caractères."), number, most=MAX_QUESTION)


def hidden(line: str) -> str:
    """Return a line with its escaped signs hidden; `\\n` is a line break."""
    out, at = [], 0
    line = line.translate(NO_PRIVATE)
    while at < len(line):
        following = line[at + 1 : at + 2]
        if line[at] == "\\" and following in PRIVATE:
            out.append(PRIVATE[following])
        elif line[at] == "\\" and following == "n":
            out.append("\n")
        else:
            out.append(line[at])
            at -= 1
        at += 2
    return "".join(out)


def shown(text: str) -> str:
    """Return a text with the signs that were escaped."""
    return text.translate(BACK)


def prose(text: str, is_html: bool = False) -> Prose:
    """Return the prose of a text, by the format it begins with (that of the question, by default)."""
    bare = text.strip()
    named = next((name for name in FORMATS if bare.startswith(name)), "")
    written = shown(bare[len(named) :].strip())
    return from_html(written) if named == "[html]" or (is_html and not named) else plain(written)


def escaped(text: str) -> str:
    """Return a text whose signs are escaped, on one line."""
    out = "".join(f"\\{sign}" if sign in PRIVATE else sign for sign in text)
    return out.replace("\r", "").replace("\n", "\\n")
