"""The sentences of the gates in French: `check_bank` speaks English to those who write files, /cms/ to everybody.

They are in question_bank/data/gate_sentences.yaml: as the rules say them, `{}` for what varies, then in French.
One that is not there is shown as it is said.
"""

import re
from functools import lru_cache
from typing import Any, Final

import yaml
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from question_bank.itemfiles.references import APP, LOADER
from question_bank.shapes import Keys

from . import labels

FRENCH: Final = APP / "data" / "gate_sentences.yaml"
NO_BREAK: Final = "\u00a0"
QUOTED: Final = re.compile("“([a-z_]+)”")
STRAIGHT: Final = re.compile(r"(?<=\w)'(?=\w)")
FRENCH_WORDINGS: Final = ("fr", "plain")
CODES: Final = frozenset({"id", "kind", "url", "address"})
TIGHT: Final = re.compile(r"(?<=[\w)»”])(?=[?!](?:$|[\s»)”…]))")
EMPTY: Final = re.compile(".* has 0 entries; .*")
LACKING: Final = re.compile(".* has no “([a-z_]{1,40})”")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    def compiled(sentence: str) -> re.Pattern[str]:
        return re.compile("(.+?)".join(map(re.escape, sentence.split("{}"))), re.DOTALL)

    table: dict[str, str] = yaml.load(FRENCH.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe loader
    return tuple((compiled(said), spaced(french)) for said, french in table.items())


def spaced(text: str) -> str:
    """Put the no-break spaces of French typography where a line above has plain ones."""
    return re.sub(r" (?=[:;!?»])|(?<=«) ", NO_BREAK, text)


def typeset(content: dict[str, Any]) -> dict[str, Any]:
    """Return an item whose French has its no-break spaces, apostrophes and ellipses: keyboards do not give them."""
    return {name: _typeset(value) if name in FRENCH_WORDINGS else value for name, value in content.items()}


def _typeset(value: Any) -> Any:
    if isinstance(value, str):
        return STRAIGHT.sub("’", TIGHT.sub(NO_BREAK, spaced(value))).replace("...", "…")
    if isinstance(value, dict):
        return {name: inner if name in CODES else _typeset(inner) for name, inner in value.items()}
    return [_typeset(inner) for inner in value] if isinstance(value, list) else value


def in_words(sentence: str) -> str:
    """Return a sentence of the gates in the language of the screen, with the names that its form uses."""
    if get_language() == "en":
        return QUOTED.sub(lambda match: f"“{labels.named(match[1])}”", sentence)
    for pattern, french in _patterns():
        if match := pattern.fullmatch(sentence):
            return french.format(*(labels.named(part.strip("“”")) for part in match.groups()))
    return sentence


def about(keys: Keys, sentence: str) -> tuple[Keys, str]:
    """Return what a problem is about and why, in words: the field that is missing, not the part that lacks it."""
    match = LACKING.fullmatch(sentence)
    if EMPTY.fullmatch(sentence):
        return keys, _("à remplir")
    return ((*keys, match[1]), _("à remplir")) if match else (keys, in_words(sentence))
