"""The public code of a certificate: whoever holds it can check the certificate, nobody can guess one.

26 characters of Crockford's base 32 carry 130 random bits. Read aloud or copied from paper they survive: no I, L, O or
U, capitals or not, and the hyphens of the printed form (5 groups) are only there for the eye.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
GROUP = 6
# What eyes and fingers confuse, as Crockford reads it; and every dash that a word processor puts for a hyphen.
CONFUSED = str.maketrans({"O": "0", "I": "1", "L": "1"} | dict.fromkeys(" \u00a0\u202f\t\n\r-‐‑‒–—_.", None))


def new_code() -> str:
    """Return a code nobody has: 26 characters, 130 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normal(text: str) -> str:
    """Return what was typed as a code is stored, or "" when it cannot be one."""
    code = text.upper().translate(CONFUSED)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def printed(code: str) -> str:
    """Return the code in groups, as it is shown and printed."""
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))
