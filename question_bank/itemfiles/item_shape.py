"""The shape of a whole item file."""

from collections.abc import Mapping
from typing import Any, Final

from question_bank.interactions.base import Interaction
from question_bank.interactions.building import WORDINGS
from question_bank.interactions.registry import INTERACTIONS
from question_bank.shapes import Say, Shape, day, fields, listing, matching, one_of, text, web_address, whole

from .artefacts import artefact

AUDIENCES: Final = ("student", "professional", "citizen")
STATUSES: Final = ("draft", "published", "retired")
DIFFICULTIES: Final = (1, 2, 3, 4)
KEY = matching(r"(?=.{1,100}\Z)[a-z0-9]+(-[a-z0-9]+)*", "lower-case words joined by hyphens, 100 letters at most")
COMPETENCY = matching(r"D[0-9]+\.C[0-9]+", "a competency such as D3.C1")
CAPACITY = matching(r"D[0-9]+\.C[0-9]+\.K[0-9]+", "a capacity such as D3.C1.K2")
CLUSTER = matching(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}", "a short name such as D3.C1.K2")

SOURCE = fields(
    {"authority": text(250), "url": web_address, "checked_at": day},
    {
        "facts": listing(matching(r"[A-Za-z0-9_-]+", "the id of a fact"), 0, 8, unique=True),
        "read": text(900, lines=True),
    },
)
REQUIRED: dict[str, Shape] = {
    "key": KEY,
    "competency": COMPETENCY,
    "capacity": CAPACITY,
    "audiences": listing(one_of(*AUDIENCES), 1, 3, unique=True),
    "professions": listing(text(30), 0, 24, unique=True),
    "difficulty": whole(DIFFICULTIES[0], DIFFICULTIES[-1]),
    "status": one_of(*STATUSES),
    "interaction": one_of(*INTERACTIONS),
    "enemies": listing(KEY, 0, 20, unique=True),
}
OPTIONAL: dict[str, Shape] = {"cluster": CLUSTER, "valid_to": day}
AFTER: dict[str, Shape] = {"source": SOURCE, "valid_from": day, "review_by": day}
FIELDS: Final = (
    *REQUIRED,
    "cluster",
    "source",
    "valid_from",
    "valid_to",
    "review_by",
    "answer",
    *WORDINGS,
)  # the order of a dumped file
WORDING_REQUIRED: dict[str, Shape] = {"title": text(60), "question": text(300), "feedback": text(900, lines=True)}
WORDING_OPTIONAL: dict[str, Shape] = {"context": text(1000, lines=True), "artefact": artefact}


def read_item(value: Any, say: Say) -> dict[str, Any]:
    """Return what an item file means, in the order of its author; `say` hears what is wrong with its shape."""
    kind = INTERACTIONS.get(str(value.get("interaction"))) if isinstance(value, dict) else None
    found: dict[str, Any] = _item(kind)(value, (), say)
    return found


def _item(kind: Interaction | None) -> Shape:
    if kind is None:  # the shape of the rest depends on it: only its name is complained about
        anything: Mapping[str, Shape] = dict.fromkeys(("answer", *WORDINGS), _anything)
        return fields({**REQUIRED, **AFTER}, {**OPTIONAL, **anything})
    wording = fields({**WORDING_REQUIRED, **kind.required}, {**WORDING_OPTIONAL, **kind.optional})
    return fields(
        {**REQUIRED, **AFTER, "answer": fields(kind.answer_required, kind.answer_optional), "fr": wording},
        {**OPTIONAL, "plain": wording, "en": wording},
    )


def _anything(value: Any, keys: Any, say: Say) -> Any:
    return {}
