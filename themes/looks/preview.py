"""What a look would be: a fragment of a page in colours that are not saved, by day and by night."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from themes.palettes import Pair, palette
from themes.tokens import modes

from .checking import Refused, checked_brand, checked_wash

OURS: Final = "#0a5a57"
MODES: Final = {"jour": ("light", "light"), "nuit": ("dark", "dark")}


@dataclass
class Trial:
    """Two colours as they can be shown, and what there is to say of those that were typed."""

    brand: str = OURS
    wash: str = ""
    remarks: list[str] = field(default_factory=list)

    def pairs(self) -> list[Pair]:
        """Return the contrast of every pair, the weakest first."""
        return sorted(palette(self.brand, self.wash).pairs(), key=lambda pair: pair.ratio / pair.least)


def tried(brand: str, wash: str) -> Trial:
    """Try two colours on, as typed: one that is refused is told, and the nearest that fits is shown."""
    trial = Trial()
    trial.brand = _shown(trial, lambda: checked_brand(brand[:40])) or OURS
    trial.wash = _shown(trial, lambda: checked_wash(wash[:40], trial.brand))
    return trial


def sheet_of(trial: Trial, mode: str) -> str:
    """Return every token of a mode (`jour`, `nuit`), whatever the reader's system asks for."""
    name, scheme = MODES.get(mode, MODES["jour"])
    made = palette(trial.brand, trial.wash)
    tokens = ";".join(f"--{token}:{value}" for token, value in modes(made.day, made.night)[name].items())
    return f"@layer modes{{:root,:root[data-p]{{color-scheme:{scheme};{tokens}}}}}\n"


def _shown(trial: Trial, check: Callable[[], str]) -> str:
    try:
        return check()
    except Refused as error:
        trial.remarks.append(error.sentence)
        return error.nearest
