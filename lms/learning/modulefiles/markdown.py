"""The little Markdown of module files, to the rich text of pages and back: paragraphs, lists, bold, italic, links.

The canonical way of writing is what `to_markdown` gives: a blank line between blocks, `- ` and `1. `, **strong**, *em*.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from html.parser import HTMLParser
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from lms.learning.prose import clean_html

PARSER: Final = MarkdownIt("commonmark")
# Wagtail's own words for bold and italic.
WRITTEN: Final = {"strong": "b", "em": "i"}
ALLOWED: Final = frozenset({"paragraph", "bullet_list", "ordered_list", "list_item", "inline", "text", "softbreak"}) | {
    "strong",
    "em",
    "link",
}
REFUSED: Final = {
    "heading": "a heading",
    "lheading": "a heading",
    "image": "an image",
    "html_block": "raw HTML",
    "html_inline": "raw HTML",
    "fence": "a block of code",
    "code_block": "a block of code",
    "code_inline": "code between ` `",
    "blockquote": "a quotation",
    "hr": "a ruled line",
    "hardbreak": "a line break inside a paragraph",
}
ADDRESS: Final = re.compile(r"https://[^\s/]+\.[^\s/]+(/\S*)?")
# What would be read as markup where it stands.
MEANT: Final = re.compile(r"([\\*_`\[\]<])")
ENTITY: Final = re.compile(r"&(?=#?\w+;)")
TAG: Final = re.compile(r"<[^>]*>")
MARK: Final = re.compile(r"</?[bi]>")
STARTS: Final = re.compile(r"^(\s*)(>|(?:[-+#]|\d+[.)]|=+|~~~)(?=\s|$|#|~))", re.MULTILINE)


def markdown_problems(text: str) -> Iterator[str]:
    """Yield what is more than paragraphs, lists, bold, italic and links to https:// addresses."""
    for token in _tokens(PARSER.parse(text)):
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind not in ALLOWED and not token.type.endswith("_close"):
            yield f"{REFUSED.get(kind, kind)} is not used in a text (paragraphs, lists, **bold**, *italic*, [links](…))"
        if token.type == "text" and "](" in token.content:
            yield "a link is written [words](https://…)"
        if kind == "link" and token.nesting == 1 and not ADDRESS.fullmatch(str(token.attrGet("href") or "")):
            yield f"a link goes to an https:// address, not to “{token.attrGet('href')}”"
        if kind in ("bullet_list", "ordered_list") and token.level > 0:
            yield "a list inside a list is not used"


def _tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _tokens(token.children or [])


def to_html(text: str) -> str:
    """Return the rich text, as Wagtail stores it, of a text without `markdown_problems`."""
    return clean("".join(_html(token) for token in _tokens(PARSER.parse(text))))


def _html(token: Token) -> str:
    if token.type == "text":
        return escape(token.content, quote=False)
    if token.type == "softbreak":
        return "\n"
    if token.hidden or token.type == "inline":
        return ""
    if token.tag == "p" and token.level > 0:  # the paragraphs of a line of a list
        return "" if token.nesting > 0 else "\n"
    tag = WRITTEN.get(token.tag, token.tag)
    if token.nesting < 0:
        return f"</{tag}>"
    address = f' href="{escape(str(token.attrGet("href")))}"' if tag == "a" else ""
    return f"<{tag}{address}>"


def clean(html: str) -> str:
    """Return rich text with nothing but what pages keep, its no-break spaces as they are."""
    return clean_html(html).replace("&nbsp;", "\u00a0")


def plain(text: str) -> str:
    """Return the words alone of a text of ours, without its markup."""
    return words(to_html(text))


def words(html: str) -> str:
    """Return the words alone of rich text, a line for each block."""
    return unescape(TAG.sub("", re.sub(r"</(?:p|li)>|<br>", "\n", html))).strip()


def to_markdown(html: str) -> str:
    """Return the Markdown of rich text, in its canonical writing.

    Words are kept whatever happens; a bold or an italic that Markdown cannot say there (beside a quotation mark) is
    dropped.
    """
    source = _tidied(html)
    for marked in (source, MARK.sub("", source)):
        for is_escaping in (False, True):
            text = _walked(marked, is_escaping=is_escaping)
            if _bones(to_html(text)) == _bones(marked):
                return text
    return text


