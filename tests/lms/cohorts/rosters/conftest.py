"""A coordinator of Ambre, and what sends a roster to one of its cohorts."""

import io
from collections.abc import Callable

import pytest

from lms.accounts.api import User
from lms.cohorts.api import Access, access_of
from lms.cohorts.rosters import services
from lms.cohorts.rosters.models import RosterImport
from tests.lms.cohorts.country import Country

Send = Callable[..., RosterImport]


@pytest.fixture
def claire(country: Country) -> User:
    return country.coordinator()


@pytest.fixture
def access(country: Country, claire: User) -> Access:
    return access_of(claire.pk, country.now)


@pytest.fixture
def send(country: Country, access: Access) -> Send:
    """Send a file for Ambre's cohort; name its columns as they are guessed, when they have to be."""

    def sent(data: bytes, *, mode: str = "add", name: str = "liste.csv") -> RosterImport:
        cohort = country.cohorts["ambre"]
        roster = services.begin(
            access=access, cohort=cohort, mode=mode, file=io.BytesIO(data), name=name, now=country.now
        )
        if roster.state == RosterImport.State.MAPPING:
            services.name_columns(roster=roster, mapping=roster.mapping, access=access, now=country.now)
        return RosterImport.objects.get(pk=roster.pk)

    return sent


@pytest.fixture
def apply(country: Country, access: Access) -> Callable[[RosterImport], RosterImport]:
    """Confirm what is shown and run its job."""
    from kernel import jobs
    from kernel.models import Job

    def applied(roster: RosterImport) -> RosterImport:
        services.confirm(roster=roster, digest=roster.digest, access=access, now=country.now)
        job = Job.objects.filter(kind=services.JOB).order_by("-pk")[0]
        jobs.run(job.pk, now=country.now)
        job.refresh_from_db()
        assert job.state == Job.State.DONE, job.error
        return RosterImport.objects.get(pk=roster.pk)

    return applied
