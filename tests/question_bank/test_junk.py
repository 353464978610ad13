"""Whatever comes from outside ends as an answer or as an InvalidAnswer that says the sentence; never as a crash."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.errors import InvalidAnswer
from question_bank.interactions import Answer, check, explain, parse_form, parse_json
from question_bank.interactions.checkers import CHECKERS
from question_bank.interactions.dates import read_date
from question_bank.interactions.numbers import french, read_number
from question_bank.interactions.registry import ANSWER_KINDS
from tests.question_bank.answers import form, payload
from tests.question_bank.samples import KINDS, MASK, content

CONTENTS = {kind: content(kind) for kind in KINDS}
KNOWN = [text for asked in CONTENTS.values() for text in str(payload(asked, MASK, True)).replace("'", " ").split()]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40) | st.sampled_from(KNOWN),
    lambda inner: (
        st.lists(inner, max_size=8) | st.dictionaries(st.text(max_size=20) | st.sampled_from(KNOWN), inner, max_size=8)
    ),
    max_leaves=20,
)
kinds = st.sampled_from(KINDS)


def read(parse: Callable[[], Answer], kind: str) -> None:
    """Read, and when it is an answer judge and tell it."""
    refusal: InvalidAnswer | None = None
    try:
        answer = parse()
    except InvalidAnswer as error:
        refusal = error
    if refusal is not None:
        assert refusal.sentence
        assert refusal.field
        return
    outcome = check(CONTENTS[kind], answer)
    assert outcome.score in range(CONTENTS[kind].top_score + 1)
    assert outcome.is_correct == (outcome.score == CONTENTS[kind].top_score)
    assert Answer.from_json(answer.to_json()) == answer
    explain(CONTENTS[kind], answer, "fr")


@settings(deadline=None)
@given(kinds, anything)
def test_any_json(kind: str, sent: Any) -> None:
    read(lambda: parse_json(CONTENTS[kind], sent, MASK), kind)


@settings(deadline=None)
@given(kinds, st.sampled_from(sorted(ANSWER_KINDS)), anything, anything)
def test_any_value_of_the_right_kind(kind: str, answer_kind: str, value: Any, unit: Any) -> None:
    read(lambda: parse_json(CONTENTS[kind], {"kind": answer_kind, "value": value, "unit": unit}, MASK), kind)


FIELDS = sorted({name for asked in CONTENTS.values() for name in form(asked, MASK, True)} | {"unknown", "choices"})


@settings(deadline=None)
@given(
    kinds,
    st.dictionaries(
        st.sampled_from(FIELDS),
        st.text(max_size=60) | st.sampled_from(KNOWN) | st.lists(st.text(max_size=9)) | st.integers(1, 7).map(str),
    ),
)
def test_any_form(kind: str, sent: dict[str, Any]) -> None:
    read(lambda: parse_form(CONTENTS[kind], sent, MASK), kind)


@settings(deadline=None)
@given(st.sampled_from(sorted(CHECKERS)), st.text(max_size=500))
def test_any_text_for_any_checker(checker: str, written: str) -> None:
    accept = {"date": ["12/03/2026"], "regex": ["AB-12", "[A-Z]{2}-[0-9]+"]}.get(checker, ["hypertension artérielle"])
    assert CHECKERS[checker](written, accept) in (True, False)


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=3))
def test_a_number_written_in_french_reads_back(number: Any) -> None:
    assert read_number(french(number)) == number


@settings(deadline=None)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_date_reads_back(day: Any) -> None:
    assert read_date(f"{day:%d/%m/%Y}") == read_date(day.isoformat()) == day


@pytest.mark.parametrize("checker", sorted(CHECKERS))
def test_an_accepted_text_is_accepted_by_its_own_checker(checker: str) -> None:
    accept = {"date": ["12/03/2026"]}.get(checker, ["hypertension"])
    assert CHECKERS[checker](f"  {accept[0].upper()} ", accept)
