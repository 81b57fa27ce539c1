"""How readers of much tell how far they have come: to nobody, unless a caller asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T")


class Track(Protocol):
    """Gives items one by one, and tells what is done to them, and what once they are done."""

    def __call__(self, items: Sequence[T], what: str, then: str = "") -> Iterable[T]: ...


def silent(items: Sequence[T], what: str, then: str = "") -> Iterable[T]:  # noqa: ARG001
    """Give the items, and tell nobody."""
    return items