def _tidied(html: str) -> str:
    """Rich text cleaned, its marks in our own tags, without the spaces at their ends."""
    for theirs, ours in WRITTEN.items():
        html = re.sub(rf"<(/?){theirs}\b[^>]*>", rf"<\1{ours}>", html)
    found = re.sub(r"<li>\s*</li>", "", re.sub(r"<([bi])>(\s*)</\1>", r"\2", clean(html)))
    found = re.sub(r"<([bi])>(\s+)", r"\2<\1>", found)
    return re.sub(r"(\s+)</([bi])>", r"</\2>\1", found)


def _bones(html: str) -> tuple[str, dict[str, int]]:
    """What must not be lost: the words, whatever the spaces, and how many there are of each mark."""
    return "".join(words(html).split()), {tag: html.count(f"<{tag}") for tag in ("b>", "i>", "a h", "li>")}


def _walked(html: str, *, is_escaping: bool) -> str:
    walker = _Walker(is_escaping=is_escaping)
    walker.feed(html)
    walker.close()
    return walker.text()


class _Walker(HTMLParser):
    """One pass over clean rich text: its blocks, then the lines of its lists."""

    def __init__(self, *, is_escaping: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.is_escaping = is_escaping
        self.blocks: list[str] = []
        self.line: list[str] = []
        self.lists: list[tuple[str, list[str]]] = []
        self.before: tuple[str, list[str]] | None = None  # the list that has just ended
        self.addresses: list[str] = []

    def text(self) -> str:
        """Return what was read."""
        self._end_block()
        return "\n\n".join(self.blocks)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "ul", "ol"):
            self._end_block()
        if tag in ("ul", "ol"):
            self._begin_list(tag)
        if tag == "a":
            self.addresses.append(dict(attrs).get("href") or "")
            self.line.append("[" if self.addresses[-1] else "")
        self.line.append({"b": "**", "i": "*", "br": "\n"}.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            address = self.addresses.pop() if self.addresses else ""
            self.line.append(f"]({address})" if address else "")
        elif tag == "li":
            self._end_entry()
        elif tag in ("ul", "ol"):
            self._end_list()
        elif tag == "p":
            self._end_block()
        else:
            self.line.append({"b": "**", "i": "*"}.get(tag, ""))

    def handle_data(self, data: str) -> None:
        self.line.append(ENTITY.sub(r"\\&", MEANT.sub(r"\\\1", data)) if self.is_escaping else data)

    def _taken(self) -> str:
        lines = (line.strip() for line in "".join(self.line).split("\n"))
        self.line = []
        text = "\n".join(line for line in lines if line)
        return STARTS.sub(_as_words, text) if self.is_escaping else text

    def _end_block(self) -> None:
        if not self.lists and (text := self._taken()):
            self.blocks.append(text)
            self.before = None

    def _begin_list(self, tag: str) -> None:
        """A list inside a list (an editor can make one) becomes lines of the outer one."""
        if self.lists:
            self._end_entry()
        self.lists.append((tag, []))

    def _end_entry(self) -> None:
        if self.lists and (text := self._taken()):
            self.lists[-1][1].append(text)

    def _end_list(self) -> None:
        self._end_entry()
        tag, entries = self.lists.pop()
        if self.lists:
            self.lists[-1][1].extend(entries)
        elif entries:
            self._add_list(tag, entries)

    def _add_list(self, tag: str, entries: list[str]) -> None:
        """Two lists of one kind that follow each other are one: Markdown could not tell them apart."""
        if self.before and self.before[0] == tag:
            entries = [*self.before[1], *entries]
            self.blocks.pop()
        self.before = (tag, entries)
        self.blocks.append("\n".join(_entry(tag, number, text) for number, text in enumerate(entries, start=1)))


def _entry(tag: str, number: int, text: str) -> str:
    mark = f"{number}. " if tag == "ol" else "- "
    return mark + text.replace("\n", "\n" + " " * len(mark))


def _as_words(match: re.Match[str]) -> str:
    """Keep as words what would begin a list, a heading or a quotation."""
    mark = match[2]
    return match[1] + (f"{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"\\{mark}")
