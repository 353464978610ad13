"""From a QTI item, 2.1, 2.2 or 3.0, to our mapping. What we have no interaction for is named, never bent."""

import re
from collections.abc import Callable
from typing import Any

from question_bank.exchange.drafts import draft, letter
from question_bank.exchange.markup import Element
from question_bank.exchange.notes import Found, Note, Refused
from question_bank.exchange.notes import gettext_noop as _
from question_bank.exchange.prose import Prose

from .bodies import is_interaction, prose_of, remark_of, remarks, text_of
from .declarations import Declared, declarations, number

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}")
HELPS = ("end-attempt-interaction", "media-interaction")  # a hint, a film: nothing to answer
UNSUPPORTED = _("Cette interaction n’est pas reprise : %(name)s.")
NO_KEY = _("La situation ne dit pas quelle réponse est juste.")


class Item:
    """A QTI item being read."""

    def __init__(self, root: Element) -> None:
        if root.name != "assessment-item":
            raise Refused(_("Ce n’est pas une question mais « %(name)s »."), root.line, name=root.name)
        self.root, self.declared = root, declarations(root)
        self.body = root.first("item-body") or Element("item-body", {}, root.line)
        found = [element for element in self.body.walk() if is_interaction(element)]
        self.interactions = [element for element in found if element.name not in HELPS]
        self.notes: list[Note] = [
            Note(_("Une aide ou un média n’est pas repris."), {}, one.line) for one in found if one.name in HELPS
        ]
        self.by_choice, self.feedback = remarks(root)

    def right(self, interaction: Element) -> Declared:
        """Return what is declared of an interaction, with a right answer. Raises Refused."""
        found = self.declared.get(interaction.get("response-identifier"))
        if found is None or not found.keys:
            raise Refused(NO_KEY, interaction.line)
        if found.is_partial:
            self.notes.append(Note(_("Les points partiels ne sont pas repris."), {}, interaction.line))
        return found

    def prose(self, interaction: Element | None = None, holes: dict[int, str] | None = None) -> Prose:
        """Return what is told and asked: the body, then the prompt of the interaction."""
        found = prose_of(self.body, holes)
        prompt = interaction.first("prompt") if interaction else None
        if prompt and (asked := prose_of(prompt)).paragraphs:
            found.paragraphs.append(asked.line)
            found.notes.extend(note for note in asked.notes if note not in found.notes)
        return found

    def draft(self, kind: str, answer: dict[str, Any], prose: Prose, **wording: Any) -> Found:
        """Return the item as a draft."""
        language = self.root.get("lang")
        if language and not language.lower().startswith("fr"):
            self.notes.append(
                Note(_("Le texte est annoncé en « %(language)s » : à traduire."), {"language": language[:10]})
            )
        return draft(
            kind, answer, prose=prose, title=self.root.get("title"), key=self.root.get("identifier"),
            feedback=self.feedback, line=self.root.line, notes=self.notes, **wording,
        )  # fmt: skip

    def choices(self, elements: list[Element], prefix: str = "") -> tuple[list[dict[str, str]], dict[str, str]]:
        """Return choices, and the id we gave for each of theirs. Raises Refused for a choice without a text."""
        theirs = [element.get("identifier") for element in elements]
        kept = all(NAME.fullmatch(one) for one in theirs) and len(set(theirs)) == len(theirs)
        ids = {one: one if kept else (f"{prefix}{at + 1}" if prefix else letter(at)) for at, one in enumerate(theirs)}
        found = []
        for element in elements:
            text, rationale = text_of(element), remark_of(element) or self.by_choice.get(element.get("identifier"), "")
            if not text:
                raise Refused(_("Un choix n’a pas de texte (image seule ?)."), element.line)
            found.append({"id": ids[element.get("identifier")], "text": text,
                          **({"rationale": rationale} if rationale else {})})  # fmt: skip
        return found, ids


def read_item(root: Element) -> Found:
    """Return the item. Raises Refused, naming what is not taken."""
    item = Item(root)
    if root.all("template-declaration"):
        raise Refused(_("La question tire ses valeurs au hasard (modèle) : elle n’est pas reprise."), root.line)
    if not item.interactions:
        raise Refused(_("La question n’a pas d’interaction."), root.line)
    names = {element.name for element in item.interactions}
    if len(names) > 1 or (len(item.interactions) > 1 and not names <= SEVERAL):
        raise Refused(_("La question a plusieurs interactions : %(names)s."), root.line, names=", ".join(sorted(names)))
    reader = READERS.get(names.pop())
    if reader is None:
        raise Refused(UNSUPPORTED, item.interactions[0].line, name=item.interactions[0].name)
    return reader(item)


def _choice(item: Item) -> Found:
    (interaction,) = item.interactions
    right, (choices, ids) = item.right(interaction), item.choices(interaction.all("simple-choice"))
    keys = _known(right.keys, ids, interaction)
    is_single = right.cardinality == "single" or interaction.get("max-choices", "1") == "1"
    answer: dict[str, Any] = {"correct": keys[0] if is_single else keys}
    return item.draft(
        "single_choice" if is_single else "multiple_choice", answer, item.prose(interaction), choices=choices
    )


def _known(keys: list[str], ids: dict[str, str], interaction: Element) -> list[str]:
    if unknown := [key for key in keys if key not in ids]:
        raise Refused(_("La bonne réponse « %(key)s » n’est pas parmi les choix."), interaction.line, key=unknown[0])
    return [ids[key] for key in keys]


