"""Words that look alike and mean the opposite, or a thousand times more: never forgiven, however close they look.

A tolerant checker may forgive a slip of the finger; it never lets one word of a pair pass for the other, nor a
misspelling that is as near to the other word.
"""

from collections.abc import Iterator
from itertools import permutations

# Beginnings and parts, longest first: hypertension / hypotension, intramusculaire / intermusculaire…
PARTS: tuple[frozenset[str], ...] = (
    frozenset({"hyper", "hypo"}),
    frozenset({"inter", "intra"}),
    frozenset({"extra", "intra"}),
    frozenset({"infra", "intra"}),
    frozenset({"infra", "supra"}),
    frozenset({"macro", "micro"}),
    frozenset({"brady", "tachy"}),
    frozenset({"oligo", "poly"}),
    frozenset({"ante", "anti"}),
    frozenset({"sous", "sus"}),
    frozenset({"abduct", "adduct"}),
    frozenset({"afferen", "efferen"}),
    frozenset({"emigr", "immigr"}),
    frozenset({"allerg", "alleg"}),
    frozenset({"milli", "micro", "mega", "nano"}),
    frozenset({"million", "milliard"}),
    frozenset({"phishing", "vishing", "smishing", "quishing"}),
    frozenset({"teleexpertise", "teleconsultation", "telesurveillance", "teleassistance"}),
)
# Ends: “-ectomie” takes out, “-otomie” opens, “-ostomie” leaves open; “prive” is not “prise”.
ENDS: tuple[frozenset[str], ...] = (
    frozenset({"ectomie", "otomie", "ostomie"}),
    frozenset({"emie", "urie"}),
    frozenset({"prive", "prise"}),
    frozenset({"privee", "prisee", "prise"}),
    frozenset({"able", "ible"}),
    frozenset({"ite", "ate", "ure"}),  # sulfite, sulfate, sulfure
    frozenset({"eur", "ion", "e"}),  # prescripteur, prescription, prescrite: who, what, done
    frozenset({"ant", "e"}),  # soignant, soigné
)
# Units and short words are never spelt “nearly”; this table is here for the tests and for whoever writes a new checker.
UNITS: tuple[frozenset[str], ...] = (
    frozenset({"mg", "µg", "mcg", "ng", "g", "kg", "dg", "cg"}),
    frozenset({"ml", "l", "cl", "dl", "µl"}),
    frozenset({"mmol", "µmol", "mol", "nmol"}),
    frozenset({"h", "min", "s", "j", "d"}),
    frozenset({"ko", "mo", "go", "to", "kb", "mb", "gb", "tb"}),
)


def confusables(word: str) -> Iterator[str]:
    """Yield the words that `word` (normalised) must never be taken for."""
    for part, other in _swaps(PARTS):
        if part in word:
            yield word.replace(part, other)
    for end, other in _swaps(ENDS):
        if word.endswith(end):
            yield word.removesuffix(end) + other
    yield from (other for unit, other in _swaps(UNITS) if unit == word)


def _swaps(groups: tuple[frozenset[str], ...]) -> Iterator[tuple[str, str]]:
    return (pair for group in groups for pair in permutations(sorted(group), 2))
