"""Typed checkers of short texts: strict by default.

Accents, case and spaces are forgiven; a wrong unit, sign, digit or medical near-miss never is.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from .dates import read_date
from .forbidden import confusables

Checker = Callable[[str, Sequence[str]], bool]
LEAST_LETTERS_FOR_A_SLIP = 7
MOST_FOR_REGEX = 100
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
LEVELLED = str.maketrans(
    {**dict.fromkeys(DASHES, "-"), **dict.fromkeys("’‘ʼ′`´", "'"), "œ": "oe", "æ": "ae", "\u00b5": "μ", "ß": "ss"}
)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff]")
FINAL = re.compile(r"[\s.,;:!?…]+$")
QUOTES = re.compile(r"[«»“”\"]")
GROUPED = re.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")
LOOSE = re.compile(r"(?<!\d)\s+|\s+(?!\d)")  # every space but one between two digits: “1 0” is not “10”
SEPARATORS = re.compile(r"\s*[,;\n/]\s*|\s+(?:et|and|&|\+)\s+")
HYPHEN = re.compile(
    r"(?<=[^\W\d])-|(?<=\d)-(?=[^\W\d])"
)  # after a letter or before one: of a word; else a sign or a range


@lru_cache(maxsize=4096)
def words_of(text: str) -> str:
    """Return a text without case, accents, invisible characters, quotes, hyphens of words and final punctuation."""
    levelled = INVISIBLE.sub("", unicodedata.normalize("NFC", text)).casefold().translate(LEVELLED)
    bare = "".join(c for c in unicodedata.normalize("NFD", levelled) if unicodedata.category(c) != "Mn")
    spaced = HYPHEN.sub(" ", QUOTES.sub(" ", FINAL.sub("", bare)))
    return re.sub(r"(?<=\d),(?=\d)", ".", GROUPED.sub("", " ".join(spaced.split())))


def levelled(text: str) -> str:
    """Return a text levelled, its spaces gone but between two digits."""
    return LOOSE.sub("", words_of(text))


def is_text(written: str, accept: Sequence[str]) -> bool:
    """One of the accepted texts, forgiving accents, case, spaces, hyphens and final punctuation."""
    return levelled(written) in [levelled(right) for right in accept]


def is_code(written: str, accept: Sequence[str]) -> bool:
    """One of the accepted codes, forgiving spaces and case only."""
    return _code(written) in [_code(right) for right in accept]


def _code(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split()).upper()


def is_date(written: str, accept: Sequence[str]) -> bool:
    """The accepted date, in any usual writing of it."""
    found = read_date(words_of(written))
    return found is not None and found in [read_date(words_of(right)) for right in accept]


def is_list(written: str, accept: Sequence[str]) -> bool:
    """All the accepted entries, in any order, and nothing else."""
    return _entries(written) == frozenset().union(*(_entries(right) for right in accept))


def _entries(text: str) -> frozenset[str]:
    return frozenset(entry for entry in map(levelled, SEPARATORS.split(text.casefold())) if entry)


def is_regex(written: str, accept: Sequence[str]) -> bool:
    """A full match of one of the patterns, or the very text, forgiving case and outer spaces."""
    text = " ".join(written.split())
    if len(text) > MOST_FOR_REGEX:
        return False
    return any(text.casefold() == right.casefold() or _pattern(right).fullmatch(text) for right in accept)


@lru_cache(maxsize=512)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# A repetition of something that itself repeats or chooses takes exponential time on a text made for it.
DANGEROUS = re.compile(r"\([^()]*[+*{|][^()]*\)\s*[+*{]|\)\)\s*[+*{]|\\[1-9]|\(\?")
REPEATED = re.compile(r"(?<!\\)[+*]|\{\d*,\d*\}")
MOST_REPETITIONS = 3


def pattern_problem(pattern: str) -> str:
    """Return why a pattern is refused, or an empty text."""
    try:
        re.compile(pattern)
    except re.error as error:
        return f"is not a regular expression: {error}"
    if DANGEROUS.search(pattern) or len(REPEATED.findall(pattern)) > MOST_REPETITIONS:
        return "may take for ever to match: no repetition of a group that repeats or chooses, three + or * at most"
    return ""


def is_tolerant(written: str, accept: Sequence[str]) -> bool:
    """One of the accepted texts, or one with a single slip (see is_slip)."""
    return is_text(written, accept) or any(
        _nearly(words_of(written).split(), words_of(right).split()) for right in accept
    )


def _nearly(written: list[str], right: list[str]) -> bool:
    if len(written) != len(right):
        return False
    wrong = [(given, word) for given, word in zip(written, right, strict=True) if given != word]
    return len(wrong) == 1 and is_slip(*wrong[0])


def is_slip(given: str, word: str) -> bool:
    """Whether `given` is `word` with one slip.

    Never in its first letter, in a word of less than seven letters or with a digit, or towards a forbidden pair.
    """
    if len(word) < LEAST_LETTERS_FOR_A_SLIP or not word.isalpha() or not given.isalpha() or given[:1] != word[:1]:
        return False
    return one_slip(given, word) and not any(given == other or one_slip(given, other) for other in confusables(word))


def one_slip(first: str, second: str) -> bool:
    """Whether one letter added, missing, changed, or two neighbours swapped, leads from one word to the other."""
    short, long = sorted((first, second), key=len)
    if len(long) - len(short) > 1 or first == second:
        return False
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
    return swapped or short[start + 1 :] == long[start + 1 :]


CHECKERS: dict[str, Checker] = {
    "text": is_text,
    "code": is_code,
    "date": is_date,
    "list": is_list,
    "regex": is_regex,
    "tolerant": is_tolerant,
}
