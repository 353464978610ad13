"""Seeding chunk by chunk, on several processes: a chunk is one transaction and one row that says it is done."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime

from django.db import connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper

from competencies import api as competencies
from kernel.models import Job
from lms.dashboards.models import LearnerSummary
from lms.dashboards.rollups import keeping, recounting, summaries
from lms.learning import api as learning
from question_bank import api as bank

from .people import Stream, World, write_stream
from .plan import streams
from .sitting import Room

DONE = "demonstration.seeded_chunk"
CHUNK = 400  # people of a chunk, about
PATHS = 240
_inherited: list[World] = []  # what the forked processes find already there
Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Chunk:
    """Streams that are written together."""

    number: int
    streams: tuple[Stream, ...]

    @property
    def size(self) -> int:
        """How many people it has."""
        return sum(stream.size for stream in self.streams)


def seed_national(*, students: int, seed: int, now: datetime, processes: int, report: Report) -> int:
    """Write the country, or what is missing of it; return how many people it has. Figures are exact at the end."""
    with transaction.atomic():
        chunks = list(_chunks(streams(students, seed=seed)))
    missing, total = _missing(chunks, students, seed), sum(chunk.size for chunk in chunks)
    done = total - sum(chunk.size for chunk in missing)
    world = _world(now, seed)
    for size in _written(missing, world, students, seed, processes):
        done += size
        report(done, total)
    if missing:
        recounting.rewrite()
    return total


def done_chunks(students: int, seed: int) -> set[int]:
    """Return the numbers of the chunks of this country that are written."""
    rows = Job.objects.filter(kind=DONE, payload__students=students, payload__seed=seed).order_by("pk")
    return {payload["chunk"] for payload in rows.values_list("payload", flat=True)}


def _missing(chunks: Iterable[Chunk], students: int, seed: int) -> list[Chunk]:
    done = done_chunks(students, seed)
    return [chunk for chunk in chunks if chunk.number not in done]


def _chunks(found: Iterable[Stream]) -> Iterator[Chunk]:
    number, held = 0, list[Stream]()
    for stream in found:
        held.append(stream)
        if sum(one.size for one in held) >= CHUNK:
            yield Chunk(number, tuple(held))
            number, held = number + 1, []
    if held:
        yield Chunk(number, tuple(held))


def _world(now: datetime, seed: int) -> World:
    room = Room(framework_id=competencies.current_framework_id(), release_id=bank.current_release_id(), seed=seed)
    room.prepare(PATHS)
    journeys = [one.key for one in learning.journeys() if one.audience == "student"]
    modules = [module.pk for module in learning.modules() if "student" in module.audiences]
    return World(room, modules, journeys[0] if journeys else "", now)


def _written(chunks: list[Chunk], world: World, students: int, seed: int, processes: int) -> Iterator[int]:
    """Write chunks and yield their sizes, in this process or in several (forked: they share what was prepared)."""
    if processes < 2:
        for chunk in chunks:
            yield _write(chunk, world, students, seed)
        return
    _hang_up()
    _inherited.append(world)
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork")) as pool:
        waiting: list[Future[int]] = [pool.submit(_write_inherited, chunk, students, seed) for chunk in chunks]
        for future in as_completed(waiting):
            yield future.result()
    _inherited.clear()


def _hang_up() -> None:
    """Close every connection, and the pool: none can be shared by two processes."""
    for one in connections.all():
        one.close()
        if isinstance(one, DatabaseWrapper):
            one.close_pool()


def _write_inherited(chunk: Chunk, students: int, seed: int) -> int:
    return _write(chunk, _inherited[-1], students, seed)


@transaction.atomic
def _write(chunk: Chunk, world: World, students: int, seed: int) -> int:
    """Write the people of a chunk, their summaries, and that it is done."""
    for place, stream in enumerate(chunk.streams):
        accounts, unclaimed = write_stream(stream, world, seed=(seed, chunk.number, place))
        drafts = summaries.drafts(users=accounts, students=unclaimed)
        LearnerSummary.objects.bulk_create(drafts, batch_size=500)
    payload = {"students": students, "seed": seed, "chunk": chunk.number}
    Job.objects.create(kind=DONE, payload=payload, state="done", progress=100, finished_at=world.now)
    return chunk.size


def verify(sample: int | None) -> int:
    """Count again, of `sample` people or (None) of all, and compare; return how many figures are not exact."""
    if sample is None:
        return len(recounting.differences())
    rows = LearnerSummary.objects.filter(user__isnull=False).order_by("?")[:sample]
    stored = {row.enrolment_id: row for row in LearnerSummary.objects.filter(user_id__in={one.user_id for one in rows})}
    drafts = summaries.drafts(users={row.user_id for row in stored.values() if row.user_id}, students=[])
    return sum(not keeping.is_same(draft, stored.get(draft.enrolment_id)) for draft in drafts)
