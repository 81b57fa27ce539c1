"""Content to a short text that is the same for the same content, in whatever order and files."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reformcalc.findings import Plain


def fingerprint(plain: Plain) -> str:
    """Return 16 hexadecimal digits of the SHA-256 of the content, its entries and fields sorted.

    Lists keep their order, since answers do: which claim is cited, who is named first.
    """
    canonical = json.dumps(plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
