"""What is asked of every page: what axe finds, no wider than its screen, focus that can be seen."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Target size (WCAG 2.2) is off by default in axe: naming the tags turns it on.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "preload": False}
AXE = Axe()
# Every element wider than the screen, but those inside what scrolls by itself (a table, a log), as it is meant to.
TOO_WIDE = """() => {
  const limit = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth - limit;
  if (wide <= 0) return "";
  const scrolls = one => !!one && (getComputedStyle(one).overflowX !== "visible" || scrolls(one.parentElement));
  const culprits = [...document.querySelectorAll("body *")].filter(
    one => one.getBoundingClientRect().right > limit && !scrolls(one.parentElement));
  return `${wide} px too wide: ` + culprits.slice(-4).map(one => one.outerHTML.slice(0, 160)).join(" | ");
}"""
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return ""; // past the last, before the first
  const look = () => {
    const seen = [];
    for (let node = one, up = 0; node && up < 3; node = node.parentElement, up++) {
      const style = getComputedStyle(node);
      seen.push(style.outlineStyle, style.outlineWidth, style.boxShadow);
    }
    return seen.join();
  };
  const focused = look();
  one.blur();
  const idle = look();
  one.focus({ preventScroll: true });
  const box = one.getBoundingClientRect();
  if (focused === idle) return "focus cannot be seen on " + one.outerHTML.slice(0, 200);
  const isInView = box.bottom > 0 && box.top < innerHeight;
  return isInView ? "" : "focus is out of view on " + one.outerHTML.slice(0, 200);
}"""
OPEN_ALL = 'document.querySelectorAll("details").forEach(one => { one.open = true; })'


def judge(page: Page) -> None:
    """Fail on any violation that axe finds, and on a page wider than its screen.

    axe needs JavaScript: a page where it is off would wait for ever.
    """
    page.wait_for_load_state()  # a click is done as soon as the next page begins to arrive
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.axe_script)
    found = page.evaluate("options => axe.run(document, options).then(result => result.violations)", OPTIONS)
    told = [_told(one, node) for one in found for node in one["nodes"]]
    assert not told, f"{page.url}\n" + "\n".join(told)
    fits(page)


def _told(violation: dict[str, Any], node: dict[str, Any]) -> str:
    return f"{violation['id']}: {violation['help']}: {node['html'][:200]} {node['failureSummary'][:300]}"


def fits(page: Page) -> None:
    """Fail on a page wider than its screen."""
    page.wait_for_load_state()
    wide = page.evaluate(TOO_WIDE)
    assert not wide, f"{page.url}: {wide}"


def focus_is_seen(page: Page) -> None:
    """Fail when what has the focus does not show it."""
    told = page.evaluate(FOCUS)
    assert not told, f"{page.url}: {told}"


def open_all(page: Page) -> None:
    """Open everything that is folded."""
    page.wait_for_load_state()
    page.evaluate(OPEN_ALL)
