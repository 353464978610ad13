"""Words as search compares them: no accents, no capitals, no plural, no little words.

The same for what is indexed and for what is asked, whatever the database; PostgreSQL then takes the stem of what is
left (its `french` or `english` configuration), SQLite compares the beginning of words.
"""

import re
import unicodedata
from typing import Final

WORD: Final = re.compile(r"[a-z0-9]+")
LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "’": " ", "'": " "})
# What both languages say without meaning anything by it (without accents).
LITTLE_WORDS: Final = """
a au aux avec c ce ces cet cette comme d dans de des du elle elles en est et eu il ils j je l la le les leur leurs lui
m ma mais me mes mon n ne nos notre nous on ont ou par pas pour qu que qui s sa se ses si son sont sur t ta te tes
ton tu un une vos votre vous y
an and are as at be by for from has have in is it its my not of or our so that the their they this to was we what
when which who will with you your
"""
LITTLE: Final = frozenset(LITTLE_WORDS.split())


def plain_letters(text: str) -> str:
    """Return `text` in lower case, without accents."""
    flat = unicodedata.normalize("NFKD", text.lower().translate(LIGATURES))
    return "".join(letter for letter in flat if not unicodedata.combining(letter))


def singular(word: str) -> str:
    """Return a word of plain letters without the mark of its plural, roughly: what matters is that both sides agree."""
    if len(word) > 4 and word.endswith("eaux"):
        return word[:-1]
    if len(word) > 4 and word.endswith("aux"):
        return f"{word[:-2]}l"
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def words(text: str) -> list[str]:
    """Return the words that `text` says, in order, as search compares them."""
    return [singular(word) for word in WORD.findall(plain_letters(text)) if word not in LITTLE]


def indexed(text: str) -> str:
    """Return what is kept of a text: its words, a space before and after each."""
    return f" {' '.join(words(text))} "
