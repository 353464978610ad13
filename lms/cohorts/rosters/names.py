"""Names compared as people read them: without accents, case or hyphens; near ones by the letters that differ."""

import re
import unicodedata
from functools import lru_cache

APART = re.compile(r"[^a-z0-9]+")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})


@lru_cache(maxsize=65_536)
def normalised(name: str) -> str:
    """Return a name in plain letters: “D’Été-Lefèvre” is “d ete lefevre”. A script without case stays as it is."""
    bare = unicodedata.normalize("NFKD", name.casefold().translate(LIGATURES))
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    plain = APART.sub(" ", letters).strip()
    return plain or " ".join(letters.split())


def distance(one: str, other: str, most: int = 2) -> int:
    """Return how many letters to change, add, remove or swap with the next one; `most` + 1 when it is more.

    Optimal string alignment (Damerau 1964, Levenshtein 1966).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, facing in enumerate(other, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != facing))
            if i > 1 and j > 1 and sign == other[j - 2] and one[i - 2] == facing:
                best = min(best, last[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]


def are_near(one: str, other: str) -> bool:
    """Say whether two normalised names may be the same mistyped: one letter, two in names of six or more."""
    if min(len(one), len(other)) < 3:
        return False
    most = 2 if min(len(one), len(other)) >= 6 else 1
    return distance(one, other, most) <= most
