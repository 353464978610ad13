"""From when a figure is worth a sentence: data with their sources (question_bank/data/thresholds.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kernel.datafile import DataFileError, read

FILE = Path(__file__).parents[1] / "data" / "thresholds.yaml"


@dataclass(frozen=True)
class Threshold:
    """A limit, and where it comes from."""

    key: str
    value: float
    source: str


@cache
def thresholds(path: Path = FILE) -> Mapping[str, Threshold]:
    """Return the thresholds by key. Raises DataFileError with the line of what is wrong."""
    file = read(path)
    entries = file.value.get("thresholds") if isinstance(file.value, dict) else None
    if not isinstance(entries, list):
        raise DataFileError([file.at("a list called “thresholds” is expected")])
    wrong = [index for index, entry in enumerate(entries) if not _is_sound(entry)]
    if wrong:
        raise DataFileError([file.at("a threshold has key, value (a number), source", "thresholds", i) for i in wrong])
    return MappingProxyType({entry["key"]: Threshold(**entry) for entry in entries})


def _is_sound(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and set(entry) == {"key", "value", "source"}
        and type(entry["value"]) in (int, float)
        and all(isinstance(entry[name], str) and entry[name].strip() for name in ("key", "source"))
    )


def limit(key: str) -> float:
    """Return the value of a threshold. Raises KeyError."""
    return thresholds()[key].value
