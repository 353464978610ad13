"""Rules of the written word: typography of each language, plain text, number of sentences."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from question_bank.shapes import Keys, Problem

NO_BREAK = "\u00a0\u202f"
# Not prose: ids, addresses, cells of a log, what people type.
NOT_PROSE = frozenset({"id", "kind", "address", "columns", "unit", "value_of"})
MARKUP = (
    (
        re.compile(
            r"</?(p|br|b|i|em|strong|a|ul|ol|li|div|span|h[1-6]|table|tr|td|img|script|style)\b[^>]*>", re.IGNORECASE
        ),
        "HTML",
    ),
    (re.compile(r"&(nbsp|amp|lt|gt|quot|#\d+);"), "HTML"),
    (re.compile(r"\*\*|(?<!\w)__\w|`|\]\(|^#+ |^[-*] ", re.MULTILINE), "Markdown"),
)
FRENCH = (
    (re.compile(rf"[^{NO_BREAK}?!][?!](?=$|[\s»)”…{NO_BREAK}])"), "a no-break space (U+00A0) goes before “{0}”"),
    (re.compile(rf"[^{NO_BREAK}][;:»](?=$|[\s).,…{NO_BREAK}])"), "a no-break space (U+00A0) goes before “{0}”"),
    (re.compile(rf"«[^{NO_BREAK}]|«$"), "a no-break space (U+00A0) goes after “«”"),
    (re.compile(r"(?<=\w)'(?=\w)"), "the apostrophe is ’, not '"),
    (re.compile(r"\""), "quotation marks are « » in French"),
    (re.compile(r"\.\.\."), "three points are one sign: …"),
)
SUBJECT = re.compile(r"^((Re|RE|Tr|TR|Fwd|FW)\s?:\s*)+")  # what mail programs write
ENGLISH = ((re.compile(rf"[\s{NO_BREAK}][?!;:](?=$|\s)"), "no space before “{0}” in English"),)
TYPOGRAPHY = {"fr": FRENCH, "plain": FRENCH, "en": ENGLISH}
EVERYTHING = re.compile(
    r"(toutes|aucune de|l’ensemble de) (les|ces) (réponses|propositions)|(all|none) of (the above|these)", re.IGNORECASE
)
ABBREVIATION = re.compile(
    r"(?:^|[\s(«’.\u00a0\u202f])(?:[A-Z]|M|MM|Mme|Dr|Pr|St|art|al|etc|ex|env|réf|tél|p|n|no|vs|cf|chap|Mr|Mrs|Ms|e\.g|i\.e)\.$"
)
END = re.compile(r"[.!?…]+[\s\u00a0\u202f]*[»”)]?(?=\s+[A-ZÀ-ÖØ-Þ«“(\d]|\s*$)")


def sentences(text: str) -> int:
    """Return how many sentences a text has (initials and usual abbreviations do not end one)."""
    ends = [match for match in END.finditer(text.strip()) if not ABBREVIATION.search(text.strip()[: match.start() + 1])]
    rest = text.strip()[ends[-1].end() :] if ends else text.strip()
    return len(ends) + bool(rest.strip())


def texts(value: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """Yield every text of prose inside one language of an item, with its place."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, Mapping):
        is_log = value.get("kind") == "log"
        for key, entry in value.items():
            if key not in NOT_PROSE and not (is_log and key == "rows"):
                yield from texts(entry, (*keys, key))
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from texts(entry, (*keys, index))


def prose_problems(wording: Mapping[str, Any], language: str) -> Iterator[Problem]:
    """Yield what breaks a rule of writing in one language of an item."""
    for keys, text in texts(wording, (language,)):
        if "mistakes" in keys and keys[-1] == "text":
            continue  # what people type, as they type it
        yield from ((keys, problem) for problem in _text_problems(SUBJECT.sub("", text), language))
    yield from _length_problems(wording, language)


def _text_problems(text: str, language: str) -> Iterator[str]:
    yield from markup_problems(text)
    yield from typography_problems(text, language)


def markup_problems(text: str) -> Iterator[str]:
    """Yield each kind of markup in a text that is plain."""
    for pattern, kind in MARKUP:
        if match := pattern.search(text):
            yield f"{kind} in a plain text: {_around(text, match)}"


def typography_problems(text: str, language: str) -> Iterator[str]:
    """Yield what breaks the typography of `language` (fr, plain or en), each rule once."""
    for pattern, sentence in TYPOGRAPHY[language]:
        if match := pattern.search(text):
            yield f"{sentence.format(match[0][-1])}: {_around(text, match)}"


def _around(text: str, match: re.Match[str]) -> str:
    """The place, with ordinary spaces shown as they are and the rest of the line cut."""
    return f"“{text[max(0, match.start() - 18) : match.end() + 12].strip()}”".replace("\n", " ")


def _length_problems(wording: Mapping[str, Any], language: str) -> Iterator[Problem]:
    for field, most in (("context", 4), ("question", 1), ("feedback", 4)):
        text = wording.get(field, "")
        if isinstance(text, str) and (count := sentences(_without_asides(text, field))) > most:
            yield (language, field), f"“{field}” has {count} sentences; {most} at most"
    for keys, text in texts(wording, (language,)):
        if keys[-1] == "rationale" and (count := sentences(text)) > 2:
            yield keys, f"a rationale has two sentences at most; this one has {count}"
        if keys[-1] == "text" and "choices" in keys and EVERYTHING.search(text):
            yield keys, "no “all of the above” or “none of the above”"


def _without_asides(text: str, field: str) -> str:
    """What somebody says between quotation marks is one sentence; how many answers a question expects is none."""
    told = re.sub(r"«[^»]*»|“[^”]*”", "«»", text)
    return re.sub(r"\s*\([^()]*\)\s*$", "", told) if field == "question" else told
