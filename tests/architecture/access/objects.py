"""What each place has to show at an address: one's own house, a cohort beside, the institute attached, another's."""

from lms.assessments.api import start_attempt
from tests.lms.walls.country import AMBRE, BRUME, INSTITUT, Country, House

OWN, BESIDE, ATTACHED, OTHER, MISSING = "own", "beside", "attached", "other", "missing"
PLACES = (OWN, BESIDE, ATTACHED, OTHER, MISSING)
NOBODY = "00000000-0000-4000-8000-00000000dead"
NOWHERE = {
    "key": "nulle-part",
    "uuid": NOBODY,
    "cohort": NOBODY,
    "student_uuid": NOBODY,
    "student": NOBODY,
    "pk": "987654321",
    "token": "x" * 43,
    "code": "ZZZZ-ZZZZ",
    "kind": "csv",
}


class Objects:
    """The values of parameters, by place and by route."""

    def __init__(self, country: Country) -> None:
        self.country = country
        houses = country.houses
        self.houses = {OWN: houses[AMBRE], ATTACHED: houses[INSTITUT], OTHER: houses[BRUME]}
        self.tokens = {place: _attempt(house) for place, house in self.houses.items()}

    def values(self, name: str, place: str) -> dict[str, str]:
        """Return what the parameters of the route `name` are worth at `place`."""
        if place == MISSING:
            return dict(NOWHERE)
        house = self.houses[OWN if place == BESIDE else place]
        cohort = self.country.beside if place == BESIDE else house.cohort
        values = {
            "key": house.institution.key,
            "cohort": str(cohort.uuid),
            "uuid": str(cohort.uuid),
            "student_uuid": str(house.student.uuid),
            "student": str(house.student.uuid),
            "token": self.tokens[OWN if place == BESIDE else place],
            "code": house.code.code,
            "kind": "csv",
        }
        return values | self._special(name, house)

    def _special(self, name: str, house: House) -> dict[str, str]:
        """Return what one name of parameter means for these routes alone."""
        if name.startswith("prescribing:"):
            return {"uuid": str(house.assignment.uuid), "code": house.assignment.written_code}
        if name.startswith("cohorts:roster"):
            return {"uuid": str(house.roster.uuid)}
        if name.startswith("cohorts:invitation"):
            return {"uuid": str(house.invitation.uuid), "token": house.token}
        if name.startswith("dashboards:taught"):
            return {"uuid": str(house.taught.uuid), "taught": str(house.taught.uuid)}
        pk = self.country.attachment.pk if name == "cohorts:institution_attachment" else house.grant.pk
        return {"pk": str(pk)} | ({"uuid": str(house.student.uuid)} if name.endswith("_place") else {})


def _attempt(house: House) -> str:
    return str(start_attempt(assignment=house.assignment.code, locale="fr", owner_id=house.learner.pk).attempt.token)
