"""From Moodle XML to our mapping. A question type we have no interaction for is named with its line."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from question_bank.exchange.drafts import choices, draft
from question_bank.exchange.limits import MAX_ITEMS
from question_bank.exchange.markup import Element, elements
from question_bank.exchange.notes import Found, Gathering, Note, Reading, Refused
from question_bank.exchange.notes import gettext_noop as _
from question_bank.exchange.prose import Prose, from_html, plain

from .cloze import read_cloze
from .tags import place_of

NUMBER = re.compile(r"-?\d{1,12}([.,]\d{1,9})?")
HOLE = re.compile(r"\[\[(\d{1,2})\]\]")
UNSUPPORTED = _("Ce type de question n’est pas repris : %(kind)s.")
NO_KEY = _("La question ne dit pas quelle réponse est juste.")
TRUE_FALSE = {"true": _("Vrai"), "false": _("Faux")}


@dataclass(frozen=True, slots=True)
class Option:
    """An answer of a question: its text, what it is worth (1: all), what is said of it."""

    text: str
    worth: float
    rationale: str
    element: Element


class Question:
    """A question of a Moodle bank being read."""

    def __init__(self, element: Element) -> None:
        self.element, self.notes = element, list[Note]()
        self.asked = prose(element.first("questiontext"))
        self.name = (element.first("name") or element).text() if element.first("name") else ""
        self.feedback = self._said(element.first("generalfeedback"))
        key = element.first("idnumber")
        self.key = key.text().strip() if key else ""

    def _said(self, element: Element | None) -> str:
        found = prose(element)
        self.notes += [note for note in found.notes if note not in self.notes]
        return found.text

    def say(self, msgid: str, **values: Any) -> None:
        """Note something, once."""
        note = Note(msgid, values, self.element.line)
        if note not in self.notes:
            self.notes.append(note)

    def options(self) -> list[Option]:
        """Return the answers."""
        return [
            Option(
                self._said(answer).replace("\n", " ").strip(), _worth(answer.get("fraction", "0"), answer),
                self._said(answer.first("feedback")).replace("\n", " "), answer,
            )
            for answer in self.element.all("answer")
        ]  # fmt: skip

    def draft(self, kind: str, answer: dict[str, Any], asked: Prose | None = None, **wording: Any) -> Found:
        """Return the question as a draft."""
        if self.element.first("hint"):
            self.say(_("Les indices ne sont pas repris."))
        return draft(
            kind, answer, prose=asked or self.asked, title=self.name.strip(), key=self.key, feedback=self.feedback,
            line=self.element.line, notes=self.notes, place=place_of(self.element), **wording,
        )  # fmt: skip


def prose(element: Element | None) -> Prose:
    """Return the prose of a text of Moodle, by its format."""
    if element is None:
        return Prose()
    written = element.first("text")
    text = written.text() if written else "".join(child for child in element.children if isinstance(child, str))
    return plain(text) if element.get("format") in ("plain_text", "markdown") else from_html(_flowed(element, text))


def _flowed(element: Element, text: str) -> str:
    """Moodle's own format keeps line breaks."""
    return text.replace("\n", "<br>") if element.get("format") == "moodle_auto_format" else text


def _worth(written: str, element: Element) -> float:
    if not re.fullmatch(r"\s*-?\d{1,3}(\.\d{1,12})?\s*", written):
        raise Refused(_("« %(value)s » n’est pas un nombre de points."), element.line, value=written)
    return float(written) / 100


def read_moodle(data: bytes) -> Reading:
    """Return the questions of a Moodle XML file. Raises Refused when it is none."""
    found = Gathering()
    for element in elements(data, depth=1, root_name="quiz"):
        if element.name != "question":
            continue
        found.met += 1
        if found.met > MAX_ITEMS:
            raise Refused(
                _("Le fichier contient plus de %(most)s situations ; envoyez-le en plusieurs."), element.line,
                most=MAX_ITEMS,
            )  # fmt: skip
        try:
            found.items.extend(_read(element))
        except Refused as error:
            found.leave_out(error.note)
    return found.reading("moodle")


