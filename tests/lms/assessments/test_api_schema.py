"""The API does what its description says, and the description is complete: schemathesis, with every check it has."""

import json
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, settings

from lms.wsgi import application
from tests.lms.assessments.taking import ATTEMPTS, Taker

DESCRIPTION = "/api/v1/openapi.json"
CALM = settings(
    max_examples=40, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


api = schemathesis.openapi.from_wsgi(DESCRIPTION, application)


@pytest.mark.django_db(transaction=True)
@api.parametrize()
@CALM
def test_schemathesis_finds_nothing(case: Any, bank: None) -> None:
    case.call_and_validate()
