"""The written word in a module: typography of each language everywhere, no markup where a text is plain."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from question_bank.api import files

from .block_shapes import RICH
from .markdown import markdown_problems, plain

# Keys of a text that is not prose: ids, names of files, addresses.
NOT_PROSE: Final = frozenset({"key", "drawing", "image", "file", "item", "simulation", "url", "en"})
MOST_WORDS: Final = 120  # of one text: an idea, read without scrolling on a phone


def prose_problems(words: Mapping[str, Any], language: str) -> Iterator[files.Problem]:
    """Yield what breaks a rule of writing in one language of a module, a journey or one of its parts."""
    for keys, text in files.texts(words, (language,)):
        if _is_prose(keys):
            yield from ((keys, sentence) for sentence in _problems(keys, text, language))


def _problems(keys: files.Keys, text: str, language: str) -> Iterator[str]:
    is_rich = _path(keys) in RICH or keys[-1] in ("intro", "in_class")
    if is_rich and any(markdown_problems(text)):
        return  # already said, by its shape
    if not is_rich:
        yield from files.markup_problems(text)
    yield from files.typography_problems(plain(text) if is_rich else text, language)
    if _path(keys) == ("text",) and (count := len(plain(text).split())) > MOST_WORDS:
        yield f"a text has {MOST_WORDS} words at most, one idea; this one has {count}: cut it in two blocks"


def _is_prose(keys: files.Keys) -> bool:
    if "artefact" in keys:
        return True  # files.texts already leaves out what of an artefact is not prose
    return keys[-1] not in NOT_PROSE


def _path(keys: files.Keys) -> tuple[files.Keys, ...] | files.Keys:
    """Return the place inside its block: its kind, then the names of fields."""
    names = [key for key in keys if isinstance(key, str)]
    start = next((place for place, name in enumerate(names) if name in ("blocks", "sheet")), None)
    return tuple(names[start + 1 :]) if start is not None else ()
