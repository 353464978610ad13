"""Counts become figures that agree with the answers they were made of, and words that name a real fault."""

from datetime import UTC, date, datetime
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank import api
from question_bank.models import ItemStatistic
from question_bank.statistics import scales, selectors
from question_bank.statistics.choices import chosen, countable
from question_bank.statistics.figures import Counted, Share, figures, point_biserial
from question_bank.statistics.presenting import by_group_picture, item_json, item_page
from question_bank.statistics.words import remarks
from question_bank.types import Answer, CountedAnswer, CountedSitting
from tests.question_bank.samples import KINDS, content

AT = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)  # already November in Paris


NEVER = Share(0, 0)


def people(count: int, seed: int = 7, *, swapped: bool = False, idle: bool = False):
    """Return answers to a single choice whose key is b; `swapped`: the strong take c; `idle`: nobody takes a."""
    draw = np.random.default_rng(seed)
    for score in draw.normal(500, 105, count).clip(0, 1000):
        strong = draw.random() < 1 / (1 + np.exp(-(score - 500) / 60))
        wrong = "c" if idle or draw.random() < 0.5 else "a"
        value = ("c" if swapped else "b") if strong else ("b" if swapped else wrong)
        yield int(score), value


def counted(version: int, given) -> list[CountedAnswer]:
    return [
        CountedAnswer(version, "standard", Answer("choice", value), int(value == "b"), 20.0, score)
        for score, value in given
    ]


@pytest.fixture
def single(bank):
    return next(entry for entry in bank.entries if entry.interaction == "single_choice")


def say(version: int, given) -> None:
    for answer in counted(version, given):
        api.count_attempts([CountedSitting(uuid4(), AT, (answer,))])


def test_correlations_are_those_of_the_answers_themselves(single):
    given = list(people(300))
    say(single.item_version_id, given)
    found = selectors.sheet(single.key).figures
    scores, right = np.array([s for s, _ in given]), np.array([v == "b" for _, v in given])
    assert found.discrimination == pytest.approx(np.corrcoef(scores, right)[0, 1], abs=1e-12)
    for one in found.choices:
        taken = np.array([v == one.named.label for _, v in given])
        assert one.share == Share(int(taken.sum()), 300)
        assert one.correlation == pytest.approx(np.corrcoef(scores, taken)[0, 1], abs=1e-12)
    assert [share.of for share in found.by_group] == np.bincount(
        [scales.score_group(score) for score in scores], minlength=6
    )[1:].tolist()
    assert found.by_month == ((date(2026, 11, 1), found.right),)


def sentences(single, exposure=NEVER) -> list[str]:
    sheet = selectors.sheet(single.key)
    return [one.sentence for one in remarks(sheet.figures, has_single_key=sheet.has_single_key, exposure=exposure)]


def test_a_sound_item_has_nothing_to_mend(single):
    say(single.item_version_id, people(300))
    assert sentences(single) == ["Rien à signaler\u00a0: la situation distingue bien les personnes."]


def test_a_wrong_key_is_told(single):
    """The mutant: the key says b, the strong take c."""
    say(single.item_version_id, people(300, swapped=True))
    said = sentences(single)
    assert "Le choix C attire les meilleurs\u00a0: relire la clé." in said
    assert "Les plus forts se trompent plus que les autres\u00a0: relire la clé." in said


def test_an_idle_distractor_is_told(single):
    say(single.item_version_id, people(300, idle=True))
    assert sentences(single) == ["Presque personne ne choisit A\u00a0: distracteur à revoir."]


def test_too_few_answers_say_nothing_else(single):
    say(single.item_version_id, people(12, swapped=True))
    assert sentences(single) == ["Trop peu de réponses pour conclure (12 sur 200)."]


def test_an_item_served_too_often_is_told(single):
    say(single.item_version_id, people(300))
    assert sentences(single, Share(400, 1000)) == [
        "Elle est servie trop souvent\u00a0: écrire d’autres situations du même niveau."
    ]


def test_the_picture_tells_what_the_table_tells(single):
    say(single.item_version_id, people(300))
    sheet = selectors.sheet(single.key)
    drawn, page = by_group_picture(sheet), item_page(sheet)
    assert "<title" in drawn
    assert "B (clé)" in drawn
    assert page["choices"][1]["is_key"]
    assert page["choices"][1]["share"] in [f"{round(100 * sheet.figures.right.value)}\u00a0%"]
    assert item_json(sheet)["responses"] == 300


def test_a_new_version_starts_again_and_the_page_says_so(single):
    say(single.item_version_id, people(20))
    ItemStatistic.objects.update(variant="plain")
    sheet = selectors.sheet(single.key)
    assert sheet.figures.responses == 0
    assert selectors.sheet(single.key, "plain").figures.responses == 20


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_right_in_every_interaction_is_counted_under_known_labels(kind):
    one = content(kind)
    labels = {named.label for named in countable(one)}
    assert set(chosen(one, one.expected)) <= labels
    assert chosen(one, Answer("unknown")) == []
    if kind in ("single_choice", "multiple_choice", "match", "inline_choice"):
        keys = {named.label for named in countable(one) if named.is_key}
        assert set(chosen(one, one.expected)) == keys


@given(st.text(max_size=80))
def test_what_is_typed_is_never_a_label(words):
    one = content("text")
    assert set(chosen(one, Answer("text", words))) <= {"m0"}


def test_a_known_mistake_has_its_label():
    assert chosen(content("text"), Answer("text", "validée")) == ["m0"]
    assert chosen(content("number"), Answer("number", "24", "h")) == ["m0"]
    assert chosen(content("number"), Answer("number", "25", "h")) == []


@given(st.lists(st.floats(0.1, 500), min_size=1, max_size=200))
def test_a_quantile_read_from_bins_is_within_one_bin(times):
    histogram: dict[str, int] = {}
    for value in times:
        histogram[scales.seconds_bin(value)] = histogram.get(scales.seconds_bin(value), 0) + 1
    true = sorted(times)[max(0, int(np.ceil(0.5 * len(times))) - 1)]
    read = scales.seconds_quantile(histogram, 0.5)
    assert read is not None
    assert true / scales.RATIO - scales.FIRST_SECONDS <= read <= true * scales.RATIO + scales.FIRST_SECONDS


def test_a_page_left_open_counts_as_the_longest_time():
    assert scales.seconds_bin(7200.0) == scales.seconds_bin(scales.LONGEST_SECONDS + 1)
    assert scales.seconds_quantile({scales.seconds_bin(7200.0): 5}, 0.9) == scales.LONGEST_SECONDS


def test_people_of_whom_too_little_is_known_are_in_no_correlation():
    rows = [
        Counted(date(2026, 1, 1), 0, "outcome", "1", 5, 0, 0),
        Counted(date(2026, 1, 1), 3, "outcome", "0", 1, 500, 250_000),
    ]
    assert point_biserial(rows[:1], rows) is None
    assert figures(rows, [], 1).right == Share(5, 6)


def test_a_partly_right_answer_weighs_in_the_discrimination():
    month = date(2026, 1, 1)
    rows = [
        Counted(month, 1, "outcome", "0", 1, 300, 90_000),
        Counted(month, 3, "outcome", "1", 1, 500, 250_000),
        Counted(month, 5, "outcome", "2", 1, 700, 490_000),
    ]
    found = figures(rows, [], 2)
    assert found.discrimination == pytest.approx(1.0)
    assert found.partly == Share(1, 3)
