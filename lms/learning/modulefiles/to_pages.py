"""From what files say to what pages keep: Markdown to rich text, names of files to what they hold."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from lms.learning.types import HourWords, JourneyFacts, JourneyWords, ModuleFacts, ModuleWords, PartWords, StepWords
from question_bank.api import to_stream

from .block_shapes import turned
from .markdown import to_html
from .reading import ModuleFiles

Stored = Callable[[Path, str], int]  # a file and its kind (image, file, video, audio) to the id it is stored under


def module_facts(data: Mapping[str, Any]) -> ModuleFacts:
    """Return what a module says in every language."""
    return ModuleFacts(
        competencies=data["competencies"],
        level=data["level"],
        audiences=data["audiences"],
        minutes=data["minutes"],
        review_by=date.fromisoformat(data["review_by"]),
        professions=data["professions"],
        mark=data["mark"],
        sources=[{"facts": [], "read": "", **source} for source in data["sources"]],
    )


def module_words(module: ModuleFiles, stored: Stored) -> dict[str, ModuleWords]:
    """Return the words of a module by language; `stored` keeps its pictures, documents and recordings."""
    data = module.data
    minutes = {step["key"]: step["minutes"] for step in data["fr"]["steps"]}
    return {
        language: _words(data[language], minutes, module.folder, stored)
        for language in ("fr", "en")
        if language in data
    }


def _words(words: Mapping[str, Any], minutes: Mapping[str, int], folder: Path, stored: Stored) -> ModuleWords:
    return ModuleWords(
        title=words["title"],
        summary=words["summary"],
        objectives=words["objectives"],
        steps=[
            StepWords(step["key"], step["title"], minutes[step["key"]], _blocks(step["blocks"], folder, stored))
            for step in words["steps"]
        ],
        sheet=_blocks(words["sheet"], folder, stored),
    )


def _blocks(listed: list[dict[str, Any]], folder: Path, stored: Stored) -> list[dict[str, Any]]:
    return [
        {"type": kind, "value": _raw(kind, turned(kind, value, to_html), folder, stored)}
        for block in listed
        for kind, value in block.items()
    ]


def _raw(kind: str, value: Any, folder: Path, stored: Stored) -> Any:
    if kind == "artefact":
        return {"shown": to_stream(value)}
    if kind == "figure":
        return _figure(value, folder, stored)
    if kind in ("file", "video", "audio"):
        return {**value, "file": stored(folder / value["file"], kind)}
    return {"after": "", **value} if kind == "dialogue" else value


def _figure(value: Mapping[str, Any], folder: Path, stored: Stored) -> dict[str, Any]:
    drawn = (folder / value["drawing"]).read_text(encoding="utf-8") if "drawing" in value else ""
    return {
        "drawing": drawn,
        "image": stored(folder / value["image"], "image") if "image" in value else None,
        "alt": value["alt"],
        "caption": value.get("caption", ""),
        "file_name": value.get("drawing") or value["image"],
    }


def journey_facts(data: Mapping[str, Any]) -> JourneyFacts:
    """Return what a journey says in every language."""
    return JourneyFacts(data["audience"], data["professions"], data["competencies"])


def journey_words(data: Mapping[str, Any]) -> dict[str, JourneyWords]:
    """Return the words of a journey by language."""
    return {language: _journey(data, language) for language in ("fr", "en") if language in data}


def _journey(data: Mapping[str, Any], language: str) -> JourneyWords:
    words = data[language]
    return JourneyWords(
        title=words["title"],
        summary=words["summary"],
        parts=[_part(part, language) for part in data["parts"]],
        intro=to_html(words.get("intro", "")),
    )


def _part(part: Mapping[str, Any], language: str) -> PartWords:
    return PartWords(
        key=part["key"],
        title=part[language]["title"],
        modules=part["modules"],
        hours=part["hours"],
        in_class=to_html(part[language].get("in_class", "")),
        programme=[
            HourWords(line["hour"], line[language], line["modules"], line["in_class"])
            for line in part.get("programme", ())
        ],
        reserved=part.get("reserved", ()),
    )
