"""What a licence is called by programs: its id in the list of the Open Definition, and its text.

https://licenses.opendefinition.org has an id for each licence that it knows, and `other-open` and
`notspecified` for what it does not, or what nobody says.
"""

from __future__ import annotations

from typing import NamedTuple


class Licence(NamedTuple):
    """A licence as programs name it: its id, and where its text is, where that is known."""

    name: str
    path: str = ""


# By words that only such a licence has.
_KNOWN = {
    "Open Government Licence v3.0": Licence(
        "OGL-UK-3.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    ),
    "Open Government Licence v2.0": Licence(
        "OGL-UK-2.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/2/"
    ),
    "Open Parliament Licence": Licence(
        "other-open",
        "https://www.parliament.uk/site-information/copyright-parliament/open-parliament-licence/",
    ),
    "MIT licence": Licence("MIT", "https://opensource.org/license/mit"),
}
UNKNOWN = Licence("notspecified")


def licence(words: str) -> Licence:
    """Return what is known of a licence that is told in words."""
    return next((known for name, known in _KNOWN.items() if name in words), UNKNOWN)