def _read(element: Element) -> Iterator[Found]:
    kind = element.get("type")
    if kind == "category":  # a drawer, not a question
        return
    reader = READERS.get(kind)
    if reader is None:
        raise Refused(UNSUPPORTED, element.line, kind=kind or "?")
    question = Question(element)
    if not question.asked.paragraphs:
        raise Refused(_("La question n’a pas de texte."), element.line)
    yield reader(question)


def _multichoice(question: Question) -> Found:
    options = question.options()
    right = [at for at, option in enumerate(options) if option.worth > 0]
    if not right:
        raise Refused(NO_KEY, question.element.line)
    single = question.element.first("single")
    is_single = single is None or single.text().strip().lower() in ("true", "1")
    if is_single:
        if len(right) > 1:
            question.say(_("Les points partiels ne sont pas repris."))
        right = [max(right, key=lambda at: options[at].worth)]
    made = choices([(option.text, option.rationale) for option in options])
    _refuse_empty(made, question)
    keys = [made[at]["id"] for at in right]
    if is_single:
        return question.draft("single_choice", {"correct": keys[0]}, choices=made)
    return question.draft("multiple_choice", {"correct": keys}, choices=made)


def _refuse_empty(made: list[dict[str, str]], question: Question) -> None:
    if not made or not all(choice["text"] for choice in made):
        raise Refused(_("Un choix n’a pas de texte (image seule ?)."), question.element.line)


def _truefalse(question: Question) -> Found:
    options = question.options()
    right = next((option for option in options if option.worth > 0), None)
    if right is None:
        raise Refused(NO_KEY, question.element.line)
    made = choices([(TRUE_FALSE.get(option.text.lower(), option.text), option.rationale) for option in options])
    return question.draft("single_choice", {"correct": made[options.index(right)]["id"]}, choices=made)


def _shortanswer(question: Question) -> Found:
    options = question.options()
    right = [option for option in options if option.worth >= 1] or [option for option in options if option.worth > 0]
    if not right:
        raise Refused(NO_KEY, question.element.line)
    if any(0 < option.worth < 1 for option in options):
        question.say(_("Les points partiels ne sont pas repris."))
    if any("*" in option.text for option in options):
        question.say(_("Le signe * (n’importe quel texte) n’est pas repris."))
    case = question.element.first("usecase")
    accept = [text for text in dict.fromkeys(option.text for option in right) if text.strip("* ")]
    if not accept:
        raise Refused(NO_KEY, question.element.line)
    mistakes = [
        {"text": option.text, "rationale": option.rationale}
        for option in options
        if option.worth <= 0 and option.text.strip("* ") and option.rationale
    ]
    checker = "code" if case is not None and case.text().strip() == "1" else "text"
    return question.draft("text", {"checker": checker, "accept": accept}, mistakes=mistakes)


def number(written: str) -> int | float | None:
    """Return a number as item files write them, or None."""
    if not NUMBER.fullmatch(written.strip()):
        return None
    text = written.strip().replace(",", ".")
    return float(text) if "." in text else int(text)


def _numerical(question: Question) -> Found:
    right = next((option for option in question.options() if option.worth > 0), None)
    value = number(right.text) if right else None
    if right is None or value is None:
        raise Refused(NO_KEY, question.element.line)
    allowed = right.element.first("tolerance")
    tolerance = number(allowed.text()) if allowed else None
    written = question.element.first("units")
    names = [unit.first("unit_name") for unit in written.all("unit")] if written else []
    units = [{"id": f"u{at}", "text": name.text().strip()} for at, name in enumerate(names, start=1) if name]
    if not units:
        question.say(_("L’unité manque : écrivez-la avec une autre, fausse."))
    answer = {
        "value": value,
        "unit": units[0]["id"] if units else "",
        **({"tolerance": tolerance} if tolerance else {}),
    }
    mistakes = [
        {"value": wrong, "unit": answer["unit"], "rationale": option.rationale}
        for option in question.options()
        if option.worth <= 0 and option.rationale and (wrong := number(option.text)) is not None
    ]
    return question.draft("number", answer, units=units, mistakes=mistakes)


