"""The rows of placements that were sat: attempts, answers, results, as the platform would have written them."""

import secrets
from collections.abc import Sequence

import numpy as np

from lms.assessments.models import Attempt, CompetencyResult, Response

from .crowd import Moments, texts
from .sitting import Room, Sittings
from .writing import Sheet, written

SECONDS = 42  # on an item, about
READ = 40  # seconds until the answer comes


class Papers:
    """What is written of some sittings, each begun at a moment and known by an id."""

    def __init__(self, room: Room, sat: Sittings, began: Moments, *, ids: Sequence[int]) -> None:
        self.room, self.sat, self.began, self.ids = room, sat, began, ids
        self.paths = [room.paths[path] for path in sat.paths.tolist()]

    def attempts(self, owners: Sequence[int], uuids: Sequence[str]) -> Sheet:
        """Return the attempts, of these accounts."""
        found = Sheet(
            Attempt,
            (
                "id", "uuid", "token", "mask_secret", "owner_id", "ability", "started_at", "finished_at", "served_at",
                "selection_log", "pretest_log", "position", "stop_reason", "assessment_id", "purpose", "framework_id",
                "bank_release_id", "locale", "state",
            ),
        )  # fmt: skip
        room, lengths = self.room, np.array([len(path.selection_log) for path in self.paths], dtype=np.int64)
        facts = (room.offer.pk, room.offer.purpose, room.framework_id, room.release_id, "fr", "finished")
        same = "\t".join(map(str, facts))
        by_path = ["\t".join(map(written, (p.selection_log, p.pretest_log, len(p.selection_log), p.stop_reason)))
                   for p in room.paths]  # fmt: skip
        ended = self.began + (lengths * SECONDS).astype("timedelta64[s]")
        served = ended - np.timedelta64(SECONDS, "s")
        lines = zip(
            self.ids, uuids, owners, self.sat.abilities, texts(self.began), texts(ended), texts(served),
            self.sat.paths.tolist(), strict=True,
        )  # fmt: skip
        for pk, code, owner, ability, at, until, last, path in lines:
            words = f"{secrets.token_urlsafe(16)}\t{secrets.token_urlsafe(16)}"
            times = f"{at}\t{until}\t{last}"
            found.lines.append(f"{pk}\t{code}\t{words}\t{owner}\t{written(ability)}\t{times}\t{by_path[path]}\t{same}")
        return found

    def responses(self) -> Sheet:
        """Return the answers."""
        found = Sheet(
            Response,
            (
                "attempt_id", "served_at", "answered_at", "position", "key", "is_pretest", "remaining",
                "item_version_id", "answer", "score", "is_correct", "is_unknown", "payload_digest",
            ),
        )  # fmt: skip
        marks = ["\t".join(map(written, (version, answer, score, is_correct, answer["kind"] == "unknown", "")))
                 for version, (answer, score, is_correct) in self.room.marks]  # fmt: skip
        fixed = [_fixed(len(path.selection_log), path.pretest_log) for path in self.room.paths]
        steps = np.arange(self.room.longest) * SECONDS
        served = self.began[:, None] + steps.astype("timedelta64[s]")
        columns = zip(
            self.ids, self.sat.paths.tolist(), self.sat.marks.tolist(), texts(served),
            texts(served + np.timedelta64(READ, "s")), strict=True,
        )  # fmt: skip
        for pk, path, own, at, answered in columns:
            lines = zip(fixed[path], own, at, answered, strict=False)
            found.add([f"{pk}\t{seen}\t{said}\t{place}\t{marks[mark]}" for place, mark, seen, said in lines])
        return found

    def results(self) -> Sheet:
        """Return what the engine says of the whole attempts."""
        found = Sheet(
            CompetencyResult,
            ("attempt_id", "theta", "standard_error", "score", "low", "high", "scope", "code", "level"),
        )
        one, levels = self.sat.measures, [level.code for level in self.room.setting.framework.levels]
        names = [[f"{scope}\t{code}\t{level}" for level in levels] for scope, code in self.room.scopes]
        columns = zip(
            self.ids, one.theta.tolist(), one.standard_error.tolist(), one.score.tolist(), one.low.tolist(),
            one.high.tolist(), one.level.tolist(), strict=True,
        )  # fmt: skip
        for pk, *own in columns:
            found.add(
                [
                    f"{pk}\t{theta}\t{error}\t{score}\t{low}\t{high}\t{name[level]}"
                    for theta, error, score, low, high, level, name in zip(*own, names, strict=True)
                ]
            )
        return found


def _fixed(length: int, pretest_log: Sequence[int]) -> list[str]:
    """Return what the answers of a path have in common, place by place."""
    return [
        f"{place}\tdemo-{place}\t{'t' if place in pretest_log else 'f'}\t{length - place}"
        for place in range(1, length + 1)
    ]
