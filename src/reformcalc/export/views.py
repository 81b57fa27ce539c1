"""The views of the database, and the questions to them that people ask first, with names for ids.

They join and add up what the tables of the answers hold, and work nothing else out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class View(NamedTuple):
    """A question that is asked often: what it tells, its columns as SQL, and of which rows.

    Its columns mean what those of the same names mean in the first of `tables` that has one.
    """

    name: str
    meaning: str
    columns: Mapping[str, str]
    rows: str
    tables: tuple[str, ...]
    facets: tuple[str, ...]

    @property
    def sql(self) -> str:
        """The statement that makes it."""
        columns = ",\n  ".join(f'{said} AS "{name}"' for name, said in self.columns.items())
        return f'CREATE VIEW "{self.name}" AS -- {self.meaning}\nSELECT\n  {columns}\n{self.rows}'


def _of(table: str, *columns: str) -> dict[str, str]:
    """Return columns of a table under their own names."""
    return {name: f'"{table}"."{name}"' for name in columns}


def _names(column: str) -> str:
    """Return the names of the bodies that a list of ids holds."""
    return (
        "(SELECT group_concat(coalesce(bodies.short, bodies.title), '; ') "  # noqa: S608  names of ours
        f"FROM json_each({column}) AS one JOIN bodies ON bodies.id = one.value)"
    )


def _address(column: str) -> str:
    """Return the address of the first source with one that a list of ids holds."""
    return (
        f"(SELECT url FROM json_each({column}) AS one JOIN sources ON sources.id = one.value "  # noqa: S608  likewise
        "WHERE url IS NOT NULL ORDER BY one.key LIMIT 1)"
    )


VIEWS = (
    View(
        "money",
        "What each commitment of the day states, what of it counts or is in doubt, and what of "
        "that which counts is new, in pounds. What counts most is first. To add up: counts_gbp "
        "comes to all that is promised, perhaps_gbp to all in doubt. What is stated (amount_gbp) "
        "does not add up: sums lie in one another.",
        {
            **_of("counted", "id", "title", "amount_gbp", "low_gbp", "high_gbp", "qualifier"),
            **_of("counted", "counts_gbp", "perhaps_gbp"),
            **_of("new_money", "new_low_gbp", "new_high_gbp"),
            **_of("counted", "first_year", "last_year"),
            **_of("commitments", "topics"),
            "pillar": "pillars.title",
            "lead": _names("commitments.lead"),
            **_of("commitments", "announced"),
            **_of("counted", "reason", "where"),
            "url": _address("counted.sources"),
        },
        "FROM new_money\n"
        "JOIN counted ON counted.id = new_money.id\n"
        "JOIN commitments ON commitments.id = new_money.commitment\n"
        "LEFT JOIN pillars ON pillars.id = commitments.pillar\n"
        "ORDER BY counted.rowid",
        ("counted", "new_money", "commitments", "sources"),
        ("pillar",),
    ),
    View(
        "due",
        "Every milestone as it stood on the day, save what concerns one council alone. What is "
        "past is first, then what is to come, each by its last day.",
        {
            **_of("deadlines", "id", "title"),
            **_of("deadlines", "state", "due", "earliest", "latest", "days_left", "first_due"),
            "lead": _names("deadlines.lead"),
            "acts": _names("deadlines.acts"),
            "pillar": "pillars.title",
            **_of("deadlines", "topics", "outcome_on", "where"),
            "url": _address("deadlines.sources"),
        },
        "FROM deadlines\n"
        "LEFT JOIN pillars ON pillars.id = deadlines.pillar\n"
        "ORDER BY deadlines.rowid",
        ("deadlines", "sources"),
        ("state", "pillar"),
    ),
    View(
        "replies",
        "Every recommendation of the day with its answer, and the money and steps that it names. "
        "Those of who asked for most are first.",
        {
            **_of("answered", "id", "title"),
            "by": "coalesce(asks.short, asks.title)",
            **_of("answered", "made"),
            "to": _names('answered."to"'),
            **_of("answered", "chapter"),
            "pillar": "pillars.title",
            **_of("answered", "topics"),
            **_of("answered", "response", "answered_on", "note", "instead", "amount_gbp"),
            **_of("answered", "steps_met"),
            **_of("answered", "steps_partly_met", "steps_to_come", "steps_past", "steps_gone"),
            **_of("answered", "where"),
            "url": _address("answered.sources"),
        },
        "FROM answered\n"
        'JOIN bodies AS asks ON asks.id = answered."by"\n'
        "LEFT JOIN pillars ON pillars.id = answered.pillar\n"
        "ORDER BY answered.rowid",
        ("answered", "sources"),
        ("response", "pillar"),
    ),
)


class Query(NamedTuple):
    """A question to a view, as SQL: its name in an address, and what it tells."""

    name: str
    title: str
    sql: str


QUERIES = (
    Query(
        "figures-of-totals",
        "What is promised, what is in doubt beside it, and what is new: at least and at most",
        "SELECT SUM(counts_gbp), SUM(perhaps_gbp), SUM(new_low_gbp), SUM(new_high_gbp)\nFROM money",
    ),
    Query(
        "in-doubt",
        "What is in doubt, the largest first, and why",
        'SELECT title, perhaps_gbp, reason, "where", url\n'
        "FROM money\n"
        "WHERE perhaps_gbp > 0\n"
        "ORDER BY perhaps_gbp DESC",
    ),
)
