"""Every page in every state, at 1280 and 320 px: open to all, no wider than its screen, silent, without a cookie."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import PHONE, Faults
from tests.e2e.installation import Installation
from tests.e2e.judging import fits, judge, open_all
from tests.e2e.states import STATES, State

TO_AN_ACCOUNT = "/compte/"  # its forms need their two cookies


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_every_state_is_open_to_all(
    state: State, open_page: Callable[..., Page], site: Installation, faults: Faults
) -> None:
    page = open_page(state.role)
    statuses: list[int] = []
    page.on(
        "response",
        lambda response: (
            statuses.append(response.status) if response.request.resource_type in {"document", "fetch"} else None
        ),
    )
    page.goto(state.path(site.stage))
    if state.gesture:
        state.gesture(page)
    assert statuses[-1] == state.status
    judge(page)
    page.set_viewport_size(PHONE)
    fits(page)
    open_all(page)
    judge(page)
    if state.status >= 400:
        faults[:] = [fault for fault in faults if "the server responded with a status of" not in fault]
    if not state.role and TO_AN_ACCOUNT not in state.path(site.stage):
        assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


PLAIN = ("400", "403_csrf", "409", "410", "413", "422", "500", "503", "503-answer")


@pytest.mark.parametrize("name", PLAIN)
def test_error_pages_are_open_to_all(name: str, page: Page, site: Installation) -> None:
    body = site.stage["plain_pages"][name]
    page.route("**/rendue", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto("/rendue")
    judge(page)
    page.set_viewport_size(PHONE)
    judge(page)
