"""How many of those that take part in a programme are known, and of how many what they get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformcalc import words

if TYPE_CHECKING:
    from reformcalc.ledger.local import Programme


def areas_known(programme: Programme) -> str:
    """Say how many bodies are known to take part, and of how many; "" where none is spoken of."""
    if not programme.waves:
        return ""
    if programme.in_all is None:
        known = f"{programme.named} known, of how many no source says"
    else:
        known = f"{programme.named} of {programme.in_all} known"
    return f"{known}, {programme.inferred} by inference" if programme.inferred else known


def allocations_known(programme: Programme) -> str:
    """Say of how many bodies it is known what they get; "" where of none."""
    said = []
    if programme.allocated:
        said.append(f"the sums of {programme.allocated}")
    if programme.shared:
        said.append(f"{words.counted(programme.shared, 'sum')} that several share")
    if programme.nil:
        said.append(f"{programme.nil} that get none by rule")
    return words.listed(said) if said else ""
