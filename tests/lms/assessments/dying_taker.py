"""A web process that dies in the middle of a request: python -m tests.lms.assessments.dying_taker.

Reads one JSON line per request {address, payload, key, number, moment, is_mutant}; a fork of this process makes the
request and dies at its statement `number`; writes the fork's exit status, 9 when it died there.
"""

import json
import os
import sys

import django

django.setup()

from contextlib import ExitStack  # noqa: E402
from typing import Any  # noqa: E402

from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402

from tests.lms.assessments.faults import Fault, committing_each_statement, die, failing  # noqa: E402
from tests.lms.assessments.taking import Taker  # noqa: E402


def serve(plan: dict[str, Any]) -> int:
    """Make the request, and die on the way; return 0 if the statement was never reached."""
    with ExitStack() as stack:
        if plan["is_mutant"]:
            stack.enter_context(committing_each_statement())
        stack.enter_context(failing(Fault(plan["number"], plan["moment"], die)))
        headers = {"Idempotency-Key": plan["key"]} if plan["key"] else {}
        status = Taker(client=Client()).post(plan["address"], plan["payload"], **headers).status_code
    return 0 if status == 201 else 1


def warm_up(address: str) -> None:
    """Read once what every fork needs, then leave no connection to share with them."""
    Client().get(address)
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()


def main() -> None:
    """Fork for each line."""
    warm_up(sys.argv[1])
    for line in sys.stdin:
        child = os.fork()
        if not child:
            os._exit(serve(json.loads(line)))
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
