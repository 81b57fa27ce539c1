"""Small made-up records, each decided by its seed: every turn of the arithmetic is common."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING, Any

import yaml

from tests.oracle.truth import read

if TYPE_CHECKING:
    from tests.oracle.truth import Record

DAYS = ("2024-01-10", "2024-03-31", "2024-09-01", "2025-02-03", "2025-06-30")
LAST = date(2026, 6, 1)  # a day on which all of it is known
RUNS = (  # nearly all share a year, since a part shares one with what holds it
    "2024-25..2025-26", "2024-25..2026-27", "2025-26..2027-28", "2025-26", "2025-26..2026-27",
    "2024-25", "2026-27",
)  # fmt: skip
SOURCES = {
    "after": {"title": "After", "publisher": "me", "published": "2026-12-31"},
    "early": {"title": "Early", "publisher": "me", "published": "2024-03-31"},
    "later": {"title": "Later", "publisher": "me", "published": "September 2024"},
    "read": {"title": "Read", "publisher": "me", "url": "u", "accessed": "2025-02-03"},
}


# Of prices; those of 2025-26 are 100. Nothing costs the same in two years.
LEVELS = {2022: 50, 2023: 64, 2024: 80, 2025: 100, 2026: 125, 2027: 160, 2028: 200}
DEFLATORS = {
    "index": {
        "release": "Prices", "publisher": "me", "url": "u", "accessed": "2023-12-31",
        "licence": "none", "base": "2025-26", "forecast_from": "2026-27",
        "index": {f"{year}-{year - 1999}": str(level) for year, level in LEVELS.items()},
    }
}  # fmt: skip


class Plain(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes each value out, since a record has no aliases."""

    def ignore_aliases(self, _: Any) -> bool:
        return True


def text_of(record: Record) -> str:
    """Write a record as a file would hold it."""
    written: str = yaml.dump(
        record, Dumper=Plain, allow_unicode=True, sort_keys=True, default_flow_style=None, width=99
    )
    return written


def made(seed: int) -> Record:
    """Make a record. Some break a rule: whoever asks for one has it validated."""
    chance = random.Random(seed)
    count = chance.choice((1, 2, 3, 3, 4, 4, 5, 5, 6, 7))
    ids = [chr(ord("a") + place) for place in range(count)]
    chance.shuffle(ids)  # what holds what has nothing to do with the alphabet
    kind = chance.random()
    maker = _Maker(chance, ids, in_two=kind < 0.5, open_in_two=kind < 0.25)
    commitments = maker.commitments()
    beside = random.Random(-1 - seed)  # what is told beside the sums makes no other sums
    _tell_more(beside, commitments)
    return {
        "about": {
            "title": "T", "subject": "things", "publisher": "me", "version": "1",
            "licence": "none", "reviewed": "2026-12-31", "benchmark": "ask",
        },
        "pillars": {
            "p1": {"title": "One"}, "p2": {"title": "Two"},
            "px": {"title": "Both", "unassigned": "true"},
        },
        "topics": {"t1": {"title": "First"}, "t2": {"title": "Second"}},
        "bodies": {"b1": {"title": "B one"}, "b2": {"title": "B two"}},
        "sources": SOURCES,
        "deflators": DEFLATORS,
        "recommendations": _recommendations(beside, [*commitments]),
        "commitments": commitments,
        "benchmarks": {"ask": _ask(chance, maker.figures, maker.links)},
    }  # fmt: skip


def _words(chance: random.Random, figure: int, *, exact: float = 0.5) -> str:
    if chance.random() < exact:
        return f"£{figure}m"
    return chance.choice(
        (
            f"over £{figure}m",
            f"over £{figure}m",
            f"up to £{figure}m",
            f"up to £{figure}m",
            f"about £{figure}m",
            f"£{figure}m to £{figure + chance.randint(1, 8)}m",
        )
    )


def _each(run: str) -> list[str]:
    """Return each financial year of a run of them."""
    first, _, last = run.partition("..")
    return [f"{y}-{y + 1 - 2000}" for y in range(int(first[:4]), int((last or first)[:4]) + 1)]


