"""The array types of the engine, named once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Reals = NDArray[np.float64]
Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]


def frozen_reals(values: ArrayLike) -> Reals:
    """Return a read-only, contiguous float64 copy."""
    return _frozen(np.array(values, dtype=np.float64))


def frozen_indices(values: ArrayLike) -> Indices:
    """Return a read-only, contiguous intp copy."""
    return _frozen(np.array(values, dtype=np.intp))


def frozen_flags(values: ArrayLike) -> Flags:
    """Return a read-only, contiguous bool copy."""
    return _frozen(np.array(values, dtype=np.bool_))


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    array.setflags(write=False)
    return array
