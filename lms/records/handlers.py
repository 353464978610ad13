"""What happened becomes statements. What is told is read from rows as they are now: what was erased tells nothing.

One listener hears everything: the statements of an attempt, or of a module, are kept in the order of its events. It is
given several at once, of different attempts and people, and reads and writes for all of them together.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from certificates import api as certificates
from certificates.events import CertificateIssued
from kernel.events import Event, listen_to_several
from lms.assessments.api import Attempt
from lms.assessments.events import AttemptCompleted, AttemptErased, AttemptKept, AttemptStarted, LearnerAnswered
from lms.learning import api as learning
from lms.learning.events import ItemPractised, JourneyCompleted, ModuleCompleted, ModuleStarted, StepSeen

from . import following, selectors, services, sittings
from .facts import Fact
from .selectors import Answers
from .services import Said


def tell(events: Sequence[Event]) -> None:
    """Keep what events say of somebody, or forget what was erased."""
    for erased in _among(events, {AttemptErased}):
        services.forget_registration(registration=erased.aggregate)
    services.keep(
        [
            *_of_sittings(_among(events, SITTINGS)),
            *_of_following(_among(events, {JourneyCompleted, *MODULES})),
            *_of_practice(_among(events, {ItemPractised})),
            *_of_certificates(_among(events, {CertificateIssued})),
        ]
    )


def _begun(attempt: Attempt, event: AttemptStarted, answers: Answers) -> list[Fact]:
    return [sittings.begun(attempt)]


def _answered(attempt: Attempt, event: LearnerAnswered, answers: Answers) -> list[Fact]:
    given = answers.get((attempt.pk, event.position))
    return [sittings.answered(attempt, given)] if given else []


def _ended(attempt: Attempt, event: AttemptCompleted, answers: Answers) -> list[Fact]:
    return sittings.ended(attempt)


def _whole(attempt: Attempt, event: AttemptKept, answers: Answers) -> list[Fact]:
    return sittings.whole(attempt)


SITTINGS: dict[type[Event], Callable[[Attempt, Any, Answers], list[Fact]]] = {
    AttemptStarted: _begun,
    LearnerAnswered: _answered,
    AttemptCompleted: _ended,
    AttemptKept: _whole,
}
MODULES: dict[type[Event], Callable[[Any, Any], Fact]] = {
    ModuleStarted: following.module_started,
    StepSeen: following.step_seen,
    ModuleCompleted: following.module_completed,
}


def _among(events: Sequence[Event], kinds: Collection[type[Event]]) -> list[Any]:
    return [event for event in events if type(event) in kinds]


def _of_sittings(events: list[Any]) -> Iterator[Said]:
    """Anonymous attempts tell nothing, until they are kept; erased ones nothing any more."""
    attempts = selectors.owned_attempts(event.aggregate for event in events)
    answered = [event for event in _among(events, {LearnerAnswered}) if event.aggregate in attempts]
    answers = selectors.answers((attempts[event.aggregate].pk, event.position) for event in answered)
    for event in events:
        attempt = attempts.get(event.aggregate)
        if attempt is not None and attempt.owner_id is not None:
            for fact in SITTINGS[type(event)](attempt, event, answers):
                yield attempt.owner_id, fact


def _of_following(events: list[Any]) -> Iterator[Said]:
    """Progress that is erased, with its person, tells nothing any more."""
    here = selectors.those_here({event.owner for event in events})
    for event in events:
        if event.owner in here and (fact := _followed(event)):
            yield event.owner, fact


def _followed(event: Any) -> Fact | None:
    if isinstance(event, JourneyCompleted):
        journey = learning.journey(event.journey)
        return following.journey_completed(event, journey) if journey else None
    module = learning.module(event.module)
    return MODULES[type(event)](event, module) if module else None


def _of_practice(events: list[ItemPractised]) -> Iterator[Said]:
    """Practice is told from its row: gone with its person, it tells nothing any more."""
    for row in selectors.practised(event.aggregate for event in events):
        yield row.owner_id, sittings.practised(row)


def _of_certificates(events: list[CertificateIssued]) -> Iterator[Said]:
    """Say it of somebody of ours: the issuer's other holders are nobody here."""
    for event in events:
        person_id = selectors.person_of(event.holder_ref)
        issued = [one for one in certificates.of_holder(event.holder_ref) if one.uuid == event.aggregate]
        if person_id is not None:
            yield from ((person_id, following.earned(event, one)) for one in issued)


def _is_of_somebody(event: Any) -> bool:
    """Most attempts are anonymous: their beginning and end concern no record."""
    return event.owner is not None


for heard in (AttemptErased, CertificateIssued, ItemPractised, JourneyCompleted, *MODULES):
    listen_to_several(heard)(tell)
for told in SITTINGS:
    listen_to_several(told, only=_is_of_somebody)(tell)
