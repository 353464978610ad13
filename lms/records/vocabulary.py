"""The words of our statements: verbs, types of activities, extensions, addresses (docs/xapi-profile.md)."""

from dataclasses import dataclass

from django.conf import settings

OURS = "socle"  # the recipient that our own store is
ADL = "http://adlnet.gov/expapi"


@dataclass(frozen=True)
class VerbEntry:
    """A verb: its IRI, and how it is said."""

    key: str
    iri: str
    fr: str
    en: str


VERBS = {
    verb.key: verb
    for verb in (
        VerbEntry("initialized", f"{ADL}/verbs/initialized", "a commencé", "initialized"),
        VerbEntry("answered", f"{ADL}/verbs/answered", "a répondu", "answered"),
        VerbEntry("progressed", f"{ADL}/verbs/progressed", "a avancé", "progressed"),
        VerbEntry("completed", f"{ADL}/verbs/completed", "a terminé", "completed"),
        VerbEntry("passed", f"{ADL}/verbs/passed", "a réussi", "passed"),
        VerbEntry("failed", f"{ADL}/verbs/failed", "n’a pas réussi", "failed"),
        VerbEntry("achieved", "https://w3id.org/xapi/tla/verbs/achieved", "a établi", "achieved"),
        VerbEntry("earned", "http://id.tincanapi.com/verb/earned", "a obtenu", "earned"),
    )
}
VERB_OF = {verb.iri: verb.key for verb in VERBS.values()}

ASSESSMENT = f"{ADL}/activities/assessment"
INTERACTION = f"{ADL}/activities/cmi.interaction"
MODULE = f"{ADL}/activities/module"
STEP = f"{ADL}/activities/lesson"
JOURNEY = f"{ADL}/activities/course"
COMPETENCY = "https://w3id.org/xapi/tla/activity-types/competency"
CERTIFICATE = "https://www.opigno.org/en/tincan_registry/activity_type/certificate"

PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"  # a whole number from 0 to 100, as cmi5 has it


def home() -> str:
    """Return the address of this platform, without a slash at its end: it begins our IRIs and names our accounts."""
    return str(settings.WAGTAILADMIN_BASE_URL).rstrip("/")


def extension(name: str) -> str:
    """Return the IRI of one of our extensions."""
    return f"{home()}/xapi/extensions/{name}"


def activity(*parts: str) -> str:
    """Return the IRI of something that has no page: an item version, a competency, an achievement."""
    return "/".join((home(), "xapi", "activities", *parts))


def page(*parts: str) -> str:
    """Return the IRI of something that has a page: it is the page's address, in French."""
    return "/".join((home(), *parts, ""))
