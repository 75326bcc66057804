"""How much memory the server's threads may keep for themselves."""

from __future__ import annotations

import contextlib
import ctypes

_M_ARENA_MAX = -8
"""``mallopt``'s number for it in glibc's malloc.h."""


def share_arenas(most: int = 2) -> None:
    """Lets all threads allocate from ``most`` arenas; nothing where the C library is not glibc.

    By default each of the forty threads that answer requests grows an arena of its own: measured
    over 100,000 values with twenty reviewers, 573 MB instead of 272. Called before any thread starts.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, most)
