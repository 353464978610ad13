"""Strict by default: what is forgiven, and the near-misses that never are."""

import re
from decimal import Decimal

import pytest

from question_bank.interactions.checkers import CHECKERS, one_slip, pattern_problem
from question_bank.interactions.forbidden import confusables
from question_bank.interactions.numbers import english, french, read_number

# What is expected, what was typed: not one of these may pass, whatever the checker.
FORBIDDEN = [
    ("hypertension", "hypotension"),
    ("hypotension", "hypertension"),
    ("hypertension", "hyprtension"),  # a slip as near to hypotension
    ("hyperglycémie", "hypoglycémie"),
    ("hypoglycémie", "hyperglycemie"),
    ("hyperkaliémie", "hypokaliémie"),
    ("intramusculaire", "intermusculaire"),
    ("infrarouge", "intrarouge"),
    ("tachycardie", "bradycardie"),
    ("polyurie", "oligurie"),
    ("abduction", "adduction"),
    ("afférent", "efférent"),
    ("symptomatique", "asymptomatique"),
    ("typique", "atypique"),
    ("appendicectomie", "appendicotomie"),
    ("gastrostomie", "gastrectomie"),
    ("hématémie", "hématurie"),
    ("entreprise", "entreprive"),
    ("messagerie prive", "messagerie prise"),
    ("clé privée", "clé prisée"),
    ("déprivée", "déprisée"),
    ("téléexpertise", "téléconsultation"),
    ("phishing", "vishing"),
    ("500 µg", "500 mg"),
    ("500 mg", "500 µg"),
    ("500 mcg", "500 mg"),
    ("500 mcg", "500 mg."),
    ("5 mg", "5 g"),
    ("5 g", "5 mg"),
    ("5 mg", "5 ng"),
    ("10 ml", "10 l"),
    ("4 mmol", "4 µmol"),
    ("2 h", "2 min"),
    ("2 h", "2 j"),
    ("-5", "5"),
    ("5", "-5"),
    ("5", "−5"),
    ("-5 °C", "5 °C"),
    ("+1", "-1"),
    ("10", "1 0"),
    ("10", "100"),
    ("15", "51"),
    ("114", "115"),
    ("114", "14"),
    ("0,5", "5"),
    ("0,5", "0,05"),
    ("1,5", "15"),
    ("1.5", "1 5"),
    ("1 000", "1000 000"),
    ("covid-19", "covid-18"),
    ("INS 2026", "INS 2025"),
    ("référence1", "référence2"),
    ("qualifiée", "non qualifiée"),
    ("chiffrement", "déchiffrement"),
    ("million de doses", "milliard de doses"),
]


@pytest.mark.parametrize("checker", ["text", "list", "regex", "tolerant"])
@pytest.mark.parametrize(("expected", "typed"), FORBIDDEN)
def test_a_near_miss_is_never_forgiven(checker: str, expected: str, typed: str) -> None:
    assert not CHECKERS[checker](typed, [re.escape(expected) if checker == "regex" else expected])


@pytest.mark.parametrize(("expected", "typed"), [pair for pair in FORBIDDEN if " " not in pair[1]])
def test_a_code_forgives_no_near_miss_either(expected: str, typed: str) -> None:
    assert not CHECKERS["code"](typed, [expected])


FORGIVEN = [
    ("text", "identité qualifiée", "  IDENTITE   QUALIFIEE. "),
    ("text", "identité qualifiée", "« identité qualifiée »"),
    ("text", "e-CPS", "ECPS"),
    ("text", "e-CPS", "e cps"),
    ("text", "télésanté", "télé-santé"),
    ("text", "l’assurance", "l'assurance"),
    ("text", "cœur", "coeur"),
    ("text", "500 µg", "500 μg"),  # micro sign, Greek letter
    ("text", "500 µg", "500µg"),
    ("text", "1 000", "1\u202f000"),
    ("text", "1,5 mg", "1.5 mg"),
    ("text", "covid-19", "Covid 19"),
    ("text", "-5", "−5"),
    ("code", "AB-12 cd", "ab-12CD"),
    ("code", "1 85 05", "18505"),
    ("list", "nom", "Nom"),
    ("regex", "[A-Z]{3}-\\d{4}", " abc-2026 "),
    ("tolerant", "authentification", "authentfication"),
    ("tolerant", "authentification", "authentificaiton"),
    ("tolerant", "identité qualifiée", "identite qualifié"),
    ("tolerant", "hypertension", "hypertnesion"),
    ("tolerant", "pseudonymisation", "pseudonimisation"),
]


@pytest.mark.parametrize(("checker", "expected", "typed"), FORGIVEN)
def test_what_is_forgiven(checker: str, expected: str, typed: str) -> None:
    assert CHECKERS[checker](typed, [expected])


