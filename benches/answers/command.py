"""The command: which doors, which rates, the figures."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import mean, median, quantiles
from time import perf_counter, sleep
from typing import Any

from benches.report import Figure, print_figures
from tests.servers.templates import ROOT

from . import costs
from .house import HOST, House, OnPostgreSQL, OnSQLite, Store, opened
from .inside import over_http, play
from .load import LoadProcess, Outcome, Plan
from .messages import Reply, Request
from .proof import prove
from .takers import TAKERS, Taker

PEER = "Pix 3.311, quoted"
SLOWEST = 0.300  # p95 of a rate that is sustained, seconds
RATES = (100.0, 150.0, 200.0, 250.0, 300.0, 350.0, 400.0, 500.0, 600.0)
ALONE = "one process, nobody else"
FINEST = 12.5  # answers/s: the sustained rate is known to this
LONGEST_BEHIND = 120.0  # seconds
BAREST_REQUESTS = 1500
COUNTED = 4  # attempts whose statements are counted one by one


@dataclass(frozen=True)
class Door:
    """A way in, measured apart."""

    name: str
    store: type[Store]
    kind: str
    is_signed_in: bool
    least_rate: float = 150.0

    @property
    def is_one_exchange(self) -> bool:
        """Whether what comes next is in the reply to the answer, or behind its 303."""
        return self.kind != "reader"


DOORS = (
    Door("api_anonymous", OnPostgreSQL, "program", is_signed_in=False),
    Door("api_signed_in", OnPostgreSQL, "program", is_signed_in=True),
    Door("browser_anonymous", OnPostgreSQL, "browser", is_signed_in=False),
    Door("browser_signed_in", OnPostgreSQL, "browser", is_signed_in=True),
    Door("pages_anonymous", OnPostgreSQL, "reader", is_signed_in=False),
    Door("pages_signed_in", OnPostgreSQL, "reader", is_signed_in=True),
    Door("sqlite_api_anonymous", OnSQLite, "program", is_signed_in=False, least_rate=100.0),
)


@dataclass(frozen=True)
class Scale:
    """How long and how much."""

    seconds: float
    takers: int
    profiled: int
    rates: tuple[float, ...]
    is_refined: bool


FULL = Scale(seconds=12.0, takers=160, profiled=60, rates=RATES, is_refined=True)
QUICK = Scale(seconds=3.0, takers=60, profiled=10, rates=(100.0, 150.0, 250.0), is_refined=False)


def main(argv: list[str]) -> int:
    """Run the bench; return 1 when a target is missed, unless the run is a quick one, too short to judge."""
    options = _options(argv)
    scale, started = QUICK if options.quick else FULL, perf_counter()
    figures: list[Figure] = []
    for kind in (OnPostgreSQL, OnSQLite):
        doors = [door for door in DOORS if door.store is kind and door.name in options.doors]
        if doors:
            figures += _figures_of(kind, doors, scale, options)
    _say()
    met = print_figures(figures)
    _say(f"{perf_counter() - started:.0f} s", error=True)
    return 0 if met or options.quick else 1


def _options(argv: list[str]) -> argparse.Namespace:
    names = [door.name for door in DOORS]
    parser = argparse.ArgumentParser(prog="bench answers", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="about a minute: a look, not a judgement")
    parser.add_argument("--doors", nargs="+", choices=names, default=names, metavar="DOOR", help=", ".join(names))
    parser.add_argument("--workers", type=int, default=0, help="gunicorn's, instead of those of lms/gunicorn.py")
    parser.add_argument("--threads", type=int, default=0, help="of each worker, instead of those of lms/gunicorn.py")
    return parser.parse_args(argv)


def _say(line: str = "", *, error: bool = False) -> None:
    out = sys.stderr if error else sys.stdout
    out.write(line + "\n")
    out.flush()


def _figures_of(kind: type[Store], doors: list[Door], scale: Scale, options: argparse.Namespace) -> list[Figure]:
    with opened(kind, people=scale.takers, workers=options.workers, threads=options.threads) as house:
        house.hire()
        _awaken(house)
        figures = [figure for door in doors for figure in _loaded(house, door, scale)]
        house.dismiss()  # alone now, and warm: what is left is what each answer costs
        figures += [figure for door in doors for figure in _counted(house, door)]
        return figures + [figure for door in doors for figure in _profiled(house, door, scale)]


def _awaken(house: House) -> None:
    """Wait until the worker has started: what it loads then is no cost of any answer."""
    used, deadline = -1.0, perf_counter() + 30.0
    while perf_counter() < deadline and (now := costs.parts(house)["worker"]) - used > 0.05 * 2.0:
        used = now
        sleep(2.0)


# — the cost in statements, one taker alone —


def _counted(house: House, door: Door) -> Iterator[Figure]:
    """Count the statements of each answer but the last, in a house where nobody else is."""
    if not isinstance(house.store, OnPostgreSQL):
        return
    counter, taker = costs.Statements(house.store), _taker(house, door)
    plain = over_http(HOST, house.port)
    found: list[list[tuple[str, dict[str, int]]]] = [[]]

    def send(request: Request) -> Reply:
        before = counter.now()
        reply = plain(request)
        found[-1].append((request.method, costs.difference(before, counter.now())))
        return reply

    for _ in range(COUNTED):
        play(taker.start(), plain)
        while not taker.is_finished:
            found.append([])
            play(taker.answer(), send)
        found.pop()
    answers = found[1:]
    posts = [costs.statements(counts) for answer in answers for method, counts in answer if method == "POST"]
    pages = [costs.statements(counts) for answer in answers for method, counts in answer if method == "GET"]
    commits = [sum(costs.commits(counts) for _, counts in answer) for answer in answers]
    yield _figure(door, "statements", median(posts), "per answer", target=6, peer=15)
    if pages:
        yield _figure(door, "page_statements", median(pages), "per page", note="of the page behind the 303")
    yield _figure(door, "commits", median(commits), "per answer", target=1, peer=3)


def _taker(house: House, door: Door) -> Taker:
    return TAKERS[door.kind](7, house.cookies[0] if door.is_signed_in else "")


def _profiled(house: House, door: Door, scale: Scale) -> Iterator[Figure]:
    """Say where the application's time goes, in a process of its own; around it, what the barest Django costs."""
    cookie = [house.cookies[0]] if door.is_signed_in else []
    barest = [_printed(house, "barest", str(BAREST_REQUESTS))]
    found = _printed(house, "layers", door.kind, str(scale.profiled), *cookie)
    barest.append(_printed(house, "barest", str(BAREST_REQUESTS)))
    one = found["requests"]["answer"] + found["requests"].get("page", 0.0) * (not door.is_one_exchange)
    yield _figure(door, "barest_request", mean(barest), "ms", note="a Django that inserts a row and draws a page")
    yield _figure(door, "answer_over_barest", one / mean(barest), "times", note="on any processor")
    for request, milliseconds in found["requests"].items():
        target = 5.0 if request == "answer" else None
        yield _figure(door, f"cpu_of_{request}_request", milliseconds, "ms per answer", target=target, note=ALONE)
    for layer, milliseconds in found["layers"].items():
        yield _figure(door, f"cpu_in_{layer.replace(' ', '_')}", milliseconds, "ms per answer", note=ALONE)


