"""Someone in front of the pages of a sitting: by mouse, by keyboard alone, or with JavaScript off."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.judging import focus_is_seen

MOST = 40  # more situations than any assessment has
MOST_TABS = 80
GESTURE = "[name=gesture]"
END = "form[data-sitting] .actions .button"


def begin(page: Page, assessment: str = "citizen", prefix: str = "", query: str = "") -> str:
    """Go through the start page to the first situation; return the attempt's token."""
    page.goto(f"{prefix}/evaluation/{assessment}/{query}")
    page.locator("main form .button").first.click()
    page.wait_for_url("**/evaluation/s/*/**")
    return token_of(page)


def token_of(page: Page) -> str:
    """Return the token of the attempt on screen."""
    return page.url.split("/evaluation/s/")[1].split("/")[0]


def served(page: Page) -> str:
    """Return the name of the item on screen."""
    return page.locator("[name=item]").get_attribute("value") or ""


def position(page: Page) -> int:
    """Return which situation this is."""
    return int("".join(sign for sign in page.locator(".progress").inner_text().split(",")[0] if sign.isdigit()))


def wait_past(page: Page, item: str) -> None:
    """Wait until `item` is no longer what is asked."""
    page.locator(f'main:not(:has([name=item][value="{item}"]))').wait_for()


def fill(page: Page) -> None:
    """Answer the item on screen, whichever its interaction, without sending."""
    form = page.locator("form[data-sitting]")
    if form.locator(GESTURE).count():
        make_gesture(page, lambda: form.locator(GESTURE).first.click())
        return
    if form.locator("[type=radio]").count():
        form.locator("[type=radio]").nth(1).check()
    for box in form.locator("[type=checkbox][name=choices]").all()[:2]:
        box.check()
    if form.locator("[name=value], [name=text]").count():
        form.locator("[name=value], [name=text]").fill("12")
    for blank in form.locator("input[name^=blank-]").all():
        blank.fill("12")
    for place, select in enumerate(form.locator("select").all(), 1):
        select.select_option(index=place if "order-" in (select.get_attribute("name") or "") else 1)


def send(page: Page, name: str = "Valider") -> None:
    """Press the button and wait for what comes next."""
    item = served(page)
    is_played = page.locator(GESTURE).count() or page.locator(".sim").count()
    ends = is_played and name == "Valider"  # a simulation says it in other words
    (page.locator(END) if ends else page.get_by_role("button", name=name)).click()
    wait_past(page, item)


def make_gesture(page: Page, gesture: Callable[[], None]) -> None:
    """Make a gesture of a simulation and wait for what follows."""
    step = page.locator("[name=step]").get_attribute("value")
    gesture()
    page.locator(f'[name=step]:not([value="{step}"])').wait_for(state="attached")


def answer(page: Page, name: str = "Valider") -> None:
    """Answer and go on."""
    fill(page)
    send(page, name)


def finish(page: Page, name: str = "Valider") -> int:
    """Answer to the end; return how many situations there were."""
    for done in range(MOST):
        if is_at_profile(page):
            return done
        answer(page, name)
    raise AssertionError("the sitting does not end")


def is_at_profile(page: Page) -> bool:
    """Say whether the sitting is over."""
    return page.url.split("?")[0].endswith("/profil")


# --- by keyboard alone


def tab_to(page: Page, target: str | Callable[[], Locator]) -> None:
    """Press Tab until the focus is there; on the way it must always be seen."""
    wanted = page.locator(target).first if isinstance(target, str) else target()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focus_is_seen(page)
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{page.url}: Tab never reaches {target}")


def type_answer(page: Page) -> None:
    """Answer the item on screen with keys."""
    form = "form[data-sitting] "
    if page.locator(form + GESTURE).count():
        tab_to(page, form + GESTURE)
        make_gesture(page, lambda: page.keyboard.press("Enter"))
    elif page.locator(form + "[type=radio]").count():
        tab_to(page, form + "[type=radio]")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        expect(page.locator(form + "[type=radio]").nth(1)).to_be_checked()
    elif page.locator(form + "[name=choices]").count():
        tab_to(page, form + "[name=choices]")
        page.keyboard.press("Space")
    elif page.locator(form + "[data-order]").count():
        first = page.locator("[data-order] li").first.inner_text()
        tab_to(page, form + "[data-step='1']")
        page.keyboard.press("Enter")
        assert page.locator("[data-order] li").nth(1).inner_text() == first
    else:
        _type_fields(page, form)


def _type_fields(page: Page, form: str) -> None:
    for field in page.locator(form + ":is([name=value], [name=text], input[name^=blank-])").all():
        tab_to(page, lambda found=field: found)
        page.keyboard.type("12")
    for select in page.locator(form + "select").all():
        tab_to(page, lambda found=select: found)
        page.keyboard.press("ArrowDown")
        expect(select).not_to_have_value("")


def press_send(page: Page) -> None:
    """Tab to the button and press it."""
    item = served(page)
    tab_to(page, "form[data-sitting] .actions .button")
    page.keyboard.press("Enter")
    wait_past(page, item)
