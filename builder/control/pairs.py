"""Temporary."""
import numpy as np

from builder.control.tree import Status


def protected_pairs(first, second, parent, upper, k):  # type: ignore
    return np.where((parent < 0) & (first >= k) & (second >= k), Status.SHOWN, Status.WITHHELD).astype(np.int8)