def _printed(house: House, module: str, *arguments: str) -> Any:
    """Return what a module of the bench prints, in a process of its own."""
    command = [sys.executable, "-m", f"benches.answers.{module}", *arguments]
    above = {"SOCLE_DATABASE_URL": house.store.url} if module == "barest" else {}  # it makes its table
    done = subprocess.run(command, cwd=ROOT, env=house.environment | above, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


# — under load —


@dataclass(frozen=True)
class Measured:
    """One rate: its outcome, what each part of the house used meanwhile, in ms per answer, and the worker's delay."""

    outcome: Outcome
    cpu: dict[str, float]
    behind: float  # seconds after the last answer until the worker had handled every event

    @property
    def is_sustained(self) -> bool:
        outcome = self.outcome
        return not outcome.is_drowned and not outcome.failures and self.percentile(95) <= SLOWEST

    def percentile(self, rank: int) -> float:
        """Return a percentile of the latencies, in seconds."""
        latencies = self.outcome.latencies
        return quantiles(latencies, n=100, method="inclusive")[rank - 1] if len(latencies) > 1 else float("inf")


def _loaded(house: House, door: Door, scale: Scale) -> Iterator[Figure]:
    cookies = house.cookies if door.is_signed_in else ()
    load = LoadProcess(Plan(HOST, house.port, door.kind, scale.takers, cookies))
    load.ask("settle")
    _caught_up(house)  # with what the takers did to find their places, which is no rate's
    runs = _stepped(house, door, scale, load)
    acknowledged = load.ask("acknowledged")
    load.stop()
    yield from _of_runs(door, runs)
    proof = prove(house.store, acknowledged)
    yield _figure(door, "acknowledged", proof.acknowledged, "answers", note="each one compared with the database")
    yield _figure(door, "lost", proof.lost, "answers", target=0)
    yield _figure(door, "doubled", proof.doubled, "answers", target=0)
    yield _figure(door, "gaps", proof.gaps, "attempts", target=0)


def _stepped(house: House, door: Door, scale: Scale, load: LoadProcess) -> dict[float, Measured]:
    """Go up until a rate is not sustained, then halve the gap below it."""
    runs: dict[float, Measured] = {}
    for rate in scale.rates:
        runs[rate] = _run(house, door, scale, load, rate)
        if not runs[rate].is_sustained and rate >= 150.0:
            break
    while scale.is_refined:
        low, high = sustained(runs), min((rate for rate in runs if not runs[rate].is_sustained), default=0.0)
        if high - low <= FINEST:
            break
        middle = (low + high) / 2
        runs[middle] = _run(house, door, scale, load, middle)
    return runs


def sustained(runs: dict[float, Measured]) -> float:
    """Return the highest rate below every one that was not sustained."""
    failed = min((rate for rate, run in runs.items() if not run.is_sustained), default=float("inf"))
    return max((rate for rate in runs if rate < failed), default=0.0)


def _run(house: House, door: Door, scale: Scale, load: LoadProcess, rate: float) -> Measured:
    sleep(1.0)
    before = costs.parts(house)
    outcome: Outcome = load.ask("run", rate, scale.seconds)
    behind = _caught_up(house)
    after, answers = costs.parts(house), max(len(outcome.latencies), 1)
    used = {**{part: after[part] - before[part] for part in after}, "load": outcome.load_cpu}
    measured = Measured(outcome, {part: 1000 * seconds / answers for part, seconds in used.items()}, behind)
    p50, p95, p99 = (1000 * measured.percentile(rank) for rank in (50, 95, 99))
    state = "" if measured.is_sustained else "  not sustained"
    cpu = ", ".join(f"{part} {value:.2f}" for part, value in measured.cpu.items())
    times = f"p50 {p50:.0f}, p95 {p95:.0f}, p99 {p99:.0f} ms"
    _say(f"  {door.name} {rate:g}/s: {times}; ms per answer: {cpu}{state}", error=True)
    for failure in outcome.failures[:3]:
        _say(f"    {failure}", error=True)
    return measured


def _caught_up(house: House) -> float:
    """Wait until the worker has handled every event, so that a rate pays for what it left; return the seconds."""
    started = perf_counter()
    while costs.waiting(house.store) and perf_counter() - started < LONGEST_BEHIND:
        sleep(0.2)
    return perf_counter() - started


def _of_runs(door: Door, runs: dict[float, Measured]) -> Iterator[Figure]:
    rate, least = sustained(runs), door.least_rate
    note = "the highest rate tried" if rate == max(runs) else ""
    yield _figure(door, "sustained", rate, "answers/s", target=least, peer=112, at_most=False, note=note)
    targets = {(100.0, 95): 100.0, (150.0, 95): 300.0} if door.store is OnPostgreSQL else {(100.0, 95): 300.0}
    for at in (100.0, 150.0):
        for rank in (50, 95, 99) if at in runs else ():
            value, peer = 1000 * runs[at].percentile(rank), 255 if rank == 50 else None
            yield _figure(door, f"p{rank}_at_{at:g}", value, "ms", target=targets.get((at, rank)), peer=peer)
    for at in (100.0, 150.0) if not door.is_one_exchange else ():
        if at in runs:
            value = 1000 * quantiles(runs[at].outcome.next_items or [0.0, 0.0], n=100, method="inclusive")[94]
            yield _figure(door, f"next_page_p95_at_{at:g}", value, "ms", note="from the same instant")
    chosen = runs[150.0] if 150.0 in runs and runs[150.0].is_sustained else runs[100.0]
    for part, value in chosen.cpu.items():
        target = 5.0 if part == "application" and door.is_one_exchange else None
        note = f"at {chosen.outcome.rate:g}/s" + ("" if door.is_one_exchange else ", pages read included")
        yield _figure(door, f"cpu_of_{part}", value, "ms per answer", target=target, note=note)
    yield _figure(door, "worker_behind", chosen.behind, "s", note="from the last answer to its last event handled")
    failures = sum(len(run.outcome.failures) for run in runs.values())
    repeats = sum(run.outcome.repeats for run in runs.values())
    yield _figure(door, "failures", failures, "requests", target=0, note=f"{repeats} repeated")


def _figure(door: Door, name: str, value: float, unit: str, *, peer: float | None = None, **rest: Any) -> Figure:
    return Figure("answers", f"{door.name}_{name}", value, unit, peer=PEER if peer else None, peer_value=peer, **rest)
