"""Seeding chunk by chunk, on several processes: a chunk is one transaction and one row that says it is done."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection

from django.db import connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.models import QuerySet

from competencies import api as competencies
from kernel.models import Job
from lms.dashboards.models import LearnerSummary
from lms.dashboards.rollups import keeping, recounting, summaries
from lms.learning import api as learning
from question_bank import api as bank

from .crowd import Stream
from .people import World, write_streams, write_summaries
from .plan import streams
from .sitting import Room

DONE = "demonstration.seeded_chunk"
CHUNK = 1000  # people of a chunk, about
PATHS = 240
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
    here = world(seed=seed, paths=PATHS, now=_begun_at(students, seed) or now)
    for size in _written(missing, here, students, seed, processes):
        done += size
        report(done, total)
    if missing:
        recounting.rewrite()
    return total


def done_chunks(students: int, seed: int) -> set[int]:
    """Return the numbers of the chunks of this country that are written."""
    return {payload["chunk"] for payload in _done(students, seed).values_list("payload", flat=True)}


def _done(students: int, seed: int) -> QuerySet[Job]:
    return Job.objects.filter(kind=DONE, payload__students=students, payload__seed=seed).order_by("pk")


def _begun_at(students: int, seed: int) -> datetime | None:
    """Return the present of a country that was begun: it goes on with it, and is as if it had not been stopped."""
    return _done(students, seed).values_list("finished_at", flat=True).first()


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


def world(*, seed: int, paths: int, now: datetime) -> World:
    """Prepare what all streams share."""
    framework_id = competencies.current_framework_id()
    room = Room(framework_id=framework_id, release_id=bank.current_release_id(), seed=seed, paths=paths)
    journeys = [one.key for one in learning.journeys() if one.audience == "student"]
    modules = [module.pk for module in learning.modules() if "student" in module.audiences]
    codes = [one.code for one in competencies.framework(framework_id).competencies]
    return World(room, modules, journeys[0] if journeys else "", codes, now)


def _written(chunks: list[Chunk], here: World, students: int, seed: int, processes: int) -> Iterator[int]:
    """Write chunks and yield their sizes, in this process or in several (forked: they share what was prepared)."""
    if processes < 2:
        for chunk in chunks:
            yield _write(chunk, here, students, seed)
        return
    _hang_up()
    context = multiprocessing.get_context("fork")
    told, telling = context.Pipe(duplex=False)
    shares = [chunks[place::processes] for place in range(processes)]
    workers = [
        context.Process(target=_work, args=(share, here, students, seed, told, telling), daemon=True)
        for share in shares
    ]
    try:
        for worker in workers:
            worker.start()
        telling.close()
        yield from _heard(told)
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()


def _heard(told: Connection) -> Iterator[int]:
    """Yield what the processes tell until the last has ended. Raises what stopped one."""
    while True:
        try:
            found = told.recv()
        except EOFError:
            return
        if isinstance(found, Exception):
            raise found
        yield found


def _work(chunks: list[Chunk], here: World, students: int, seed: int, told: Connection, telling: Connection) -> None:
    """Write chunks, telling the size of each; stop when nobody listens any more (the command was killed)."""
    told.close()
    try:
        for chunk in chunks:
            telling.send(_write(chunk, here, students, seed))
    except BrokenPipeError:
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, the command tells it
        telling.send(error)


def _hang_up() -> None:
    """Close every connection, and the pool: none can be shared by two processes."""
    for one in connections.all():
        one.close()
        if isinstance(one, DatabaseWrapper):
            one.close_pool()


@transaction.atomic
def _write(chunk: Chunk, here: World, students: int, seed: int) -> int:
    """Write the people of a chunk, their summaries, and that it is done."""
    accounts, unclaimed = write_streams(chunk.streams, here, seed=(seed, chunk.number))
    write_summaries(summaries.drafts(users=accounts, students=unclaimed))
    payload = {"students": students, "seed": seed, "chunk": chunk.number}
    Job.objects.create(kind=DONE, payload=payload, state="done", progress=100, finished_at=here.now)
    return chunk.size


def verify(sample: int | None) -> int:
    """Count again, of `sample` people or (None) of all, and compare; return how many figures are not exact."""
    if sample is None:
        return len(recounting.differences())
    rows = LearnerSummary.objects.filter(user__isnull=False).order_by("?")[:sample]
    stored = {row.enrolment_id: row for row in LearnerSummary.objects.filter(user_id__in={one.user_id for one in rows})}
    drafts = summaries.drafts(users={row.user_id for row in stored.values() if row.user_id}, students=[])
    return sum(not keeping.is_same(draft, stored.get(draft.enrolment_id)) for draft in drafts)
