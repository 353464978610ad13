"""What happened becomes statements. What is told is read from rows as they are now: what was erased tells nothing.

One listener hears everything: the statements of an attempt, or of a module, are kept in the order of its events.
"""

from collections.abc import Callable
from typing import Any

from certificates import api as certificates
from certificates.events import CertificateIssued
from kernel.events import Event, listen
from lms.assessments.api import Attempt
from lms.assessments.events import AttemptCompleted, AttemptErased, AttemptKept, AttemptStarted, LearnerAnswered
from lms.learning import api as learning
from lms.learning.events import ItemPractised, JourneyCompleted, ModuleCompleted, ModuleStarted, StepSeen

from . import following, selectors, services, sittings
from .facts import Fact

Facts = list[Fact]


def tell(event: Event) -> None:
    """Keep what an event says of somebody, or forget what was erased."""
    if isinstance(event, AttemptErased):
        services.forget_registration(registration=event.aggregate)
    elif isinstance(event, CertificateIssued):
        _tell_certificate(event)
    elif isinstance(event, ItemPractised):
        _tell_practice(event)
    elif type(event) in SITTINGS:
        _tell_sitting(event)
    else:
        _tell_following(event)


SITTINGS: dict[type[Event], Callable[[Attempt, Any], Facts]] = {
    AttemptStarted: lambda attempt, event: [sittings.begun(attempt)],
    LearnerAnswered: lambda attempt, event: sittings.answered(attempt, event.position),
    AttemptCompleted: lambda attempt, event: sittings.ended(attempt),
    AttemptKept: lambda attempt, event: sittings.whole(attempt),
}
MODULES: dict[type[Event], Callable[[Any, Any], Fact]] = {
    ModuleStarted: following.module_started,
    StepSeen: following.step_seen,
    ModuleCompleted: following.module_completed,
}


def _tell_sitting(event: Event) -> None:
    """Anonymous attempts tell nothing, until they are kept; erased ones nothing any more."""
    attempt = selectors.owned_attempt(event.aggregate)
    if attempt is not None and attempt.owner_id is not None:
        services.keep(person_id=attempt.owner_id, facts=SITTINGS[type(event)](attempt, event))


def _tell_following(event: Any) -> None:
    """Progress that is erased, with its person, tells nothing any more."""
    if not selectors.is_here(event.owner):
        return
    if isinstance(event, JourneyCompleted):
        journey = learning.journey(event.journey)
        facts = [following.journey_completed(event, journey)] if journey else []
    else:
        module = learning.module(event.module)
        facts = [MODULES[type(event)](event, module)] if module else []
    services.keep(person_id=event.owner, facts=facts)


def _tell_practice(event: ItemPractised) -> None:
    """Practice is told from its row: gone with its person, it tells nothing any more."""
    row = selectors.practised(event.aggregate)
    if row is not None:
        services.keep(person_id=row.owner_id, facts=[sittings.practised(row)])


def _tell_certificate(event: CertificateIssued) -> None:
    """Say it of somebody of ours: the issuer's other holders are nobody here."""
    person_id = selectors.person_of(event.holder_ref)
    issued = [one for one in certificates.of_holder(event.holder_ref) if one.uuid == event.aggregate]
    if person_id is not None:
        services.keep(person_id=person_id, facts=[following.earned(event, one) for one in issued])


def _is_of_somebody(event: Any) -> bool:
    """Most attempts are anonymous: their beginning and end concern no record."""
    return event.owner is not None


for heard in (AttemptErased, CertificateIssued, ItemPractised, JourneyCompleted, *MODULES):
    listen(heard)(tell)
for told in SITTINGS:
    listen(told, only=_is_of_somebody)(tell)
