"""The interval of a share."""

from math import sqrt
from typing import Final

Z: Final = 1.959963984540054  # 95 %, both sides


def interval(part: int, whole: int) -> tuple[float, float]:
    """Return the 95 % interval, 0 to 1, of a share of which `part` of `whole` were seen; (0, 1) when nobody was.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
    American Statistical Association 22 (1927), p. 209–212. It stays within 0 and 1 and keeps its promise for small
    groups, which the usual ± 1.96 √(p(1 − p)/n) does not (Brown, Cai and DasGupta, Statistical Science 16, 2001).
    Raises ValueError for a part that is not one.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole}")
    if whole == 0:
        return 0.0, 1.0
    share, square = part / whole, Z * Z
    centre = (share + square / (2 * whole)) / (1 + square / whole)
    half = Z / (1 + square / whole) * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    return max(centre - half, 0.0) if part else 0.0, min(centre + half, 1.0) if part < whole else 1.0
