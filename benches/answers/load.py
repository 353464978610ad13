"""The load, in a process of its own: answers arrive at random instants that do not wait for the server.

A person who thinks does not care how slow the server is; so the instants are drawn beforehand (Poisson) and a latency
is counted from the instant an answer was due, not from when it could be sent.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection as Pipe
from random import Random
from typing import Any

from .inside import own_seconds
from .messages import Acknowledged, Exchanges, Reply, Request, Unexpected
from .takers import TAKERS, Taker
from .wire import Broken, Connections

TRIES, PAUSE = 20, 0.25  # an answer not acknowledged is sent again, the same, as the contract asks
OLDEST = 20  # a taker enters at a random place of an attempt, so that not all of them finish together
BACKLOG_SECONDS = 2.0  # of answers that wait: the server does not follow, there is nothing more to learn


@dataclass(frozen=True)
class Plan:
    """Against whom, how (a kind of TAKERS), by how many takers; `cookies`: one signed-in person per taker."""

    host: str
    port: int
    kind: str
    takers: int
    cookies: tuple[str, ...] = ()
    seed: int = 1


@dataclass
class Outcome:
    """What one rate gave, in seconds from the instant each answer was due, in order of arrival.

    `latencies`: until it was acknowledged (201, or the 303 of a page); `next_items`: until what comes next was there.
    """

    rate: float
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    next_items: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    repeats: int = 0
    is_drowned: bool = False
    load_cpu: float = 0.0


class Load:
    """The takers and their connections."""

    def __init__(self, plan: Plan) -> None:
        self.random, self.connections = Random(plan.seed), Connections(plan.host, plan.port)
        kind = TAKERS[plan.kind]
        cookies = plan.cookies or ("",) * plan.takers
        self.takers = [kind(plan.seed * 100_000 + n, cookies[n % len(cookies)]) for n in range(plan.takers)]
        self.idle: list[Taker] = []
        self.waiting: deque[float] = deque()
        self.busy = 0
        self.outcome = Outcome(0.0)

    async def settle(self, at_once: int = 12) -> None:
        """Bring every taker to a random place of a first attempt."""
        entering = iter(self.takers)

        async def enter() -> None:
            for taker in entering:
                await self._play(taker.start())
                for _ in range(self.random.randrange(OLDEST)):
                    await self._play(taker.answer())
                    if taker.is_finished:
                        await self._play(taker.start())
                self.idle.append(taker)

        await asyncio.gather(*(enter() for _ in range(at_once)))

    async def run(self, rate: float, seconds: float) -> Outcome:
        """Let answers arrive at `rate` a second for `seconds`, then wait for the last reply."""
        loop, self.outcome = asyncio.get_running_loop(), Outcome(rate)
        cpu, begin = own_seconds(), loop.time() + 0.05
        for instant in self._instants(rate, seconds):
            await asyncio.sleep(max(begin + instant - loop.time(), 0.0))
            self._due(begin + instant)
            if len(self.waiting) > BACKLOG_SECONDS * rate:
                self.outcome.is_drowned = True
                self.waiting.clear()
                break
        while self.busy:
            await asyncio.sleep(0.02)
        self.outcome.seconds, self.outcome.load_cpu = loop.time() - begin, own_seconds() - cpu
        return self.outcome

    def acknowledged(self) -> list[Acknowledged]:
        """Return all that was said to be kept, in order for each attempt."""
        return [answer for taker in self.takers for answer in taker.record.answers]

    def _instants(self, rate: float, seconds: float) -> Iterator[float]:
        at = self.random.expovariate(rate)
        while at < seconds:
            yield at
            at += self.random.expovariate(rate)

    def _due(self, due: float) -> None:
        """Have somebody answer now, or as soon as somebody can."""
        if not self.idle:
            self.waiting.append(due)
            return
        place = self.random.randrange(len(self.idle))
        self.idle[place], self.idle[-1] = self.idle[-1], self.idle[place]
        self.busy += 1
        asyncio.get_running_loop().create_task(self._answer(self.idle.pop(), due))

    async def _answer(self, taker: Taker, due: float) -> None:
        loop = asyncio.get_running_loop()
        try:
            await self._play(taker.answer())
            self.outcome.latencies.append(taker.acknowledged_at - due)
            self.outcome.next_items.append(loop.time() - due)
            if taker.is_finished:
                await self._play(taker.start())
        except (Unexpected, OSError, LookupError, ValueError) as error:
            self.outcome.failures.append(f"{type(error).__name__}: {error}")
            taker.is_finished = True
        await self._free(taker)

    async def _free(self, taker: Taker) -> None:
        if taker.is_finished and not await self._has_restarted(taker):
            self.busy -= 1
            return
        if self.waiting:
            asyncio.get_running_loop().create_task(self._answer(taker, self.waiting.popleft()))
            return
        self.busy -= 1
        self.idle.append(taker)

    async def _has_restarted(self, taker: Taker) -> bool:
        """Say whether a taker whose attempt went wrong could begin another one."""
        try:
            await self._play(taker.start())
        except (Unexpected, OSError, LookupError, ValueError) as error:
            self.outcome.failures.append(f"{type(error).__name__}: {error}")
        return not taker.is_finished

    async def _play(self, exchanges: Exchanges) -> None:
        request = next(exchanges)
        while True:
            reply = await self._insist(request)
            try:
                request = exchanges.send(reply)
            except StopIteration:
                return

    async def _insist(self, request: Request) -> Reply:
        """Send until there is an answer other than 503, the same request under the same key."""
        for _ in range(TRIES):
            try:
                reply = await self.connections.send(request)
            except Broken:
                reply = None
            if reply is not None and reply.status != 503:
                return reply
            self.outcome.repeats += 1
            await asyncio.sleep(PAUSE if reply else 0.0)
        raise Unexpected(reply or Reply(0, {}, b"the connection broke again and again"))


class LoadProcess:
    """The load seen from the bench: orders go through a pipe, results come back."""

    def __init__(self, plan: Plan) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_obey, args=(theirs, plan), daemon=True)
        self._process.start()

    def ask(self, order: str, *arguments: Any) -> Any:
        """Have a method of Load run, and return what it returned. Raises RuntimeError with what went wrong there."""
        self._pipe.send((order, arguments))
        is_done, value = self._pipe.recv()
        if not is_done:
            raise RuntimeError(value)
        return value

    def stop(self) -> None:
        """End the process."""
        self._pipe.close()
        self._process.join(10)


def _obey(pipe: Pipe, plan: Plan) -> None:
    asyncio.run(_serve(pipe, Load(plan)))


async def _serve(pipe: Pipe, load: Load) -> None:
    while True:
        try:
            order, arguments = pipe.recv()
        except EOFError:
            return
        gc.collect()
        gc.freeze()
        await asyncio.sleep(0)  # hear of the connections the server closed meanwhile
        try:
            value = getattr(load, order)(*arguments)
            pipe.send((True, await value if asyncio.iscoroutine(value) else value))
        except Exception as error:  # noqa: BLE001 - told on the other side
            pipe.send((False, f"{type(error).__name__}: {error}"))
