"""The sentences of the gates in French: `check_bank` speaks English to those who write files, /cms/ to everybody.

They are in question_bank/data/gate_sentences.yaml: as the rules say them, `{}` for what varies, then in French.
One that is not there is shown as it is said.
"""

import re
from functools import lru_cache
from typing import Final

import yaml
from django.utils.translation import get_language

from question_bank.itemfiles.references import APP, LOADER

FRENCH: Final = APP / "data" / "gate_sentences.yaml"
NO_BREAK: Final = "\u00a0"


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    def compiled(sentence: str) -> re.Pattern[str]:
        return re.compile("(.+?)".join(map(re.escape, sentence.split("{}"))), re.DOTALL)

    table: dict[str, str] = yaml.load(FRENCH.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe loader
    return tuple((compiled(said), spaced(french)) for said, french in table.items())


def spaced(text: str) -> str:
    """Put the no-break spaces of French typography where a line above has plain ones."""
    return re.sub(r" (?=[:;!?»])|(?<=«) ", NO_BREAK, text)


def in_words(sentence: str) -> str:
    """Return a sentence of the gates in the language of the screen."""
    if get_language() == "en":
        return sentence
    for pattern, french in _patterns():
        if match := pattern.fullmatch(sentence):
            return french.format(*(part.strip("“”") for part in match.groups()))
    return sentence
