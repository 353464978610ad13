"""Reading the catalogue without gettext's tools, the sentences of the source, and the words of a page."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.template import engines
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from tests.strict.ours import our_files
from themes import styles

LOCALE = Path(styles.__file__).parent / "locale"
STRINGS = re.compile(r'^(msgid_plural|msgid|msgstr\[\d\]|msgstr)? ?(".*")$')
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
TAG = re.compile(r"</?\w[^>]*>")
SINGULAR, COUNTED = {"_", "gettext", "gettext_lazy", "gettext_noop"}, {"ngettext", "ngettext_lazy"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SPOKEN = {"alt", "aria-label", "placeholder", "title"}


@dataclass
class Entry:
    """One sentence of a .po file; `texts` has one translation, or one for each plural form."""

    msgid: str = ""
    plural: str = ""
    texts: list[str] = field(default_factory=list)
    is_fuzzy: bool = False

    def rows(self) -> dict[Any, str]:
        """Return the entry as gettext keeps it once compiled."""
        if not self.plural:
            return {self.msgid: self.texts[0]}
        return {(self.msgid, number): text for number, text in enumerate(self.texts)}


def read_po(language: str) -> list[Entry]:
    """Return the entries of a language, its header (the entry of the empty sentence) first."""
    text = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text()
    return [_entry(block) for block in text.split("\n\n") if 'msgid "' in block]


def _entry(block: str) -> Entry:
    parts: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if found := STRINGS.match(line):
            name = found[1] or name
            parts[name] = parts.get(name, "") + ast.literal_eval(found[2])
    texts = [value for key, value in parts.items() if key.startswith("msgstr")]
    is_fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in block.splitlines())
    return Entry(parts["msgid"], parts.get("msgid_plural", ""), texts, is_fuzzy)


def sentences() -> Iterator[tuple[str, str]]:
    """Yield (sentence, plural or nothing) for everything our source has translated."""
    for path in our_files():
        for node in ast.walk(ast.parse(path.read_text())):
            yield from _called(node)
    for pattern in ("*.html", "*.txt"):
        for path in our_files(pattern):
            if "templates" in path.parts:
                yield from _drawn(path.read_text())


def _called(node: ast.AST) -> Iterator[tuple[str, str]]:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return
    texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if node.func.id in SINGULAR and texts:
        yield texts[0], ""
    elif node.func.id in COUNTED:
        yield texts[0], texts[1]


def _drawn(source: str) -> Iterator[tuple[str, str]]:
    nodes = engines["django"].from_string(source).template.nodelist
    for node in nodes.get_nodes_by_type(TranslateNode):
        yield node.filter_expression.var.literal.replace("%%", "%"), ""
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        singular, _ = node.render_token_list(node.singular)
        plural = node.render_token_list(node.plural)[0] if node.plural else ""
        yield singular, plural


class Words(HTMLParser):
    """The words of a page that are not in another language: `texts` of its elements and of what is read aloud."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language, self.texts, self.open = language, [], []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element; its own language is that of its attributes too."""
        given = dict(attrs)
        inherited = self.open[-1][1] if self.open else self.language
        language = given.get("lang") or inherited
        if language == self.language:
            is_told = tag == "meta" and given.get("name") == "description"
            names = SPOKEN | ({"content"} if is_told else set())
            self.texts += [
                value for name, value in given.items() if value and (name in names or name.startswith("data-"))
            ]
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An SVG shape, closed as it opens."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and those left open in it."""
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep a text in our language."""
        tag, language = self.open[-1] if self.open else ("", self.language)
        if data.strip() and language == self.language and tag not in ("script", "style"):
            self.texts.append(" ".join(data.split(" ")).strip())


def words_of(html: str, language: str = "en") -> list[str]:
    """Return the texts of a page in its own language."""
    reader = Words(language)
    reader.feed(html)
    return reader.texts