def _matching(question: Question) -> Found:
    pairs = [(prose(one).line, prose(one.first("answer")).line) for one in question.element.all("subquestion")]
    prompts = [prompt for prompt, _target in pairs if prompt]
    targets = list(dict.fromkeys(target for _prompt, target in pairs if target))
    if not prompts or not all(target for prompt, target in pairs if prompt):
        raise Refused(NO_KEY, question.element.line)
    answer = {
        "pairs": {
            f"p{at}": f"c{targets.index(target) + 1}"
            for at, (_prompt, target) in enumerate((pair for pair in pairs if pair[0]), start=1)
        }
    }
    kind = "match" if len(set(answer["pairs"].values())) == len(prompts) else "categorize"
    made = choices([(target, "") for target in targets], "c")
    return question.draft(kind, answer, prompts=choices([(one, "") for one in prompts], "p"), choices=made)


def _ordering(question: Question) -> Found:
    """Its answers are in the right order, by `fraction` when they say one."""
    answers = question.element.all("answer")
    answers = sorted(answers, key=lambda one: _worth(one.get("fraction", "0"), one))
    made = choices([(prose(answer).line, prose(answer.first("feedback")).line) for answer in answers])
    _refuse_empty(made, question)
    return question.draft("order", {"order": [choice["id"] for choice in made]}, choices=made)


def _missing_words(question: Question) -> Found:
    """Holes [[1]], [[2]]… each filled from the options of one group."""
    options = [(prose(one).line, one.first("group")) for one in question.element.all("selectoption", "dragbox")]
    groups = [group.text().strip() if group else "1" for _text, group in options]
    found = [int(match) for match in HOLE.findall(question.asked.text)]
    if not found or max(found) > len(options) or min(found) < 1:
        raise Refused(NO_KEY, question.element.line)
    blanks: list[dict[str, Any]] = []
    right: dict[str, str] = {}
    for at, hole in enumerate(found, start=1):
        members = [place for place, group in enumerate(groups) if group == groups[hole - 1]]
        blanks.append({"id": f"b{at}", "choices": choices([(options[place][0], "") for place in members])})
        right[f"b{at}"] = blanks[-1]["choices"][members.index(hole - 1)]["id"]
    count = iter(range(1, len(found) + 1))
    paragraphs = [HOLE.sub(lambda _match: f"{{b{next(count)}}}", one) for one in question.asked.paragraphs]
    return with_holes(question, "inline_choice", {"blanks": right}, blanks, paragraphs)


def with_holes(
    question: Question, kind: str, answer: dict[str, Any], blanks: list[dict[str, Any]], paragraphs: list[str]
) -> Found:
    """Return a text with holes: its paragraphs with holes are the text, those before tell and ask."""
    first = next(at for at, one in enumerate(paragraphs) if "{b1}" in one)
    asked = Prose(paragraphs[:first] or [_("Complétez le texte.")], question.asked.notes)
    return question.draft(kind, answer, asked, text="\n\n".join(paragraphs[first:]), blanks=blanks)


def _cloze(question: Question) -> Found:
    kind, answer, blanks, paragraphs = read_cloze(question.asked.paragraphs, question.element.line)
    return with_holes(question, kind, answer, blanks, paragraphs)


READERS: dict[str, Callable[[Question], Found]] = {
    "multichoice": _multichoice,
    "multichoiceset": _multichoice,
    "oumultiresponse": _multichoice,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ddmatch": _matching,
    "ordering": _ordering,
    "gapselect": _missing_words,
    "ddwtos": _missing_words,
    "cloze": _cloze,
    "multianswer": _cloze,
}