STRICT = [
    ("text", "authentification", "authentfication"),  # a slip, only the tolerant checker forgives it
    ("code", "AB-12", "AB12"),
    ("code", "né", "ne"),
    ("tolerant", "insulin", "unsulin"),  # the first letter
    ("tolerant", "données", "donees x"),
    ("tolerant", "donnée", "donée"),  # six letters
    ("tolerant", "identité qualifiée", "identte qualifée"),  # two slips
    ("regex", "[A-Z]{3}", "abcd"),
    ("regex", "[A-Z]+", "a" * 101),
]


@pytest.mark.parametrize(("checker", "expected", "typed"), STRICT)
def test_what_is_not(checker: str, expected: str, typed: str) -> None:
    assert not CHECKERS[checker](typed, [expected])


@pytest.mark.parametrize(
    "typed", ["nom, prénom, sexe", "Sexe ; nom et prenom", "prénom\nnom\nsexe", "nom, nom, sexe, prénom"]
)
def test_a_list_in_any_order(typed: str) -> None:
    assert CHECKERS["list"](typed, ["nom", "prénom", "sexe"])


@pytest.mark.parametrize("typed", ["nom, prénom", "nom, prénom, sexe, âge", "nom prénom sexe", ""])
def test_a_list_is_whole(typed: str) -> None:
    assert not CHECKERS["list"](typed, ["nom", "prénom", "sexe"])


DATES = [
    "12/03/2026",
    "12-3-2026",
    "12.03.2026",
    "12 03 2026",
    "12032026",
    "12/03/26",
    "2026-03-12",
    "12 mars 2026",
    "Le 12 mars 2026",
    "jeudi 12 mars 2026",
    "12 March 2026",
    "March 12, 2026",
    "12th of March 2026",
    "12 MARS 2026.",
]


@pytest.mark.parametrize("typed", DATES)
def test_a_date_in_any_usual_writing(typed: str) -> None:
    assert CHECKERS["date"](typed, ["12/03/2026"])


@pytest.mark.parametrize(
    "typed", ["03/12/2026", "12/03/2025", "12 mars", "31/02/2026", "mardi 12 mars 2026", "13 mars 2026", "hier", ""]
)
def test_another_date_or_none(typed: str) -> None:
    assert not CHECKERS["date"](typed, ["12/03/2026"])


NUMBERS = [
    ("72", "72"),
    (" 72 ", "72"),
    ("1 234,5", "1234.5"),
    ("1\u202f234,5", "1234.5"),
    ("1.5", "1.5"),
    ("1,5", "1.5"),
    ("-3", "-3"),
    ("−3", "-3"),
    ("+3", "3"),
    (",5", "0.5"),
    ("0,50", "0.5"),
    ("1,234.5", "1234.5"),
    ("1.234,5", "1234.5"),
    ("1,234", "1.234"),
    ("1 234 567", "1234567"),
    ("1,234,567", "1234567"),
]


@pytest.mark.parametrize(("typed", "value"), NUMBERS)
def test_numbers_as_people_type_them(typed: str, value: str) -> None:
    assert read_number(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed",
    ["", "abc", "7 2", "12 34", "1e3", "72 h", "½", "7²", "٧٢", "1,2,3", "--3", "1.2.3", "0x10", "5,", "nan", "1" * 41],
)
def test_what_is_not_a_number(typed: str) -> None:
    assert read_number(typed) is None


def test_numbers_as_each_language_writes_them() -> None:
    assert [french(Decimal(n)) for n in ("72", "1.50", "12345.6", "-3", "0", "1234")] == [
        "72", "1,5", "12\u202f345,6", "\u22123", "0", "1234",
    ]  # fmt: skip
    assert english(Decimal("12345.60")) == "12,345.6"


def test_the_pairs_go_both_ways() -> None:
    assert "hypotension" in set(confusables("hypertension"))
    assert "hypertension" in set(confusables("hypotension"))
    assert "mcg" in set(confusables("mg"))


def test_one_slip_is_one() -> None:
    assert all(one_slip("abcd", other) for other in ("abd", "abdc", "abxd", "abcde"))
    assert not any(one_slip("abcd", other) for other in ("abcd", "badc", "ab"))


@pytest.mark.parametrize("pattern", ["(a+)+", "(a|aa)*", "((a))+", "[", r"(a)\1", "a*b*c*d*", "(?=a)"])
def test_a_pattern_that_may_take_for_ever_is_refused(pattern: str) -> None:
    assert pattern_problem(pattern)


@pytest.mark.parametrize("pattern", [r"[A-Z]{2}-\d{4}", r"(mon|ton) espace", r"\d+ ?jours?", r"(ab){2}"])
def test_a_plain_pattern_is_accepted(pattern: str) -> None:
    assert pattern_problem(pattern) in ("", pattern_problem(r"(ab){2}"))
