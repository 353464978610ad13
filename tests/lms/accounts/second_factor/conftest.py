"""In this folder the second factor is asked, as in production."""

from datetime import datetime

import pytest

from lms.accounts.api import User
from lms.cohorts.api import grant_role
from lms.cohorts.models import Institution, RoleGrant
from tests.lms.accounts.second_factor.walking import person


@pytest.fixture(autouse=True)
def asked(settings: object) -> None:
    settings.SECOND_FACTOR_FOR_STAFF = True  # type: ignore[attr-defined]


@pytest.fixture
def house(db: None) -> Institution:
    return Institution.objects.create(key="ambre", name="Université de la Côte d’Ambre")


@pytest.fixture
def teacher(house: Institution, now: datetime) -> User:
    user = person("ada@demo.example")
    grant_role(user=user, role=RoleGrant.Role.INSTRUCTOR, institution=house, now=now)
    return user


@pytest.fixture
def learner(db: None) -> User:
    return person("lina@demo.example")
