"""What is due: today, one card at a time, about three minutes; and the fortnight to come."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import QuerySet

from lms.accounts.api import User
from lms.learning.models import ReviewAnswer, ReviewCard
from question_bank import api as bank
from question_bank.errors import NoRelease

A_DAY: Final = 6  # cards: half a minute each
DAYS: Final = 14
PARIS: Final = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Day:
    """A day of the calendar, and how many cards it will propose: six at most, the others wait for the next day."""

    date: date
    cards: int


@dataclass(frozen=True)
class Reviews:
    """Where a person is in their reviews: `due` cards now, of which `today` are proposed; `done` since this morning.

    `cards`: all of theirs; `next_date`: when one next comes due, if one does and none is now.
    """

    due: int
    today: int
    done: int
    cards: int
    days: list[Day]
    next_date: date | None

    @property
    def minutes(self) -> int:
        """Return about how long today's cards take."""
        return max(1, round(self.today / 2)) if self.today else 0


def reviews_of(user: User, now: datetime) -> Reviews:
    """Return where `user` is in their reviews at `now`; four queries, however many cards."""
    zone = zone_of(user)
    mine = offered(user.pk)
    today, done = local_date(now, zone), done_today(user, now)
    by_day = Counter(max(local_date(due_at, zone), today) for due_at in mine.values_list("due_at", flat=True))
    due = by_day[today]
    return Reviews(
        due=due,
        today=min(due, max(A_DAY - done, 0)),
        done=done,
        cards=by_day.total(),
        days=_planned(by_day, today, done),
        next_date=min(by_day, default=None),
    )


def _planned(by_day: Counter[date], today: date, done: int) -> list[Day]:
    """Return the fortnight from `today`, of which `done` cards are answered already."""
    waiting, days = 0, []
    for number in range(DAYS):
        day = today + timedelta(days=number)
        waiting += by_day[day]
        proposed = min(waiting, max(A_DAY - (0 if number else done), 0))
        waiting -= proposed
        days.append(Day(day, proposed))
    return days


def next_card(user: User, now: datetime) -> ReviewCard | None:
    """Return the card to answer now; None when none is due, or when today's have been answered."""
    if done_today(user, now) >= A_DAY:
        return None
    return offered(user.pk).filter(due_at__lt=end_of_day(now, zone_of(user))).order_by("due_at", "pk").first()


def has_due(user: User, now: datetime) -> bool:
    """Say whether a card is due today."""
    return offered(user.pk).filter(due_at__lt=end_of_day(now, zone_of(user))).exists()


def done_today(user: User, now: datetime) -> int:
    """Return how many answers were given since this morning, where the person lives."""
    morning = end_of_day(now, zone_of(user)) - timedelta(days=1)
    return ReviewAnswer.objects.filter(card__owner_id=user.pk, answered_at__gte=morning).count()


def offered(owner_id: int) -> QuerySet[ReviewCard]:
    """Return the cards of a person that can be put: an item that the bank has withdrawn waits, unseen."""
    gone = _withdrawn(owner_id)
    return ReviewCard.objects.filter(owner_id=owner_id).exclude(pk__in=gone).order_by("due_at", "pk")


def _withdrawn(owner_id: int) -> list[int]:
    try:
        known = {entry.key for entry in bank.release(bank.current_release_id()).entries}
    except NoRelease:
        known = set()
    items = ReviewCard.objects.filter(owner_id=owner_id, kind=ReviewCard.Kind.ITEM).order_by("pk")
    return [pk for pk, ref in items.values_list("pk", "ref") if ref not in known]


def zone_of(user: User) -> ZoneInfo:
    """Return where a person's days begin."""
    return zone_named(user.time_zone)


def zone_named(name: str) -> ZoneInfo:
    """Return a time zone; Paris when it is not one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return PARIS


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """Return the day of `moment` in `zone`."""
    return moment.astimezone(zone).date()


def end_of_day(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the midnight that ends the day of `now` in `zone`."""
    return datetime.combine(local_date(now, zone) + timedelta(days=1), time.min, zone)
