"""From GIFT to our mapping."""

import re
from typing import Any

from question_bank.exchange.decoding import decode
from question_bank.exchange.drafts import choices, draft
from question_bank.exchange.limits import MAX_ITEMS
from question_bank.exchange.moodle.reading import NO_KEY, TRUE_FALSE, number
from question_bank.exchange.moodle.tags import placed
from question_bank.exchange.notes import Found, Gathering, Note, Reading, Refused
from question_bank.exchange.notes import gettext_noop as _

from .scanning import Block, blocks, prose, shown

WORTH = re.compile(r"%(-?\d{1,3}(?:\.\d{1,8})?)%")
MARK = re.compile(r"\[(id|tag):([^\[\]]{1,120})\]")
HOLE = " _____ "
TRUTHS = {"T": "true", "TRUE": "true", "F": "false", "FALSE": "false"}


class Option:
    """One answer: `~` or `=`, what it is worth (100: all), its text, what is said of it."""

    def __init__(self, written: str) -> None:
        self.sign, rest = written[0], written[1:].strip()
        match = WORTH.match(rest)
        self.has_worth = match is not None
        self.worth = float(match[1]) if match else (100.0 if self.sign == "=" else 0.0)
        self.text, _sign, self.rationale = (rest[match.end() :] if match else rest).partition("#")

    def words(self) -> tuple[str, str]:
        """Return its text and its rationale, each on one line."""
        return prose(self.text).line, prose(self.rationale).line


class Question:
    """A question of a GIFT file being read."""

    def __init__(self, block: Block) -> None:
        self.line, self.notes = block.line, list[Note]()
        marks = [(name, shown(value)) for comment in block.comments for name, value in MARK.findall(comment)]
        self.key = next((value.replace("\\", "") for name, value in marks if name == "id"), "")
        self.place = placed(value.replace("\\", "") for name, value in marks if name == "tag")
        self.title, text = _title(block.text)
        start = text.find("{")
        if start < 0:
            raise Refused(_("Le texte n’a pas de réponse entre accolades : ce n’est pas une question."), self.line)
        end = text.rfind("}")
        if end < start:
            raise Refused(_("L’accolade ouverte n’est pas refermée."), self.line)
        after = text[end + 1 :].strip()
        self.asked = prose(text[:start] + (HOLE + after if after.strip(".;\"'") else after))
        body, _marks, feedback = text[start + 1 : end].partition("####")
        self.body, self.feedback = body.strip(), prose(feedback, text.lstrip().startswith("[html]")).text

    def draft(self, kind: str, answer: dict[str, Any], **wording: Any) -> Found:
        """Return the question as a draft."""
        return draft(
            kind,
            answer,
            prose=self.asked,
            title=self.title,
            key=self.key,
            feedback=self.feedback,
            line=self.line,
            notes=self.notes,
            place=self.place,
            **wording,
        )

    def options(self, body: str) -> list[Option]:
        """Return the answers, each beginning with its sign."""
        starts = [at for at, sign in enumerate(body) if sign in "~="]
        if not starts or body[: starts[0]].strip():
            raise Refused(_("Les réponses commencent par = ou par ~."), self.line)
        return [Option(body[at:to]) for at, to in zip(starts, [*starts[1:], len(body)], strict=True)]


def _title(text: str) -> tuple[str, str]:
    if not text.startswith("::"):
        return "", text
    end = text.find("::", 2)
    return ("", text) if end < 0 else (shown(text[2:end]).strip(), text[end + 2 :])


def read_gift(data: bytes) -> Reading:
    """Return the questions of a GIFT file. Raises Refused when it is not a text."""
    found, text = Gathering(), decode(data)
    found.about.extend(text.notes)
    for block in blocks(text.text.removeprefix("\ufeff")):
        found.met += 1
        if found.met > MAX_ITEMS:
            raise Refused(
                _("Le fichier contient plus de %(most)s situations ; envoyez-le en plusieurs."),
                block.line,
                most=MAX_ITEMS,
            )
        try:
            found.items.append(_read(Question(block)))
        except Refused as error:
            found.leave_out(error.note)
    return found.reading("gift")


def _read(question: Question) -> Found:
    body = question.body
    if not body:
        raise Refused(_("Ce type de question n’est pas repris : %(kind)s."), question.line, kind="essay")
    if not question.asked.paragraphs:
        raise Refused(_("La question n’a pas de texte."), question.line)
    if body.startswith("#"):
        return _numerical(question, body[1:].strip())
    if body.startswith(">"):
        return _ordering(question, body)
    if body.partition("#")[0].strip().upper() in TRUTHS:
        return _truth(question, body)
    options = question.options(body)
    if all(option.sign == "=" for option in options):
        return _matching(question, options) if "->" in body else _typed(question, options)
    return _choice(question, options)


