"""Writes the parts of the documents that the program itself knows best.

`docs/documents.md` from what the record quotes of each document, section by section, and the
reasons for its gaps in `docs/gaps.toml`,
`docs/schema.json` and `docs/totals.md` from the commands of those names, `docs/export.md` from the
description of the tables, the keys in `docs/json.md` from the rows of the answers,
`docs/commands.md` from the commands' own help, `docs/glossary.md` from the words that the program
explains, `docs/rules.md` from the rules, their broken
examples and the messages these get, the fields in `docs/dataset.md` from the model, the output
below every `$ reformcalc` line in the pages that show one, and what the examples in
`docs/python.md` print, and the programmes in `docs/record.md` from the record. `--check` writes
nothing and fails if a page is out of date.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import io
import itertools
import os
import pkgutil
import re
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reformcalc.record.model import Dataset, Part

PROJECT = Path(__file__).parents[1]
sys.path.insert(0, str(PROJECT))  # the gallery of broken files is among the tests
PAGES_WITH_EXAMPLES = (
    "README.md",
    "docs/answers.md",
    "docs/ci.md",
    "docs/council.md",
    "docs/other-programme.md",
    "docs/own-plan.md",
    "docs/record.md",
)
DAYS = ("2023-06-20", "2023-12-31", "2025-03-31", "2026-11-21")
WIDTH = 80
_GLOSSARY_INTRODUCTION = """\
One word per thing: in the record, the code, the options and these pages. `reformcalc show WORD`
explains one."""
_RULES_INTRODUCTION = """\
What must hold in a dataset. Written by `make docs` from the rules themselves and from the broken
files under `tests/rules/`, which are also their tests."""
_TOTALS_INTRODUCTION = """\
What had been promised by each of these days, each pound once, in cash, as known then. Written by
`make docs`; `reformcalc totals --as-of DAY --format markdown` gives any other day."""
_DOCUMENTS_INTRODUCTION = """\
Each document whose text the record was read from, in its own order, with the entries that quote
each section, or why nothing does: to be held beside the document, so that what is missing can be
seen. Written by `make docs` from the record's claims; `reformcalc show ID` has each one's words."""
_EXPORT_INTRODUCTION = """\
The whole record, and the answers as of a day, as tables for other programs. Written by `make docs`
from the description of the tables that all three forms are made of.

```sh
reformcalc export reform.xlsx      # a workbook: what people ask first, then every table
reformcalc export reform.sqlite    # an SQLite database, or .db, and reform.metadata.yaml beside it
reformcalc export reform/          # a data package: CSV files, and datapackage.json
```

- `--as-of DAY` sets the day of the answers: `totals`, `counted`, `new_money`, `compare`,
  `deadlines` and `answered`, and of the sheets and views made of them. `--pillar`, `--topic` and
  `--lead` limit these. All other tables hold the whole record, whatever the day and the choice.
  `--data` exports another dataset. What concerns one council alone is in no answer but that
  council's own, as in `reformcalc deadlines`; the record's tables have it.
- What is there already is kept; `--force` replaces it. It is replaced whole or not at all, and a
  folder that holds any other file never is.
- The same record and day give the same files, byte for byte.
- Columns that end in `_gbp` are whole pounds. A low and a high are bounds, and an empty high means
  that there is none.
- `totals` adds up at depth 0, and `counted` over any choice of its rows. A choice has bounds that
  the tables do not hold: ask `reformcalc totals --topic`, `--pillar` or `--lead`, and with
  `--new` for new money, which turns on what the envelopes say.
- Lists are joined with `; `; in the database they are arrays of JSON. For joins, `entry_pillars`,
  `entry_topics` and `entry_bodies` have a row for each word that an entry names, and `relations`
  for each commitment that another names.

