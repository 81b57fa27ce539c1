"""Content to a short text that is the same for the same content, in whatever order and files."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reformcalc.source import Plain

# In a list of these, the order says something: under which envelope rows show a sum, which claim is
# cited for it, and who is named first.
_ORDERED = ("acts", "claims", "lead", "part_of")


def fingerprint(plain: Plain) -> str:
    """Return 16 hexadecimal digits of the SHA-256 of the content, sorted."""
    canonical = json.dumps(_sorted(plain), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _sorted(plain: Plain, key: str = "") -> Plain:
    if isinstance(plain, dict):
        return {name: _sorted(value, name) for name, value in plain.items()}
    if isinstance(plain, list):
        values = [_sorted(value) for value in plain]
        if key in _ORDERED:
            return values
        return sorted(values, key=lambda value: json.dumps(value, sort_keys=True))
    return plain
