"""The values of our tokens, read from the very sheet that pages load: one place says them."""

import re
from functools import lru_cache

from .styles import SOURCES

Tokens = dict[str, str]
DECLARATION = re.compile(r"--([\w-]+):\s*([^;]+);")
REFERENCE = re.compile(r"var\(--([\w-]+)\)")


def block(css: str, start: str) -> Tokens:
    """Return the declarations of the first rule after `start`."""
    rule = css[css.index(start) :]
    body = rule[rule.index("{") + 1 : rule.index("}")]
    return dict(DECLARATION.findall(body))


def strengthened(tokens: Tokens, changes: Tokens) -> Tokens:
    """Return the tokens of strong contrast: what it changes refers to the tokens without it."""
    found = {name: REFERENCE.fullmatch(value) for name, value in changes.items()}
    return tokens | {name: tokens[other[1]] if other else changes[name] for name, other in found.items()}


@lru_cache(maxsize=1)
def sources() -> tuple[Tokens, Tokens, Tokens]:
    """Return the tokens by day, those by night, and what strong contrast changes."""
    css = (SOURCES / "10-tokens.css").read_text()
    light = block(css, ":root {")
    dark = light | block(css[css.index("prefers-color-scheme: dark") :], ":root {")
    return light, dark, block(css, ':root[data-p~="contraste"]')


def modes(day: Tokens | None = None, night: Tokens | None = None) -> dict[str, Tokens]:
    """Return the tokens of every mode, with what a look changes by `day` and by `night`."""
    light, dark, strong = sources()
    light, dark = light | (day or {}), dark | (night or {})
    return {
        "light": light,
        "dark": dark,
        "light, strong": strengthened(light, strong),
        "dark, strong": strengthened(dark, strong),
    }
