"""From what pages keep back to what files say, in canonical order and writing."""

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any, Final

from wagtail import blocks

from question_bank.api import to_artefact

from .block_shapes import artefact_fields, turned
from .drawings import drawing_text
from .markdown import to_markdown

ON_THE_SHEET: Final = "fiche"
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "situation": ("who", "text"),
    "dialogue": ("lines", "after"),
    "do_dont": ("do", "dont"),
    "checklist": ("title", "items"),
    "how_to": ("title", "steps"),
    "term": ("term", "definition"),
    "file": ("file", "title"),
    "video": ("file", "title", "transcript"),
    "audio": ("file", "title", "transcript"),
}
INSIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "lines": ("who", "says"),
    "steps": ("title", "text"),
    "flash_cards": ("front", "back"),
    "sources": ("label", "url"),
}
SOURCE: Final = ("authority", "title", "url", "checked_at", "facts", "read")


class Files:
    """The files that go beside a module's texts, each name once; `name_of`: a kind and an id to the name of a file."""

    def __init__(self, name_of: Callable[[str, int], str]) -> None:
        self.name_of = name_of
        self.drawings: dict[str, str] = {}
        self.stored: dict[str, tuple[str, int]] = {}

    def draw(self, name: str, drawing: str) -> str:
        """Keep a drawing under `name`, or under the next name that is free; return it."""
        text, found, number = drawing_text(drawing), name, 1
        while self.drawings.get(found, text) != text:
            number += 1
            found = f"{PurePath(name).stem}-{number}.svg"
        self.drawings[found] = text
        return found

    def keep(self, kind: str, pk: int) -> str:
        """Say that a picture or document goes there too; return under which name."""
        name = self.name_of(kind, pk)
        self.stored[name] = (kind, pk)
        return name


def unwrapped(block: blocks.Block, value: Any) -> Any:
    """Return a raw value of `block` without ids: {kind: value} for each block of a stream, lists as lists."""
    if isinstance(block, blocks.StreamBlock):
        known = block.child_blocks
        return [
            {said["type"]: unwrapped(known[said["type"]], said["value"])} for said in value if said["type"] in known
        ]
    if isinstance(block, blocks.ListBlock):
        return [unwrapped(block.child_block, said.get("value") if _is_line(said) else said) for said in value or ()]
    if isinstance(block, blocks.StructBlock):  # in the order of the block: PostgreSQL keeps none
        return {name: unwrapped(child, value[name]) for name, child in block.child_blocks.items() if name in value}
    return value


def _is_line(said: Any) -> bool:
    return isinstance(said, Mapping) and said.get("type") == "item" and "value" in said


def module_data(page: Any, files: Files) -> dict[str, Any]:
    """Return what the French page of a module says, as its file does; `files` takes what it shows."""
    return {
        "key": page.slug,
        **({} if page.live else {"status": "draft"}),
        "competencies": list(page.competencies),
        "level": page.level,
        "audiences": list(page.audiences),
        "professions": list(page.professions),
        "minutes": page.minutes,
        "mark": page.mark,
        "review_by": page.review_by.isoformat() if page.review_by else "",
        "sources": [_source(entry["source"]) for entry in _plain(page, "sources")],
        "fr": words_data(page, files),
    }


def words_data(page: Any, files: Files) -> dict[str, Any]:
    """Return the words of a module's page, as a file says them; minutes are said in French alone."""
    language = page.locale.language_code
    steps = [entry["step"] for entry in _plain(page, "steps")]
    return {
        "title": page.title,
        "summary": page.summary,
        "objectives": [entry["objective"] for entry in _plain(page, "objectives")],
        "steps": [
            {
                "key": step["key"],
                "title": step["title"],
                **({"minutes": step["minutes"]} if language == "fr" else {}),
                "blocks": [_block(block, files, step["key"], language) for block in step["blocks"]],
            }
            for step in steps
        ],
        "sheet": [_block(block, files, ON_THE_SHEET, language) for block in _plain(page, "sheet")],
    }


