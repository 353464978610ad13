"""The panels of the home page of /cms/: what waits for whoever is there."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from . import selectors
from .models import ItemDraft
from .reviewing import REVIEW
from .writing import CHANGE

MOST = 10


class DuePanel(Component):  # type: ignore[misc]
    """“À relire”: an author's published items whose review is due, or whose rule has ended."""

    name = "items_due"
    order = 10
    template_name = "question_bank/authoring/due_panel.html"

    def __init__(self, author_id: int, today: date) -> None:
        self.author_id, self.today = author_id, today

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Read the first of them."""
        rows = selectors.due(author_id=self.author_id, today=self.today).defer("content", "words")
        return _context(list(rows[: MOST + 1]), self.today)


class ReviewPanel(Component):  # type: ignore[misc]
    """What waits for a second person."""

    name = "items_to_review"
    order = 5
    template_name = "question_bank/authoring/review_panel.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Read the oldest of them."""
        return _context(list(selectors.to_review().defer("content", "words").select_related("author")[: MOST + 1]))


def _context(rows: list[ItemDraft], today: date | None = None) -> dict[str, Any]:
    from .views import list_url, page_url

    shown = [{"draft": draft, "url": page_url(draft)} for draft in rows[:MOST]]
    return {"rows": shown, "has_more": len(rows) > MOST, "today": today, "list_url": list_url()}


def panels(request: HttpRequest) -> list[Component]:
    """Return the panels of one person, by what they may do."""
    from .views import today

    found: list[Component] = []
    if request.user.has_perm(REVIEW):
        found.append(ReviewPanel())
    if request.user.has_perm(CHANGE):
        found.append(DuePanel(int(request.user.pk or 0), today()))
    return found