def _order(item: Item) -> Found:
    (interaction,) = item.interactions
    right, (choices, ids) = item.right(interaction), item.choices(interaction.all("simple-choice"))
    if len(right.correct) != len(choices):
        raise Refused(_("L’ordre ne place pas tous les éléments."), interaction.line)
    order = _known(right.correct, ids, interaction)
    return item.draft("order", {"order": order}, item.prose(interaction), choices=choices)


def _match(item: Item) -> Found:
    (interaction,) = item.interactions
    sets = [one.all("simple-associable-choice") for one in interaction.all("simple-match-set")]
    if len(sets) != 2:
        raise Refused(_("L’association n’a pas ses deux listes."), interaction.line)
    (prompts, left), (choices, right) = item.choices(sets[0], "p"), item.choices(sets[1], "c")
    pairs = _pairs(item.right(interaction), left, right, interaction)
    if len(pairs) != len(prompts):
        raise Refused(_("L’association ne donne pas une réponse, et une seule, à chaque élément."), interaction.line)
    kind = "match" if len(set(pairs.values())) == len(pairs) else "categorize"
    targets = [{"id": choice["id"], "text": choice["text"]} for choice in choices]
    return item.draft(kind, {"pairs": pairs}, item.prose(interaction), prompts=prompts, choices=targets)


def _pairs(right: Declared, left: dict[str, str], other: dict[str, str], where: Element) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for pair in right.keys:
        first, _space, second = pair.partition(" ")
        if first not in left or second not in other or left[first] in pairs:
            raise Refused(_("L’association ne donne pas une réponse, et une seule, à chaque élément."), where.line)
        pairs[left[first]] = other[second]
    return pairs


def _inline(item: Item) -> Found:
    blanks, right = [], {}
    for at, interaction in enumerate(item.interactions, start=1):
        choices, ids = item.choices(interaction.all("inline-choice"))
        right[f"b{at}"] = _known(item.right(interaction).keys[:1], ids, interaction)[0]
        blanks.append({"id": f"b{at}", "choices": choices})
    return _with_holes(item, "inline_choice", {"blanks": right}, blanks)


def _gaps(item: Item) -> Found:
    """Words to put into the holes of a text: each hole is a menu of them all."""
    (interaction,) = item.interactions
    words, gaps = interaction.all("gap-text"), interaction.inside("gap")
    if interaction.all("gap-img") or not words or not gaps:
        raise Refused(UNSUPPORTED, interaction.line, name=interaction.name)
    choices, ids = item.choices(words)
    places = {gap.get("identifier"): f"b{at}" for at, gap in enumerate(gaps, start=1)}
    swapped = Declared("", "", [" ".join(reversed(pair.split(" ", 1))) for pair in item.right(interaction).keys])
    pairs = _pairs(swapped, places, ids, interaction)
    if len(pairs) != len(gaps):
        raise Refused(NO_KEY, interaction.line)
    shell = Element("div", {}, interaction.line)
    shell.children = [child for child in interaction.children if child not in words]
    item.body.children = [shell if child is interaction else child for child in item.body.children]
    blanks = [{"id": blank, "choices": choices} for blank in places.values()]
    return _with_holes(item, "inline_choice", {"blanks": pairs}, blanks, gaps)


def _entry(item: Item) -> Found:
    if len(item.interactions) > 1:
        return _entries(item)
    (interaction,) = item.interactions
    right = item.right(interaction)
    prose = item.prose(holes={id(interaction): "_____"})
    if right.base_type in ("float", "integer"):
        value = number(right.keys[0])
        if value is None:
            raise Refused(_("« %(value)s » n’est pas un nombre."), interaction.line, value=right.keys[0])
        return item.draft("number", {"value": value, "unit": ""}, prose, units=[], mistakes=[])
    return item.draft("text", {"checker": "text", "accept": _accepted(right)}, prose, mistakes=[])


def _accepted(right: Declared) -> list[str]:
    best = max(right.points.values(), default=0.0)
    return list(dict.fromkeys([*right.correct, *(key for key, points in right.points.items() if points == best > 0)]))


def _entries(item: Item) -> Found:
    blanks = [{"id": f"b{at}", "label": f"({at})"} for at in range(1, len(item.interactions) + 1)]
    right = {
        blank["id"]: {"checker": "text", "accept": _accepted(item.right(interaction))}
        for blank, interaction in zip(blanks, item.interactions, strict=True)
    }
    return _with_holes(item, "fill_in", {"blanks": right}, blanks)


def _with_holes(
    item: Item, kind: str, answer: dict[str, Any], blanks: list[Any], places: list[Element] | None = None
) -> Found:
    """Return a text with holes: its paragraphs with holes are the text, those before tell and ask."""
    holes = {id(place): f"{{b{at}}}" for at, place in enumerate(places or item.interactions, start=1)}
    prose = item.prose(holes=holes)
    first = next(at for at, one in enumerate(prose.paragraphs) if "{b1}" in one)
    text, before = "\n\n".join(prose.paragraphs[first:]), prose.paragraphs[:first]
    asked = Prose(before or [_("Complétez le texte.")], prose.notes)
    return item.draft(kind, answer, asked, text=text, blanks=blanks)


READERS: dict[str, Callable[[Item], Found]] = {
    "choice-interaction": _choice,
    "order-interaction": _order,
    "match-interaction": _match,
    "inline-choice-interaction": _inline,
    "gap-match-interaction": _gaps,
    "text-entry-interaction": _entry,
}
SEVERAL = {"inline-choice-interaction", "text-entry-interaction"}
