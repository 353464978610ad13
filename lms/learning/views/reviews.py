"""One's own reviews: what is due, one card a page, when it comes back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel import clock
from kernel.origin import same_origin_only
from lms.accounts.api import User
from lms.assessments import api as assessments
from lms.assessments.api import Practice, TicketUnreadable
from lms.learning import selectors
from lms.learning.models import ReviewCard, ReviewReminder
from lms.learning.practice import Place, keep_practice
from lms.learning.review import spacing
from lms.learning.review.cards import answer_card, call_easy
from lms.learning.review.due import Reviews, local_date, next_card, reviews_of, zone_of
from themes import pictures

from .reader import see_other, tells_refusals

HOURS = range(24)
KNOWN = "su"  # what the button of a flash card that one knew sends


@require_safe
@never_cache
def reviews(request: HttpRequest) -> HttpResponse:
    """Show what is due today, the fortnight to come, and the reminder."""
    person = _person(request)
    found = reviews_of(person, clock.now())
    reminder = ReviewReminder.objects.filter(owner=person).order_by("pk").first()
    context = {"reviews": found, "picture": _calendar(found), "reminder": reminder, "hours": HOURS, "usual": 18}
    return render(request, "learning/review/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_only
@tells_refusals
def card(request: HttpRequest) -> HttpResponse:
    """Put the first card that is due; take its answer, explain, and say when it comes back."""
    person = _person(request)
    if request.method == "POST":
        return _taken(request, person)
    found = next_card(person, clock.now())
    if found is None:
        return see_other(request, reverse("own:reviews"))
    return _shown(request, person, found, _asked(found))


@require_POST
@same_origin_only
@tells_refusals
def easy(request: HttpRequest) -> HttpResponse:
    """Say that the last answer was easy: its card comes back later. Then on to the next card."""
    call_easy(owner_id=_person(request).pk, card_id=_number(request, "carte"), number=_number(request, "tour"))
    return see_other(request, reverse("own:card"))


def _taken(request: HttpRequest, person: User) -> HttpResponse:
    mine = ReviewCard.objects.filter(owner=person, pk=_number(request, "carte")).order_by("pk").first()
    if mine is None:
        return see_other(request, reverse("own:card"))
    if mine.kind == ReviewCard.Kind.FLASH:
        return _rated(request, person, mine)
    turn = _turn(request, mine)
    if turn is None or turn.key != mine.ref:
        return see_other(request, reverse("own:card"))
    if turn.is_answered and turn.outcome is not None:
        now = clock.now()
        keep_practice(owner_id=person.pk, practice=turn, place=Place(), now=now)
        rating = spacing.GOOD if turn.outcome.is_correct else spacing.AGAIN
        mine = _answered(request, person, mine, rating)
    return _shown(request, person, mine, turn)


def _turn(request: HttpRequest, mine: ReviewCard) -> Practice | None:
    try:
        return assessments.practise(data=request.POST, now=clock.now())
    except TicketUnreadable:
        return _asked(mine)


def _rated(request: HttpRequest, person: User, mine: ReviewCard) -> HttpResponse:
    rating = spacing.GOOD if request.POST.get("reponse") == KNOWN else spacing.AGAIN
    return _shown(request, person, _answered(request, person, mine, rating), None, is_rated=True)


def _answered(request: HttpRequest, person: User, mine: ReviewCard, rating: int) -> ReviewCard:
    number = _number(request, "tour")
    return answer_card(owner_id=person.pk, card_id=mine.pk, number=number, rating=rating, now=clock.now()) or mine


def _asked(found: ReviewCard) -> Practice | None:
    if found.kind == ReviewCard.Kind.FLASH:
        return None
    asked = assessments.practices(keys=[found.ref], wording=_wording(found), now=clock.now())
    return asked.get(found.ref)


def _wording(found: ReviewCard) -> str:
    """Return how a card is said: in the words of the module it came from, plain for citizens."""
    language, module = get_language() or "fr", selectors.module(found.module) if found.module else None
    return "plain" if language == "fr" and module is not None and module.audiences == ["citizen"] else language


def _shown(
    request: HttpRequest, person: User, found: ReviewCard, turn: Practice | None, *, is_rated: bool = False
) -> HttpResponse:
    now, is_told = clock.now(), is_rated or bool(turn and turn.is_answered)
    context = {
        "card": found,
        "practice": turn,
        "number": 1,
        "round": found.answers_count + 1,
        "is_told": is_told,
        "reviews": reviews_of(person, now),
        "back_date": local_date(found.due_at, zone_of(person)),
        "may_be_easy": bool(turn and turn.is_answered and turn.outcome and turn.outcome.is_correct),
    }
    return render(request, "learning/review/card.html", context, status=turn.status if turn else 200)


def _calendar(found: Reviews) -> str:
    bars = [
        {
            "label": str(day.date.day),
            "name": date_format(day.date, "j F"),
            "value": day.cards,
            "value_label": str(day.cards or ""),
        }
        for day in found.days
    ]
    return pictures.columns(bars, title=_("Cartes à revoir, jour par jour"))


def _number(request: HttpRequest, name: str) -> int:
    """Return a field as a number; 0, which is nobody's, when it is not one."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else 0


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