The **data package** is a [Tabular Data Package](https://specs.frictionlessdata.io): its
`datapackage.json` gives types, keys, references, sources and licences, and `frictionless validate
reform/datapackage.json` checks them. In CSV, text that a spreadsheet would run as a formula has
an apostrophe before it.

The **database** enforces its keys, and its references once a connection has said `PRAGMA
foreign_keys = ON`. Days are text as `2026-11-21`, and true and false are 1 and 0. Three views
have what people ask, with names in place of ids: `money` (what each commitment states, what
counts, what is in doubt, what is new), `due` (every milestone as it stood) and `replies` (every
recommendation with its answer), each with its source and, where one is known, its address. Claims,
statements and words point at `entries`, which points at each entry's own row.
`datasette reform.sqlite -m reform.metadata.yaml` shows it in a browser, with what every table and
column means, links that follow the references, topics to choose from, and a search by words. The
description is called after its database, so that several can stand in one folder; where Datasette
is to serve such a folder whole, it reads the one that is called `metadata.yaml`.

Two questions are at hand there, too. The figures of `reformcalc totals`: what is promised, what
is in doubt beside it, and what is new, at least and at most:

```sql
SELECT SUM(counts_gbp), SUM(perhaps_gbp), SUM(new_low_gbp), SUM(new_high_gbp)
FROM money;
```

What is in doubt, the largest first, and why (`where` is a word of SQL, so it is quoted):

```sql
SELECT title, perhaps_gbp, reason, "where", url
FROM money
WHERE perhaps_gbp > 0
ORDER BY perhaps_gbp DESC;
```

What lies in an envelope, what it adds, and which document has the figure:

```sql
SELECT id, amount_gbp, adds_gbp, "where"
FROM totals
WHERE parent = 'stable-homes'
ORDER BY amount_gbp DESC;
```

What the sums for fostering add to the total:

```sql
SELECT SUM(counted.counts_gbp)
FROM counted
JOIN entry_topics ON entry_topics.kind = 'commitments' AND entry_topics.entry = counted.id
WHERE entry_topics.topic = 'fostering';
```

The **workbook** needs one more package: `pip install XlsxWriter`. It opens on a cover: the
day, each answer in a sentence, a link to every sheet, notes and the licence. Then come Money,
Deadlines and Recommendations, each with names in place of ids, days as 30/11/2026, states in words
and colour, and a link to the page; below Money stand the sums of the rows that a filter leaves.
`--for BODY` adds a sheet of one council. The sheets after these are the tables below, under their
names; those of `deadlines` and `recommendations` end in `_data`. The last says what every column
means. All are real tables with filters, and print on their side, as wide as the page."""
PYTHON_EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```\n\n```text\n.*?```", re.DOTALL)
_EXAMPLE = re.compile(r"```console\n\$ reformcalc (?P<arguments>[^\n]*)\n.*?```", re.DOTALL)


_KEYS = re.compile(r"<!-- keys: (?P<row>\w+) -->\n.*?<!-- /keys -->", re.DOTALL)
_PROGRAMMES = re.compile(r"<!-- programmes -->\n.*?<!-- /programmes -->", re.DOTALL)
_FIELDS = re.compile(r"<!-- fields -->\n.*?<!-- /fields -->", re.DOTALL)


def main() -> int:
    """Write the pages, or with --check compare them; return the exit code."""
    pages = {
        PROJECT / "docs" / "commands.md": commands_page(),
        PROJECT / "docs" / "documents.md": documents_page(),
        PROJECT / "docs" / "export.md": export_page(),
        PROJECT / "docs" / "glossary.md": glossary_page(),
        PROJECT / "docs" / "rules.md": rules_page(),
        PROJECT / "docs" / "schema.json": answer("schema"),
        PROJECT / "docs" / "totals.md": totals_page(),
    }
    dataset = PROJECT / "docs" / "dataset.md"
    pages[dataset] = _FIELDS.sub(f"<!-- fields -->\n{fields()}\n<!-- /fields -->", _read(dataset))
    json = PROJECT / "docs" / "json.md"
    pages[json] = _KEYS.sub(keys, _read(json))
    python = PROJECT / "docs" / "python.md"
    pages[python] = worked(_read(python))
    for name in PAGES_WITH_EXAMPLES:
        path = PROJECT / name
        pages[path] = refreshed(path.read_text(encoding="utf-8"))
    record = PROJECT / "docs" / "record.md"
    pages[record] = _PROGRAMMES.sub(
        lambda _: f"<!-- programmes -->\n{programmes()}\n<!-- /programmes -->", pages[record]
    )
    stale = [path for path, text in pages.items() if not path.exists() or _read(path) != text]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.relative_to(PROJECT)} is out of date: run make docs", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.write_text(pages[path], encoding="utf-8")
        print(f"wrote {path.relative_to(PROJECT)}")
    return 0


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def refreshed(page: str) -> str:
    """Return a page with the output of each of its examples as the program gives it now."""

    def rerun(example: re.Match[str]) -> str:
        arguments = example["arguments"]
        return f"```console\n$ reformcalc {arguments}\n{answer(*arguments.split())}```"

    return _EXAMPLE.sub(rerun, page)


def worked(page: str) -> str:
    """Return a page of Python with what each of its examples prints, one after the other."""
    names: dict[str, object] = {}

    def rerun(example: re.Match[str]) -> str:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(example["code"], names)
        return f"```python\n{example['code']}```\n\n```text\n{out.getvalue()}```"

    return PYTHON_EXAMPLE.sub(rerun, page)


def answer(*arguments: str) -> str:
    """Return what a command prints on a terminal of 80 columns without colour."""
    from reformcalc.cli import app, terminal

    out = io.StringIO()
    settings = {
        "NO_COLOR": "1",
        "COLUMNS": str(WIDTH),
        "LINES": "24",
        "PAGER": "cat",
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
    }
    with (
        mock.patch.dict(os.environ, settings),
        mock.patch.object(terminal, "is_terminal", lambda: True),
        contextlib.redirect_stdout(out),
        contextlib.chdir(PROJECT),
        contextlib.suppress(SystemExit),
    ):
        app.main(arguments)
    return out.getvalue()


def fields() -> str:
    """Return a table of the fields of every part of a dataset."""
    from reformcalc.record.model import About, Dataset

    parts = []
    tops: list[type[Part]] = [About, *map(Dataset.kind, Dataset.KINDS)]
    for part in dict.fromkeys(one for top in tops for one in (top, *_parts_within(top))):
        said = inspect.cleandoc(part.__doc__ or "")
        parts += ["", f"### {part.__name__}", "", said, ""]
        parts += ["| field | | meaning |", "| --- | --- | --- |"]
        for name, field in part.model_fields.items():
            needed = "needed" if field.is_required() else ""
            parts.append(f"| `{field.alias or name}` | {needed} | {field.description or ''} |")
    return "\n".join(parts) + "\n"


def programmes() -> str:
    """Return a table of who is known to take part in each programme, and of how many what they get.

    It is of the day of the last review: what came later is in no record.
    """
    from reformcalc import load
    from reformcalc.answers.area_words import allocations_known, areas_known
    from reformcalc.ledger.known import Known
    from reformcalc.ledger.local import programmes as every

    dataset = load().valid()
    lines = ["| programme | who takes part | what they get is known of |", "| --- | --- | --- |"]
    for one in every(Known(dataset, dataset.about.reviewed)):
        areas, allocations = areas_known(one) or "not said", allocations_known(one) or "none"
        lines.append(f"| {one.entry.name} | {areas} | {allocations} |")
    return "\n".join(lines)


def _parts_within(part: type[Part]) -> dict[type[Part], None]:
    """Return the parts that a part holds, each before those that it holds itself."""
    from reformcalc.record.parts import fields_of

    found: dict[type[Part], None] = {}
    for one in fields_of(part):
        if one.part:
            found |= {one.part: None} | _parts_within(one.part)
    return found


def keys(named: re.Match[str]) -> str:
    """Return a table of the keys that a type of row has in JSON, those of one field in a line."""
    from reformcalc import rows

    row = _rows()[named["row"]]
    inherited = {one.field for base in row.__mro__[1:-1] for one in rows.keys(base)}
    lines = ["| key | holds | meaning |", "| --- | --- | --- |"]
    for field, same in itertools.groupby(rows.keys(row), key=lambda one: one.field):
        if field not in inherited:
            says = rows.meaning(row, field)
            names = ", ".join(f"`{one.name}`" for one in same)
            holds = f"list: {says.kind}" if says.many else says.kind
            lines.append(f"| {names} | {holds} | {says.text} |")
    return "\n".join([f"<!-- keys: {row.__name__} -->", *lines, "<!-- /keys -->"])


def _rows() -> dict[str, type]:
    """Return every type of row by its name."""
    from reformcalc import answers

    return {
        name: one
        for module in pkgutil.walk_packages(answers.__path__, f"{answers.__name__}.")
        for name, one in vars(importlib.import_module(module.name)).items()
        if name.endswith("Row") and isinstance(one, type)
    }


def totals_page() -> str:
    """Return the totals of four days, as tables to put before a committee."""
    parts = [
        "# Totals of four days",
        _TOTALS_INTRODUCTION,
    ]
    for day in DAYS:
        asked = ("totals", "--as-of", day, "--format", "markdown")
        parts += [f"## {day}", answer(*asked).rstrip(), f"### {day}, by pillar"]
        parts.append(answer(*asked, "--by", "pillar").rstrip())
    return "\n\n".join(parts) + "\n"


# What is quoted of a document, by the section of the record and the part of an entry it is for.
_QUOTED = {
    ("recommendations", "claims"): "Asked",
    ("recommendations", "responses"): "Answered",
    ("commitments", "claims"): "Money",
    ("benchmarks", "claims"): "Asked for",
    ("milestones", "claims"): "Promised",
    ("milestones", "moved"): "New dates",
    ("milestones", "outcome"): "Came of it",
    ("figures", "claims"): "Figures",
    ("figures", "items"): "What they count",
}
_QUOTED_OF_ANY = {"statements": "Said of it"}
_BESIDE = "Beside it"


def documents_page() -> str:
    """Return each document in its order, with the entries that quote each of its sections."""
    from reformcalc import load

    dataset = load().valid()
    gaps = tomllib.loads(_read(PROJECT / "docs" / "gaps.toml"))
    parts = ["# The documents, section by section", _DOCUMENTS_INTRODUCTION]
    for id_, source in dataset.sources.items():
        if not source.sections:
            continue
        parts.append(f"## {source.title}")
        parts.append(f"{source.publisher}, `{id_}`.")
        quoted = _quoted(dataset, id_)
        reasons = gaps.get(id_, {})
        gaps_here = [one for one in source.sections if one not in quoted]
        if set(gaps_here) != set(reasons):
            odd = ", ".join(sorted(set(gaps_here) ^ set(reasons)))
            message = f"docs/gaps.toml, {id_}: no reason for a gap, or a reason without one: {odd}"
            raise SystemExit(message)
        for section in (*source.sections, ELSEWHERE):
            found = quoted.get(section, {})
            if section != ELSEWHERE or found:
                parts.append(f"### {section[:1].upper()}{section[1:]}")
                parts.append(_entries_quoting(found) or _gap(reasons[section]))
    return "\n\n".join(parts) + "\n"


ELSEWHERE = "Elsewhere in it"


def _quoted(dataset: Dataset, source: str) -> dict[str, dict[str, dict[str, str]]]:
    """Return what quotes a document: by its section, by what it is quoted for, by id, the name."""
    from reformcalc.record.history import claims_of
    from reformcalc.record.references import ENTRY_KINDS

    sections = dataset.sources[source].sections
    found: dict[str, dict[str, dict[str, str]]] = {}
    for kind in ENTRY_KINDS:
        for id_, entry in getattr(dataset, kind).items():
            for route, claim in claims_of(entry):
                if claim.source == source:
                    field = str(route[0])
                    what = _QUOTED.get((kind, field)) or _QUOTED_OF_ANY.get(field, _BESIDE)
                    section = section_of(claim.at, sections)
                    found.setdefault(section, {}).setdefault(what, {})[id_] = entry.name
    return found


def section_of(place: str, sections: Sequence[str]) -> str:
    """Return the section that a place lies in: the longest that it begins with."""
    within = [one for one in sections if f"{place}, ".startswith(f"{one}, ")]
    return max(within, key=len, default=ELSEWHERE)


def _gap(reason: str) -> str:
    return f"Nothing in the record quotes this: {reason}"


def _entries_quoting(found: Mapping[str, Mapping[str, str]]) -> str:
    order = [*dict.fromkeys([*_QUOTED.values(), *_QUOTED_OF_ANY.values()]), _BESIDE]
    return "\n".join(
        f"- {what}: {'; '.join(f'{name} (`{id_}`)' for id_, name in sorted(found[what].items()))}"
        for what in order
        if what in found
    )


def export_page() -> str:
    """Return every table of the export with its columns."""
    from reformcalc.export.tables import TABLES

    parts = ["# Export", _EXPORT_INTRODUCTION]
    for table in TABLES:
        key = ", ".join(f"`{name}`" for name in table.key)
        references = dict(table.references)
        lines = ["| column | holds | meaning |", "| --- | --- | --- |"]
        for column in table.columns:
            to = references.get(column.name)
            holds = f"key of [{to}](#{to})" if to else column.type
            lines.append(f"| `{column.name}` | {holds} | {column.meaning} |")
        parts += [f"## {table.name}", f"{table.meaning} Key: {key}.", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def commands_page() -> str:
    """Return the help of every command as a page."""
    from reformcalc.cli.commands import names

    parts = [
        "# Commands",
        "Written by `make docs` from the commands' own help.",
        _fenced(answer("--help")),
    ]
    for command in names():
        parts += [f"## reformcalc {command}", _fenced(answer(*command.split(), "--help"))]
    parts += ["## Exit codes", _exit_codes()]
    return "\n\n".join(parts) + "\n"


def glossary_page() -> str:
    """Return every word with what it means."""
    from reformcalc.answers.lookup.glossary import glossary

    lines = ["| word | meaning |", "| --- | --- |"]
    lines += [f"| {word} | {meaning} |" for word, meaning in glossary().words.items()]
    parts = ["# Glossary", _GLOSSARY_INTRODUCTION, "\n".join(lines), glossary().after.strip()]
    return "\n\n".join(parts) + "\n"


def _exit_codes() -> str:
    from reformcalc import errors

    return (errors.__doc__ or "").strip().split("\n\n")[-1]


def rules_page() -> str:
    """Return every rule with a broken example and the message that it gets."""
    from reformcalc.rules import RULES

    parts = [
        "# Rules",
        _RULES_INTRODUCTION,
    ]
    for rule in RULES.values():
        parts += [f"## {rule.id}", f"*{rule.severity}.* {_flowing(rule.explanation)}"]
        parts += _broken_example(rule.id)
    return "\n\n".join(parts) + "\n"


def _flowing(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def _broken_example(rule_id: str) -> list[str]:
    """Return the first broken file of a rule and what is said of it, if it is text."""
    from tests.rules import gallery

    for case in gallery.cases("bad", rule_id):
        shown = gallery.shown(case)
        if not shown or len(shown) > 2500 or not _printable(shown):
            continue
        found = gallery.read(case).findings
        said = [one.finding.message for one in found if one.finding.rule == rule_id]
        if said:
            # A message that names a file has its path, which is another on any machine.
            message = said[0].replace(f"{PROJECT}/", "")
            kind = case.rpartition(".")[2]
            return [_fenced(shown + "\n", kind), f"> {message}"]
    return []


def _printable(text: str) -> bool:
    return "\ufffd" not in text and all(map(str.isprintable, text.split("\n")))


def _fenced(text: str, language: str = "text") -> str:
    return f"```{language}\n{text.rstrip()}\n```"


if __name__ == "__main__":
    sys.exit(main())
