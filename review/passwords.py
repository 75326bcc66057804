"""Argon2id, a few at a time so that a rush of log-ins does not fill the memory."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from schemas.errors import WeakPassword

_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
"""OWASP's parameters for Argon2id (19 MiB, two passes, one lane)."""
_AT_ONCE = threading.BoundedSemaphore(4)
_SHORTEST, _LONGEST = 12, 512
_NOBODY = _HASHER.hash("the password of nobody: keeps the answer's time the same")


def hash_password(password: str, name: str = "") -> str:
    """The hash to keep. Raises WeakPassword."""
    usable = _SHORTEST <= len(password) <= _LONGEST and len(set(password)) > 4
    if not usable or password.strip().lower() == name.strip().lower():
        raise WeakPassword
    with _AT_ONCE:
        return _HASHER.hash(password)


def verify(kept: str | None, password: str) -> bool:
    """Whether ``password`` is the one; takes as long where there is no account."""
    try:
        with _AT_ONCE:
            return _HASHER.verify(kept or _NOBODY, password[:_LONGEST]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Whether the hash was made under weaker parameters than today's."""
    return _HASHER.check_needs_rehash(kept)
