"""New versions of items, and the parameters they start with."""

from datetime import datetime
from typing import Any, Final

from question_bank.interactions.building import WORDINGS
from question_bank.interactions.registry import prior_guessing, top_score
from question_bank.models import CalibrationState, Item, ItemCalibration, ItemVersion, digest_of

CONTENT: Final = ("interaction", "source", "answer", *WORDINGS)
ASKED: Final = ("interaction", "answer", *WORDINGS)
# Nothing is known of an item nobody has answered: an average discrimination, and b from what its author expects.
PRIOR_DISCRIMINATION: Final = 1.0
PRIOR_DIFFICULTY: Final = {1: -1.5, 2: -0.5, 3: 0.5, 4: 1.5}
PRIOR_STEP: Final = 0.8  # logits between two thresholds of a graded item


def content_of(data: dict[str, Any]) -> dict[str, Any]:
    """Return what a version holds of an item file."""
    return {field: data[field] for field in CONTENT if field in data}


def version_digest(data: dict[str, Any]) -> str:
    """Return what changes when, and only when, a new version is due."""
    dates = [data[name] for name in ("valid_from", "review_by", "valid_to") if name in data]
    return digest_of([content_of(data), *dates])


def add_version(item: Item, data: dict[str, Any], *, now: datetime) -> ItemVersion:
    """Write the next version of an item and its parameters, and make it the current one."""
    previous = item.current_version
    version = ItemVersion.objects.create(
        item=item,
        number=previous.number + 1 if previous else 1,
        content=content_of(data),
        digest=version_digest(data),
        valid_from=data["valid_from"],
        valid_to=data.get("valid_to"),
        review_by=data["review_by"],
        created_at=now,
    )
    item.current_version = version
    item.save(update_fields=["current_version"])
    _calibrate(item, version, previous)
    return version


def _calibrate(item: Item, version: ItemVersion, previous: ItemVersion | None) -> None:
    """A version that asks the same (a source read again, a language added) keeps what was measured."""
    same = previous is not None and _still_asks(previous, version)
    known = list(previous.calibrations.all()) if same and previous else []
    for calibration in known:
        calibration.pk, calibration.item_version = None, version
        calibration._state.adding = True
        calibration.save()
    if not known:
        ItemCalibration.objects.create(item_version=version, **prior(item.difficulty, version.content))


def _still_asks(previous: ItemVersion, version: ItemVersion) -> bool:
    """Say whether all that `previous` asked is asked in the same words."""
    return all(version.content.get(field) == previous.content[field] for field in ASKED if field in previous.content)


def prior(difficulty: int, content: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters of an item nobody has answered, from its expected difficulty and its interaction."""
    return {
        "discrimination": PRIOR_DISCRIMINATION,
        "guessing": prior_guessing(content),
        **_placed(difficulty, content),
    }


def _placed(difficulty: int, content: dict[str, Any]) -> dict[str, Any]:
    """Return b and, of a graded item, its thresholds: as many as its top score, PRIOR_STEP apart, b their mean."""
    b, top = PRIOR_DIFFICULTY[difficulty], top_score(content)
    steps = [round(b + PRIOR_STEP * (step - (top + 1) / 2), 6) for step in range(1, top + 1)]
    return {"difficulty": b, "thresholds": steps if top > 1 else []}


def follow_expected_difficulty(item: Item) -> None:
    """Move the prior of a version nobody has answered to the difficulty its author now expects."""
    version = item.current_version
    if version is None:
        return
    unanswered = ItemCalibration.objects.filter(item_version=version, state=CalibrationState.EXPECTED, responses=0)
    unanswered.update(**_placed(item.difficulty, version.content))
