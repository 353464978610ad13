"""Who gets through which door, by role and by where the object is. Behind the door a line of the table says what."""

from collections.abc import Callable

from tests.architecture.access.objects import ATTACHED, BESIDE, MISSING, OTHER, OWN

Door = Callable[[str, str], bool]
ROLES = (
    "anonymous",
    "learner",
    "learner elsewhere",
    "instructor",
    "instructor of one cohort",
    "instructor elsewhere",
    "coordinator",
    "coordinator attached",
    "coordinator elsewhere",
    "coordinator until yesterday",
    "author",
    "reviewer",
    "invigilator",
    "ambassador",
    "pilot",
    "superuser",
)
# Where no role opens anything, one of each kind is asked.
FEW = ("anonymous", "learner", "coordinator", "superuser")
# Those who open something that others do not: they are asked of everything, everywhere.
INVOLVED = (*ROLES[:9], "pilot", "superuser")
HERE = frozenset({OWN, BESIDE})
# The role, and the places whose object it opens.
KEPT = {"coordinator": HERE, "coordinator attached": {ATTACHED}, "coordinator elsewhere": {OTHER}}
COORDINATED = KEPT | {"coordinator": HERE | {ATTACHED}}
SEEN = COORDINATED | {"instructor": HERE | {ATTACHED}, "instructor elsewhere": {OTHER}}
SEEN_COHORT = SEEN | {"instructor of one cohort": {OWN}}
SEEN_HOUSE = SEEN | {"instructor of one cohort": HERE}
THEIRS = {"learner": HERE, "learner elsewhere": {OTHER}}


def among(places_by_role: dict[str, frozenset[str] | set[str]]) -> Door:
    """Return the door that opens to these roles, for the objects of these places."""
    return lambda role, place: place in places_by_role.get(role, ())


def everyone(role: str, place: str) -> bool:
    """Open to all, for what there is."""
    return place != MISSING


def signed_in(role: str, place: str) -> bool:
    """Open to whoever has an account."""
    return place != MISSING and role != "anonymous"


def platform(role: str, place: str) -> bool:
    """Open to administrators of the platform."""
    return role == "superuser" and place != MISSING


def nobody(role: str, place: str) -> bool:
    """Open to no one: there is nothing to see in this country."""
    return False


def either(*doors: Door) -> Door:
    """Open where one of the doors does."""
    return lambda role, place: any(door(role, place) for door in doors)


def without(door: Door, place: str) -> Door:
    """Open as `door` does, except at a place where there is no such thing."""
    return lambda role, at: at != place and door(role, at)


pilot = among({"pilot": HERE})
pilot_of_universities = among({"pilot": HERE | {OTHER}})  # an institute counts with its university
coordinators = among(COORDINATED)
anywhere = either(*(among({role: {OWN, BESIDE, ATTACHED, OTHER, MISSING}}) for role in COORDINATED))
framing = among(SEEN)
cohort = among(SEEN_COHORT)
house = among(SEEN_HOUSE)
learner = among(THEIRS)
keepers = either(among(KEPT), platform)
staff = either(among(SEEN_HOUSE), platform)
attachment = either(
    among({"coordinator attached": {ATTACHED}}), lambda role, at: role == "superuser" and at == ATTACHED
)