def _truth(question: Question, body: str) -> Found:
    """`{F#what is said of the wrong answer#what is said of the right one}`."""
    right, wrong_said, right_said = (*body.split("#", 2), "", "")[:3]
    truth = TRUTHS[right.strip().upper()]
    said = [prose(right_said if name == truth else wrong_said).line for name in TRUE_FALSE]
    made = choices(list(zip(TRUE_FALSE.values(), said, strict=True)))
    return question.draft("single_choice", {"correct": made[list(TRUE_FALSE).index(truth)]["id"]}, choices=made)


def _choice(question: Question, options: list[Option]) -> Found:
    made = choices([option.words() for option in options])
    if not all(choice["text"] for choice in made):
        raise Refused(_("Un choix n’a pas de texte (image seule ?)."), question.line)
    right = [at for at, option in enumerate(options) if option.worth > 0]
    if not right:
        raise Refused(NO_KEY, question.line)
    if any(option.sign == "=" for option in options):
        if len(right) > 1:
            question.notes.append(Note(_("Les points partiels ne sont pas repris."), {}, question.line))
        best = max(right, key=lambda at: options[at].worth)
        return question.draft("single_choice", {"correct": made[best]["id"]}, choices=made)
    return question.draft("multiple_choice", {"correct": [made[at]["id"] for at in right]}, choices=made)


def _typed(question: Question, options: list[Option]) -> Found:
    accept = [prose(option.text).line for option in options if option.worth >= 100]
    accept = [text for text in dict.fromkeys(accept) if text.strip("* ")]
    if not accept:
        raise Refused(NO_KEY, question.line)
    if any(0 < option.worth < 100 for option in options):
        question.notes.append(Note(_("Les points partiels ne sont pas repris."), {}, question.line))
    words = [option.words() for option in options if option.worth <= 0]
    mistakes = [{"text": text, "rationale": why} for text, why in words if text.strip("* ") and why]
    return question.draft("text", {"checker": "text", "accept": accept}, mistakes=mistakes)


def _matching(question: Question, options: list[Option]) -> Found:
    pairs = [tuple(prose(side).line for side in option.text.partition("->")[::2]) for option in options]
    prompts = [prompt for prompt, _target in pairs if prompt]
    targets = list(dict.fromkeys(target for _prompt, target in pairs if target))
    if not prompts or not all(target for prompt, target in pairs if prompt):
        raise Refused(NO_KEY, question.line)
    kept = [pair for pair in pairs if pair[0]]
    answer = {f"p{at}": f"c{targets.index(target) + 1}" for at, (_prompt, target) in enumerate(kept, start=1)}
    kind = "match" if len(set(answer.values())) == len(prompts) else "categorize"
    return question.draft(
        kind,
        {"pairs": answer},
        prompts=choices([(one, "") for one in prompts], "p"),
        choices=choices([(one, "") for one in targets], "c"),
    )


def _ordering(question: Question, body: str) -> Found:
    """`{>n …` then one element a line, in the right order."""
    lines = [line.strip() for line in body.split("\n")[1:] if line.strip()]
    if len(lines) < 2:
        raise Refused(_("Ce type de question n’est pas repris : %(kind)s."), question.line, kind="ordering")
    made = choices([(prose(line).line, "") for line in lines])
    return question.draft("order", {"order": [choice["id"] for choice in made]}, choices=made)


def _numerical(question: Question, body: str) -> Found:
    options = question.options(body) if body[:1] in ("=", "~") else [Option("=" + body.partition("~")[0])]
    right = next((option for option in options if option.worth >= 100), None)
    value, tolerance = _quantity(right.text.strip()) if right else (None, None)
    if value is None:
        raise Refused(NO_KEY, question.line)
    if any(0 < option.worth < 100 for option in options):
        question.notes.append(Note(_("Les points partiels ne sont pas repris."), {}, question.line))
    question.notes.append(Note(_("L’unité manque : écrivez-la avec une autre, fausse."), {}, question.line))
    answer = {"value": value, "unit": "", **({"tolerance": tolerance} if tolerance else {})}
    wrong = [(_quantity(option.text.strip())[0], option.words()[1]) for option in options if option.worth <= 0]
    mistakes = [{"value": one, "unit": "", "rationale": why} for one, why in wrong if one is not None and why]
    return question.draft("number", answer, units=[], mistakes=mistakes)


def _quantity(written: str) -> tuple[int | float | None, int | float | None]:
    """Read `3`, `3:0.5` (more or less) and `2.5..3.5` (from, to)."""
    low, dots, high = written.partition("..")
    if dots:
        first, last = number(low), number(high)
        if first is None or last is None:
            return None, None
        return round((first + last) / 2, 9), round(abs(last - first) / 2, 9)
    value, _colon, allowed = written.partition(":")
    return number(value), number(allowed)