def _plain(page: Any, name: str) -> list[Any]:
    block = page._meta.get_field(name).stream_block
    found: list[Any] = unwrapped(block, getattr(page, name).get_prep_value())
    return found


def _source(source: Mapping[str, Any]) -> dict[str, Any]:
    return {name: source[name] for name in SOURCE if source.get(name)}


def _block(block: Mapping[str, Any], files: Files, place: str, language: str) -> dict[str, Any]:
    ((kind, value),) = block.items()
    return {kind: turned(kind, _written(kind, value, files, place, language), to_markdown)}


def _written(kind: str, value: Any, files: Files, place: str, language: str) -> Any:
    if kind == "artefact":
        return _artefact(value)
    if kind == "figure":
        return _figure(value, files, place, language)
    if kind in INSIDE:
        return [_ordered(entry, INSIDE[kind]) for entry in value]
    if kind not in FIELDS:
        return value
    found = _ordered(value, FIELDS[kind])
    if kind in ("file", "video", "audio"):
        found["file"] = files.keep(kind, value["file"])
    return {name: _inside(name, entry) for name, entry in found.items()}


def _ordered(value: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value[name] for name in names if value.get(name)}


def _inside(name: str, value: Any) -> Any:
    if isinstance(value, list) and name in INSIDE:
        return [_ordered(entry, INSIDE[name]) for entry in value]
    return value


def _artefact(value: Mapping[str, Any]) -> dict[str, Any]:
    shown = [{"type": kind, "value": fields} for entry in value["shown"] for kind, fields in entry.items()]
    found = to_artefact(shown, {}) or {}
    return {name: found[name] for name in artefact_fields(str(found.get("kind"))) if name in found}


def _figure(value: Mapping[str, Any], files: Files, place: str, language: str) -> dict[str, Any]:
    words = _ordered(value, ("alt", "caption"))
    if value.get("drawing"):
        usual = f"{place}.svg" if language == "fr" else f"{place}.{language}.svg"
        return {"drawing": files.draw(value.get("file_name") or usual, value["drawing"]), **words}
    return {"image": files.keep("image", value["image"]), **words}


def journey_data(page: Any, translations: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a journey's page and its translations say, as its file does; `translations`: pages by language."""
    pages = {"fr": page, **translations}
    parts = {language: [entry["part"] for entry in _plain(one, "parts")] for language, one in pages.items()}
    return {
        "key": page.slug,
        **({} if page.live else {"status": "draft"}),
        "audience": page.audience,
        "professions": list(page.professions),
        "competencies": list(page.competencies),
        **{language: _journey_words(one) for language, one in pages.items()},
        "parts": [_part(part, {language: _same(part, parts[language]) for language in pages}) for part in parts["fr"]],
    }


def _same(part: Mapping[str, Any], parts: list[Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next((other for other in parts if other["key"] == part["key"]), part)
    return found


def _journey_words(page: Any) -> dict[str, Any]:
    intro = to_markdown(page.intro or "")
    return {"title": page.title, "summary": page.summary, **({"intro": intro} if intro else {})}


def _part(part: Mapping[str, Any], by_language: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {"key": part["key"], "modules": part["modules"]}
    if part.get("reserved"):
        found["reserved"] = part["reserved"]
    found["hours"] = _number(part.get("hours") or 0)
    for language, words in by_language.items():
        in_class = to_markdown(words.get("in_class") or "")
        found[language] = {"title": words["title"], **({"in_class": in_class} if in_class else {})}
    if part["programme"]:
        lines = {language: words["programme"] for language, words in by_language.items()}
        found["programme"] = [_hour(line, index, lines) for index, line in enumerate(part["programme"])]
    return found


def _hour(line: Mapping[str, Any], index: int, lines: Mapping[str, list[Any]]) -> dict[str, Any]:
    words = {language: (told[index] if index < len(told) else line)["text"] for language, told in lines.items()}
    return {"hour": line["hour"], **words, "modules": line["modules"], "in_class": bool(line.get("in_class"))}


def _number(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value
