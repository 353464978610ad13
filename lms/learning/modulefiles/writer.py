"""The one canonical way of writing module and journey files: what is written reads back, and is written, the same."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from question_bank.api import files

from .block_shapes import turned
from .drawings import drawing_text
from .markdown import to_html, to_markdown
from .pictures import shown_files
from .reading import ENGLISH, FRENCH, ContentFile, ModuleFiles


def tidied(module: ModuleFiles) -> dict[str, str]:
    """Return the texts of a module's folder (its drawings too) in canonical writing, by name of file."""
    found = {FRENCH: file_text(_tidy(module.french.data, "fr"))}
    if module.english:
        found[ENGLISH] = file_text(_tidy(module.english.data, "en"))
    for language in ("fr", "en"):
        if language in module.data:
            for _keys, kind, name in shown_files(module.data[language], language):
                if kind == "drawing":
                    found[name] = drawing_text((module.folder / name).read_text(encoding="utf-8"))
    return found


def tidied_journey(journey: ContentFile) -> str:
    """Return the text of a journey's file in canonical writing."""
    data = dict(journey.data)
    for language in {"fr", "en"} & data.keys():
        data[language] = _tidy_fields(data[language])
    data["parts"] = [
        {name: _tidy_fields(value) if name in ("fr", "en") else value for name, value in part.items()}
        for part in data["parts"]
    ]
    return file_text(data)


def file_text(data: Mapping[str, Any]) -> str:
    """Return a file's text; minutes of translated steps are those of the French."""
    return files.item_text(dict(data))


def write_texts(folder: Path, texts: Mapping[str, str]) -> int:
    """Write the texts that differ from what is in `folder`; return how many."""
    return sum(write_bytes(folder / name, text.encode()) for name, text in texts.items())


def write_bytes(path: Path, content: bytes) -> bool:
    """Write a file unless it holds just that; say whether it was written."""
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def _tidy(data: Mapping[str, Any], language: str) -> dict[str, Any]:
    words = data[language]
    tidy = {
        **words,
        "steps": [_tidy_step(step, language) for step in words["steps"]],
        "sheet": [_tidy_block(block) for block in words["sheet"]],
    }
    return {name: tidy if name == language else value for name, value in data.items()}


def _tidy_step(step: Mapping[str, Any], language: str) -> dict[str, Any]:
    kept = {name: value for name, value in step.items() if language == "fr" or name != "minutes"}
    return {**kept, "blocks": [_tidy_block(block) for block in step["blocks"]]}


def _tidy_block(block: Mapping[str, Any]) -> dict[str, Any]:
    return {kind: turned(kind, value, _tidy_text) for kind, value in block.items()}


def _tidy_fields(words: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _tidy_text(value) if name in ("intro", "in_class") else value for name, value in words.items()}


def _tidy_text(text: str) -> str:
    return to_markdown(to_html(text))