class _Maker:
    """Makes commitments from the innermost outwards, so that most parts fit what holds them."""

    def __init__(
        self, chance: random.Random, ids: list[str], *, in_two: bool, open_in_two: bool
    ) -> None:
        self.chance, self.ids = chance, ids
        self.in_two, self.open_in_two = in_two, open_in_two
        self.found: dict[str, Any] = {}
        self.figures: dict[str, int] = {}
        self.links: dict[str, list[Any]] = {}

    def _maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def commitments(self) -> Record:
        links = self.links
        for place, id_ in enumerate(self.ids):
            outer = self.ids[place + 1 :]  # what may hold it
            links[id_] = self._links(outer)
        for place, id_ in enumerate(self.ids):
            self._commitment(id_, place, links)
            self._standing(id_, self.ids[place + 1 :], links)
        for entry in self.found.values():
            if "restates" in entry:
                entry["amount"] = f"£{sum(self.figures[one] for one in entry['restates'])}m"
                entry.pop("profile", None)
                entry["inferred"] = {"amount": "x"}
        return {id_: self.found[id_] for id_ in sorted(self.found)}

    def _links(self, outer: list[str]) -> list[Any]:
        if not outer or self._maybe(0.3):
            return []
        several = 2 if self.in_two and len(outer) > 1 and self._maybe(0.6) else 1
        return self.chance.sample(outer, several)

    def _commitment(self, id_: str, place: int, links: dict[str, list[Any]]) -> None:
        chance = self.chance
        held = sum(self.figures[one] for one in self.ids[:place] if id_ in links[one])
        figure = chance.randint(1, 12) if not held else held + chance.choice((0, 0, 1, 3, 8, 20))
        if held and self._maybe(0.08):
            figure = max(1, held - chance.randint(1, 6))
        self.figures[id_] = figure
        part_of = links[id_]
        twice = len(part_of) > 1
        short = twice and figure > 1 and self._maybe(0.3)
        exact = 1.0 if twice and not self.open_in_two and not short else 0.5
        entry: Record = {
            "title": id_.upper(),
            "lead": chance.choice(("b1", "b1", "b2", ["b1", "b2"])),
            "pillar": chance.choice(("p1", "p1", "p2", "px")),
            "claims": [{"source": "after", "at": "page", "says": "words"}],
            "inferred": {"amount": "x"},
            "amount": _words(chance, figure, exact=exact),
        }
        if short:
            size = chance.randint(1, figure)
            inner = {"in": part_of[1], "amount": f"£{size}m", "reason": "r"}
            part_of = [part_of[0], inner]
            if self._maybe(0.3):
                part_of = [inner]
        if part_of:
            entry["part_of"] = part_of
        self._dates(entry, figure)
        self._years(entry, figure, [one for one in self.found if id_ in links[one]])
        self._newness(entry, figure, place, links)
        if self._maybe(0.4):
            entry["topics"] = chance.choice((["t1"], ["t2"], ["t1", "t2"]))
        if self._maybe(0.3):
            entry["spending"] = chance.choice(("capital", "revenue", "mixed"))
        self.found[id_] = entry

    def _dates(self, entry: Record, figure: int) -> None:
        chance = self.chance
        if self._maybe(0.1):
            entry["claims"][0]["source"] = chance.choice(("early", "later", "read"))
        else:
            entry["announced"] = chance.choice((*DAYS[:1] * 4, *DAYS, "March 2024"))
        if self._maybe(0.15) and entry.get("announced") in DAYS[:3]:
            new = chance.choice((0, figure + 1, figure + 4, max(1, figure - 2)))
            entry["amount"] = [
                {"from": entry["announced"], "is": entry["amount"]},
                {"from": chance.choice(DAYS[3:]), "is": f"£{new}m"},
            ]
        if self._maybe(0.2):
            entry["stage"] = chance.choice(
                (
                    "announced",
                    "paid",
                    [
                        {"from": DAYS[0], "is": "announced"},
                        {"from": DAYS[3], "is": "allocated"},
                    ],
                )
            )

    def _years(self, entry: Record, figure: int, held: list[str]) -> None:
        """Say which years it is for, and how much in each: of what it holds, those are in them."""
        chance = self.chance
        fixed = [year for one in held for year in self.found[one].get("profile", ())]
        runs = [run for run in RUNS if {*fixed} <= {*_each(run)}]
        if self._maybe(0.4) or not runs:
            return
        entry["years"] = chance.choice(runs[:5] if self._maybe(0.9) else runs)
        run = _each(entry["years"])
        if self._maybe(0.95 if held else 0.6) or isinstance(entry["amount"], list):
            return
        entry["inferred"]["profile"] = "x"
        if self._maybe(0.5) and len(run) > 1:  # some of its years
            entry["profile"] = {chance.choice(run): f"£{chance.randint(1, figure)}m"}
        elif self._maybe(0.5):  # all of them, which give the amount where none is stated
            shares = [1] * len(run)
            for _ in range(figure - len(run)):
                shares[chance.randrange(len(run))] += 1
            entry["profile"] = {y: f"£{s}m" for y, s in zip(run, shares, strict=True)}
            if self._maybe(0.3):
                del entry["amount"], entry["inferred"]["amount"]
        else:
            entry["profile"] = {y: _words(chance, chance.randint(1, 6)) for y in run}
            entry.pop("amount")
            del entry["inferred"]["amount"]

    def _standing(self, id_: str, others: list[str], links: dict[str, list[Any]]) -> None:
        """Let it overlap, replace or say again others: outer ones, so that no circle is closed."""
        chance, entry = self.chance, self.found[id_]
        apart = [one for one in others if one not in links[id_]]
        unrelated = [one for one in apart if not {*links[one]} & {*links[id_]}]
        if apart and self._maybe(0.2):
            entry["may_overlap"] = [chance.choice(apart)]
            entry["reason"] = "r"
        elif unrelated and self._maybe(0.12):
            entry["supersedes"] = [chance.choice(unrelated)]
        elif apart and not any(id_ in held for held in links.values()) and self._maybe(0.1):
            entry["restates"] = chance.sample(apart, min(len(apart), chance.randint(1, 2)))
        elif self._maybe(0.08):
            entry["counted"] = "false"
            entry["reason"] = "r"

    def _newness(self, entry: Record, figure: int, place: int, links: dict[str, list[Any]]) -> None:
        chance = self.chance
        id_ = self.ids[place]
        about = [one for one in self.found if id_ in links[one]]
        told = any("existing" in self.found.get(one, ()) for one in about)  # they may not agree
        if self._maybe(0.1 if told else 0.5):
            entry["existing"] = chance.choice(
                (
                    "£0",
                    "£0",
                    "all",
                    f"£{chance.randint(1, figure)}m",
                    f"£{chance.randint(1, figure)}m",
                    _words(chance, chance.randint(1, figure), exact=0),
                )
            )
        profile = entry.get("profile", {})
        full = entry.get("years") and {*profile} == {*_each(entry["years"])}
        if full and not told and self._maybe(0.4):  # what each year holds at the least, or less
            entry["existing"] = {
                year: f"£{chance.randint(0, int(read(said).low))}m"
                for year, said in profile.items()
            }
        if place and self._maybe(0.12):
            entry["continues"] = chance.choice(self.ids[:place])


