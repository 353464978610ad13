"""The facts of somebody's following of a module or a journey, and of what they were issued."""

from tincan import Result

from certificates.events import CertificateIssued
from certificates.types import Verification
from lms.learning.api import Journey, Module
from lms.learning.events import JourneyCompleted, ModuleCompleted, ModuleStarted, StepSeen

from . import activities, vocabulary
from .facts import Fact, result, score, thing

FULL = 100
ModuleEvent = ModuleStarted | StepSeen | ModuleCompleted


def module_started(event: ModuleStarted, module: Module) -> Fact:
    """Return that a module was begun."""
    return _module_fact(event, module, "initialized", key="initialized")


def step_seen(event: StepSeen, module: Module) -> Fact:
    """Return that a step is behind: the progress is the share of steps seen, in whole %."""
    share = {vocabulary.PROGRESS: FULL * event.seen // max(event.steps, 1)}
    step = {vocabulary.extension("step"): event.step}
    return _module_fact(
        event,
        module,
        "progressed",
        key=f"progressed/{event.step}",
        made=result(extensions=share | step),
    )


def module_completed(event: ModuleCompleted, module: Module) -> Fact:
    """Return that a module is completed: the score is that of its final check; no duration when none was measured."""
    made = result(
        completion=True, success=True, score=score(event.check, FULL), seconds=event.seconds if event.seconds else None
    )
    return _module_fact(event, module, "completed", key="completed", made=made)


def journey_completed(event: JourneyCompleted, journey: Journey) -> Fact:
    """Return that a journey is completed."""
    return Fact(
        key=f"journey/{event.aggregate}/completed",
        verb="completed",
        activity=activities.named(journey, vocabulary.JOURNEY),
        at=event.at,
        registration=event.aggregate,
        result=result(completion=True),
    )


def earned(event: CertificateIssued, certificate: Verification) -> Fact:
    """Return that something was issued. Its code stays out: whoever has it can read the holder's name."""
    return Fact(
        key=f"certificate/{event.aggregate}/earned",
        verb="earned",
        activity=thing(
            vocabulary.activity("achievement", event.achievement), vocabulary.CERTIFICATE, {"fr": certificate.title}
        ),
        at=event.at,
    )


def _module_fact(event: ModuleEvent, module: Module, verb: str, *, key: str, made: Result | None = None) -> Fact:
    return Fact(
        key=f"module/{event.aggregate}/{key}",
        verb=verb,
        activity=activities.named(module, vocabulary.MODULE),
        at=event.at,
        registration=event.aggregate,
        result=made,
        grouping=[activities.competency(code) for code in module.competencies],
    )
