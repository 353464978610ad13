"""Every page in every state, at 1280 and 320 px: open to all, no wider than its screen, silent, without a cookie."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import DESKTOP, PHONE, Faults, enter, watched
from tests.e2e.installation import Installation
from tests.e2e.judging import fits, judge, open_all
from tests.e2e.states import STATES, State

TO_AN_ACCOUNT = "/compte/"  # its forms need their two cookies
ERROR_PAGES = ("400", "403_csrf", "409", "410", "413", "422", "500", "503", "503-answer")


@dataclass
class Tab:
    """A page that goes from state to state, with what it noticed in the present one."""

    page: Page
    faults: Faults
    statuses: list[int] = field(default_factory=list)

    def visit(self, state: State, site: Installation) -> None:
        """Go to a state, on a desktop."""
        self.page.set_viewport_size(DESKTOP)
        self.faults.clear()
        self.statuses.clear()
        self.page.goto(state.path(site.stage))
        if state.gesture:
            state.gesture(self.page)


@pytest.fixture(scope="module")
def tab_of(chromium: Browser, site: Installation) -> Iterator[Callable[[str, str], Tab]]:
    """Give the tab of a reader; each reader keeps theirs, which costs less than a new visitor per state."""
    tabs: dict[tuple[str, str], Tab] = {}

    def tab_of(role: str, use: str) -> Tab:
        if (role, use) not in tabs:
            tabs[role, use] = _new_tab(chromium, site, role)
        return tabs[role, use]

    yield tab_of
    for tab in tabs.values():
        tab.page.context.close()


def _new_tab(chromium: Browser, site: Installation, role: str) -> Tab:
    context = chromium.new_context(base_url=site.url, locale="fr-FR")
    context.set_default_timeout(20_000)
    if role:
        enter(context, role)
    faults = Faults()
    tab = Tab(watched(context.new_page(), site.url, faults), faults)

    def on_response(response: object) -> None:
        if response.request.resource_type in {"document", "fetch"}:  # type: ignore[attr-defined]
            tab.statuses.append(response.status)  # type: ignore[attr-defined]

    tab.page.on("response", on_response)
    return tab


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_every_state_is_open_to_all(state: State, tab_of: Callable[[str, str], Tab], site: Installation) -> None:
    is_of_accounts = TO_AN_ACCOUNT in state.path(site.stage)
    tab = tab_of(state.role, TO_AN_ACCOUNT if is_of_accounts else "")
    tab.visit(state, site)
    assert tab.statuses[-1] == state.status
    judge(tab.page)
    tab.page.set_viewport_size(PHONE)
    fits(tab.page)
    open_all(tab.page)
    judge(tab.page)
    told = "the server responded with a status of" if state.status >= 400 else "nothing"
    assert not [fault for fault in tab.faults if told not in fault]
    assert tab.page.evaluate("localStorage.length + sessionStorage.length") == 0
    if not state.role and not is_of_accounts:
        assert tab.page.context.cookies() == []


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_error_pages_are_open_to_all(name: str, page: Page, site: Installation) -> None:
    body = site.stage["plain_pages"][name]
    page.route("**/rendue", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto("/rendue")
    judge(page)
    page.set_viewport_size(PHONE)
    judge(page)