def _tell_more(chance: random.Random, commitments: Record) -> None:
    """Say who gets a part of a sum, which adds nothing, and which links are our reading."""
    claims = [{"source": "after", "at": "page", "says": "£0.25m"}]
    for entry in commitments.values():
        if chance.random() < 0.2:
            part = {"bodies": "b2", "is": chance.choice(("allocated", "provisional"))}
            entry["allocations"] = [{**part, "amount": "£0.25m", "claims": claims}]
        links = entry.get("part_of", [])
        for place, link in enumerate(links):
            if isinstance(link, str) and chance.random() < 0.2:
                links[place] = {"in": link, "inferred": "r"}


def _recommendations(chance: random.Random, ids: list[str]) -> Record:
    """Make two, of which an answer names sums; the second answer to one names others."""
    claims = [{"source": "after", "at": "page", "says": "words"}]

    def answered(on: str) -> Record:
        named = chance.sample(ids, chance.randint(1, min(len(ids), 3)))
        return {"on": on, "is": "accepted", "commitments": named, "claims": claims}

    return {
        id_: {
            "title": id_, "by": "b2", "made": "2023-12-31", "to": ["b1"], "chapter": "c",
            "claims": claims,
            "responses": [answered(on) for on in chance.choice((DAYS[:1], DAYS[1:2], DAYS[1:4:2]))],
        }
        for id_ in ("r1", "r2")
    }  # fmt: skip


def _ask(chance: random.Random, figures: dict[str, int], links: dict[str, list[Any]]) -> Record:
    """Ask for about as much as is promised, so that verdicts are near."""
    outermost = sum(figure for id_, figure in figures.items() if not links[id_])
    near = chance.choice((outermost, outermost, figures[chance.choice(sorted(figures))]))
    figure = max(2, near + chance.randint(-4, 4))
    ask: Record = {
        "title": "Ask",
        "by": "b2",
        "amount": f"£{figure}m",
        "announced": "2023-12-31",
        "spending_years": str(chance.randint(1, 4)),
        "programme_years": str(chance.randint(1, 5)),
        "claims": [{"source": "after", "at": "page", "says": "words"}],
        "inferred": {"amount": "x"},
    }
    if (asks_for := chance.choice(("new", "new", "all", None))) is not None:
        ask["asks_for"] = asks_for
    limit = chance.random()
    if limit < 0.2:
        ask["pillar"] = chance.choice(("p1", "p2"))
    elif limit < 0.3:
        ask["topics"] = ["t1"]
    if chance.random() < 0.3:
        ask["amount"] = _words(chance, figure, exact=0)
    elif chance.random() < 0.7:
        ask["inferred"]["profile"] = "x"
        length = chance.randint(2, 4)
        short = chance.choice((0, 0, 1)) if figure > length else 0
        shares = [0] * length
        for _ in range(figure - short):
            shares[chance.randrange(length)] += 1
        numbered = chance.random() < 0.6
        names = [
            f"year {one + 1}" if numbered else f"{2024 + one}-{25 + one}" for one in range(length)
        ]
        ask["profile"] = {n: f"£{s}m" for n, s in zip(names, shares, strict=True)}
        if short:
            ask["unreconciled"] = {"amount": f"£{short}m", "reason": "r"}
        if numbered and chance.random() < 0.8:
            ask["year_one"] = {"is": chance.choice(("2024-25", "2025-26")), "reason": "r"}
    return ask
