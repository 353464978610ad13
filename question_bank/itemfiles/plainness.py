"""What can be counted of plain language: short sentences (the rest is for readers to judge).

“Information for all” (Inclusion Europe, 2009) asks for short sentences of one idea and gives no number: twenty is ours.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from question_bank.interactions.building import PLAIN
from question_bank.shapes import Problem

from .prose import END, texts

MOST_WORDS: Final = 20
WORD = re.compile(r"\w+(?:[’'-]\w+)*")
NOT_SHORTENED: Final = frozenset({"artefact", "mistakes", "picture"})  # the thing itself is what one really receives


def plainness_problems(wording: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield every sentence of a plain wording that is longer than twenty words."""
    for keys, text in texts(wording, (PLAIN,)):
        if keys[1] not in NOT_SHORTENED:
            for sentence in END.split(text):
                if (count := len(WORD.findall(sentence))) > MOST_WORDS:
                    yield keys, f"in plain language a sentence has {MOST_WORDS} words at most; this one has {count}"
