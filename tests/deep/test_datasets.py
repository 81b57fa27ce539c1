"""Datasets of every shape that the fields allow, and some they do not, through the commands.

    python -m pytest tests/deep

Each ends with 0, 1 or 2, a message where it is not 0, no fault of ours, and within two seconds.
`DEEP` is how many datasets are made for each test, 2,000 unless it says otherwise.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import time
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reformcalc.cli import main
from reformcalc.printable import UNPRINTABLE
from reformcalc.reading.load import load
from reformcalc.rules import RULES

if TYPE_CHECKING:
    from pathlib import Path

DEEP = settings(
    derandomize=False,
    max_examples=int(os.environ.get("DEEP", "2000")),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
SLOWEST = 2.0  # seconds of work, however busy the machine is
IDS = ("a", "b", "c", "d-1")
DAYS = ("2023-02-02", "2024-01-31", "2024-02-29", "1900-01-01", "2199-12-31")
IN_A_ROW = ("2021-22", "2022-23", "2023-24", "2024-25", "2025-26")
YEARS = ("2022-23", "2023-24", "2024-25", "1900-01", "2199-00")

ids = st.sampled_from(IDS)
lists = st.lists(ids, max_size=3, unique=True)
numbers = st.one_of(
    st.integers(1, 10**12).map(lambda n: f"{n:,}"),
    st.decimals(1, 10**3, places=3).map(lambda n: f"{n:,f}"),
    st.sampled_from(("0.01", "0.0000000000001", "999,999,999,999.99")),
)
indices = st.one_of(
    st.decimals(1, 1_000, places=4).map(str), st.sampled_from(("0.01", "1,000,000"))
)
thousands = st.integers(0, 9_999).map(lambda n: f"{n:,}")
units = st.sampled_from(("", "k", "m", "bn", " million"))
qualifiers = st.sampled_from(("", "", "over ", "up to ", "about ", "nearly ", "at least "))
amounts = st.one_of(
    st.builds("{}£{}{}".format, qualifiers, thousands, units),
    st.builds("£{}m to £{}bn".format, st.integers(1, 999), st.integers(1, 99)),
    st.sampled_from(("£0", "£0.01", "£9,999bn", "£5m")),
)
days = st.sampled_from(DAYS)
spans = st.one_of(
    days,
    st.builds(
        "{} {}".format, st.sampled_from(("spring", "May", "early", "late")), st.integers(1900, 2199)
    ),
    st.sampled_from(YEARS).map(lambda year: f"FY {year}"),
    st.builds("Q{} {}".format, st.integers(1, 4), st.sampled_from(YEARS)),
)
whens = st.one_of(spans, st.sampled_from(("1900-01-01..2199-12-31", "2023-01-01..2023-05-11")))
dues = st.one_of(
    st.builds("{}{}".format, st.sampled_from(("", "by ", "from ", "before ", "after ")), spans),
    st.sampled_from(("when parliamentary time allows", "in due course", "FY 2023-24..FY 2025-26")),
    st.builds("{} {}".format, st.sampled_from(("within 6 months of", "6 weeks before")), ids),
)
runs = st.one_of(
    st.sampled_from(YEARS),
    st.sampled_from(("2022-23..2024-25", "1900-01..2199-00", "2023-24..2199-00")),
)
texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), max_size=20
).filter(str.strip)


def fields(needed: dict[str, Any], known: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(needed, optional=known)


def claims(*said: str) -> list[dict[str, str]]:
    return [{"source": "a", "at": "page", "says": one, "variant": "true"} for one in said or ("x",)]


revised = st.dictionaries(days, amounts, min_size=1, max_size=3).map(
    lambda stated: [{"from": day, "is": stated[day]} for day in sorted(stated)]
)
commitments = st.builds(
    lambda stated, rest: rest | stated,
    st.one_of(
        st.fixed_dictionaries({"amount": amounts | revised}),
        st.builds(
            lambda first, then: {
                "years": "2022-23..2023-24",
                "profile": {"2022-23": first, "2023-24": then},
            },
            amounts,
            amounts,
        ),
    ),
    fields(
        {"title": texts, "lead": ids, "pillar": ids, "claims": st.just(claims())},
        {
            "announced": whens,
            "years": runs,
            "profile": st.dictionaries(st.sampled_from(YEARS), amounts, min_size=1, max_size=3),
            "part_of": st.one_of(
                lists,
                st.lists(
                    fields({"in": ids}, {"amount": amounts, "reason": texts}),
                    max_size=2,
                    unique_by=lambda part: part["in"],
                ),
            ),
            "restates": lists,
            "may_overlap": lists,
            "supersedes": lists,
            "continues": ids,
            "existing": st.one_of(amounts, st.just("all")),
            "spending": st.sampled_from(("revenue", "capital", "mixed")),
            "stage": st.sampled_from(("announced", "paid")),
            "counted": st.sampled_from(("true", "false")),
            "reason": st.just("r"),
            "topics": lists,
            "also_pillars": lists,
        },
    ),
)
benchmarks = fields(
    {"title": texts, "by": ids, "amount": amounts, "announced": whens, "claims": st.just(claims())},
    {
        "profile": st.dictionaries(
            st.sampled_from((*YEARS, "year 1", "year 2", "year 99")), amounts, max_size=4
        ),
        "asks_for": st.sampled_from(("new", "all")),
        "spending_years": st.sampled_from(("1", "4", "999")),
        "programme_years": st.sampled_from(("1", "5", "999")),
        "year_one": st.fixed_dictionaries({"is": st.sampled_from(YEARS), "reason": texts}),
        "part_of": ids,
        "pillar": ids,
        "topics": lists,
    },
)
outcomes = st.builds(
    lambda kind, when, known: {kind: when, "claims": claims()} | known,
    st.sampled_from(("met", "partly-met", "dropped", "superseded", "in-force", "not-met")),
    whens,
    fields({}, {"known": days}),
)
milestones = fields(
    {"title": texts, "promised": whens, "due": dues, "lead": ids, "claims": st.just(claims())},
    {
        "moved": st.lists(
            st.fixed_dictionaries({"to": dues, "on": whens, "claims": st.just(claims())}),
            max_size=2,
        ),
        "outcome": st.lists(outcomes, min_size=1, max_size=2),
        "acts": lists,
        "pillar": ids,
        "commitment": ids,
        "nature": st.sampled_from(("step", "duty", "programme", "aim")),
        "looked": st.lists(
            fields({"on": days, "searched": texts}, {"reaches": days}), min_size=1, max_size=2
        ),
        "repeats": st.sampled_from(("weekly", "monthly", "half-yearly", "every 6 weeks", "termly")),
        "terms": st.lists(dues, min_size=1, max_size=2),
        "until": whens,
        "done": st.lists(
            st.one_of(days, fields({"on": days}, {"time": dues, "claims": st.just(claims())})),
            min_size=1,
            max_size=3,
        ),
    },
)
figures = fields(
    {
        "title": texts,
        "kind": st.just("count"),
        "unit": texts,
        "by": ids,
        "value": st.one_of(amounts, numbers),
        "claims": st.just(claims()),
    },
    {"was": numbers, "due": dues, "announced": whens},
)
deflators = st.fixed_dictionaries(
    {
        "release": texts,
        "publisher": st.just("p"),
        "url": st.just("u"),
        "accessed": days,
        "licence": st.just("l"),
        "base": st.just(IN_A_ROW[0]),
        "forecast_from": st.sampled_from(IN_A_ROW),
        "index": st.fixed_dictionaries(
            {**dict.fromkeys(IN_A_ROW, indices), IN_A_ROW[0]: st.just("100")}
        ),
    }
)
WORDS = {one: {"title": one.upper()} for one in IDS}
LINKS = ("part_of", "restates", "may_overlap", "supersedes", "continues", "member_of")
bodies = fields({"title": texts}, {"member_of": lists})


def _forwards(entries: dict[str, Any]) -> dict[str, Any]:
    """Let entries name only those before them, so that no link closes a circle."""
    for id_, entry in entries.items():
        for name in LINKS:
            named = entry.get(name, [])
            several = [named] if isinstance(named, str) else named
            kept = [one for one in several if (one["in"] if isinstance(one, dict) else one) < id_]
            entry.pop(name, None)
            if kept:
                entry[name] = kept[0] if isinstance(named, str) else kept
    return entries


@st.composite
def datasets(draw: st.DrawFn) -> dict[str, Any]:
    """Make a dataset whose fields are each well formed and whose references all lead somewhere."""
    about = {"title": "T", "subject": "s", "publisher": "p", "version": "1", "licence": "l"}
    some = dict.fromkeys(IDS, commitments)
    return {
        "about": about | {"reviewed": draw(days), "benchmark": "a"},
        "pillars": WORDS,
        "topics": WORDS,
        "bodies": _forwards(draw(st.fixed_dictionaries(dict.fromkeys(IDS, bodies)))),
        "sources": {
            one: {"title": "S", "publisher": "P", "accessed": draw(days)}
            | draw(fields({}, {"published": whens, "url": texts}))
            for one in IDS
        },
        "commitments": _forwards(draw(st.fixed_dictionaries(some))),
        "benchmarks": _forwards(
            draw(st.fixed_dictionaries({"a": benchmarks}, optional={"b": benchmarks}))
        ),
        "milestones": draw(st.dictionaries(ids, milestones, max_size=3)),
        "figures": draw(st.dictionaries(ids, figures, max_size=2)),
        "deflators": draw(st.dictionaries(ids, deflators, max_size=1)),
    }


def excused(folder: Path, made: dict[str, Any]) -> str:
    """Write a dataset with an exception for each rule that its invented figures may break."""
    path = _write(folder, made)
    for one in load(path).findings:
        if RULES[one.finding.rule].excusable:
            kind, id_ = map(str, one.finding.route[:2])
            made[kind][id_].setdefault("exceptions", {})[one.finding.rule] = "made up"
    return _write(folder, made)


@st.composite
def broken(draw: st.DrawFn) -> Any:
    """Take a dataset and put anything at all somewhere in it."""
    made = json.loads(json.dumps(draw(datasets())))
    anything: st.SearchStrategy[Any] = st.recursive(
        texts, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=5
    )
    for _ in range(draw(st.integers(1, 3))):
        place = made
        while True:
            key = draw(
                st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place)))
            )
            if not (isinstance(place[key], dict | list) and place[key]) or draw(st.booleans()):
                break
            place = place[key]
        place[key] = draw(anything)
    return made


QUERIES = tuple(
    (*query.split(), *options)
    for query in (
        "totals", "totals --explain", "totals --by pillar", "totals --by topic", "totals --by year",
        "totals --by lead", "totals --by stage", "totals --new announced", "totals --new each-year",
        "totals --envelope a", "compare", "compare --prices 2022-23", "compare --year-one 2023-24",
        "deadlines --all", "deadlines --within 6m", "conflicts", "sources", "list", "show a",
    )
    for options in (("--as-of", "2024-06-01"), ("--as-of", "2199-12-31"))
)  # fmt: skip
FORMATS = ("table", "json", "csv", "markdown")


def _run(*arguments: str) -> tuple[int, str, str]:
    """Run a command in this process, as quickly as it has to be."""
    out, err = io.StringIO(), io.StringIO()
    began = time.process_time()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as end,
    ):
        main(arguments)
    assert time.process_time() - began < SLOWEST, arguments
    code = int(end.value.code or 0)
    assert code in (0, 1, 2)
    assert "has a fault" not in err.getvalue(), err.getvalue()
    assert code == 0 or out.getvalue() or err.getvalue()
    assert not UNPRINTABLE.search(out.getvalue() + err.getvalue())
    return code, out.getvalue(), err.getvalue()


def _write(folder: Path, made: Any) -> str:
    path = folder / "record.yaml"
    path.write_text(yaml.dump(made, Dumper=Plain, allow_unicode=True), encoding="utf-8")
    return str(path)


class Plain(yaml.SafeDumper):
    """Writes each value out, since a dataset has no aliases."""

    def ignore_aliases(self, _: Any) -> bool:
        return True


@DEEP
@given(made=datasets(), data=st.data())
def test_queries_of_a_well_formed_dataset_end_well(
    made: Any, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A valid dataset is answered by any query, an invalid one refused with its findings."""
    path = excused(tmp_path_factory.getbasetemp(), made)
    invalid, _, _ = _run("validate", path)
    for query in data.draw(st.lists(st.sampled_from(QUERIES), min_size=4, max_size=4, unique=True)):
        format_ = data.draw(st.sampled_from(FORMATS))
        code, out, err = _run(*query, "--data", path, "--format", format_)
        assert code == 2 if invalid else code in (0, 2)
        assert bool(out) == (code == 0)
        assert bool(err) == (code != 0)
        if format_ == "json" and code == 0:
            json.loads(out, parse_constant=pytest.fail)
        if invalid:
            break


@DEEP
@given(made=broken())
def test_any_broken_dataset_has_its_findings(
    made: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever stands wherever in a dataset, validate tells it, and a query of it does not fall."""
    path = _write(tmp_path_factory.getbasetemp(), made)
    code, _, _ = _run("validate", path, "--format", "text")
    assert _run("totals", "--data", path, "--as-of", "2024-06-01")[0] == (2 if code else 0)
