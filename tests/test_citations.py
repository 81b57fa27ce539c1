"""Citations, read by a program that lists of references are made with."""

from __future__ import annotations

import json
import re
import warnings
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

import reformcalc
from reformcalc import load
from reformcalc.answers.lookup.cite import works
from reformcalc.ledger.known import Known
from reformcalc.reading.source import parse
from reformcalc.render.works import render_bibtex, render_csl
from reformcalc.report import Work
from tests.conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result

DAY = "2026-11-30"


def _listed(source: Any, ids: list[str]) -> list[str]:
    """Return a list of references as citeproc-py makes it, in a style that it brings."""
    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )

    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    listed = CitationStylesBibliography(style, source, formatter.plain)
    listed.register(Citation([CitationItem(id_) for id_ in ids]))
    listed.sort()
    return [str(one) for one in listed.bibliography()]


def _in_csl(text: str) -> list[str]:
    from citeproc.source.json import CiteProcJSON

    items = json.loads(text)
    return _listed(CiteProcJSON(items), [one["id"] for one in items])


@pytest.fixture(scope="module")
def documents() -> list[Work]:
    """Return every document of the bundled record."""
    record = Known(load().valid(), date.fromisoformat(DAY))
    return works(record, record.sources)


@pytest.mark.filterwarnings("ignore:.*:")
def test_every_document_in_a_list_of_references(documents: list[Work]) -> None:
    """citeproc-py reads every document as CSL-JSON, and lists each with who published it."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", UserWarning)
        listed = _in_csl(render_csl(documents))
    assert [str(one.message) for one in warned if one.category is UserWarning] == []
    assert len(listed) == len(documents)
    library = [one for one in listed if one.startswith("House of Commons Library (2023)")]
    assert library
    assert "Government proposals for children" in library[0]


def _official(file: str, name: str) -> set[str]:
    """Return a list of words of the CSL project's own schema, which citeproc-py brings along."""
    schema = files("citeproc") / "data" / "schema" / "schemas" / "styles" / file
    found = re.search(
        rf"^  {name} =(.*?)^\s*$", schema.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert found
    return set(re.findall(r'"([^"]+)"', found[1]))


def test_items_keep_to_the_official_schema(documents: list[Work]) -> None:
    """Types and fields are words of CSL's schema, each in the form that its JSON has for them."""
    types = _official("csl-types.rnc", "item-types")
    dates, names, texts = (
        _official("csl-variables.rnc", f"variables.{kind}")
        for kind in ("dates", "names", "strings")
    )
    titles = _official("csl-variables.rnc", "variables.titles")
    assert {"webpage", "report"} <= types
    text = {"type": "string", "minLength": 1}
    part = {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}}
    name = {"family": text, "given": text, "literal": text}
    day = {"date-parts": {"type": "array", "minItems": 1, "maxItems": 2, "items": part}}
    named = {"type": "object", "properties": name, "additionalProperties": False}
    dated = {"type": "object", "properties": day, "additionalProperties": False}
    forms: dict[str, Any] = {
        "type": {"enum": sorted(types)},
        **dict.fromkeys(("id", *texts, *titles), text),
        **{field: {"type": "array", "items": named} for field in names},
        **dict.fromkeys(dates, dated),
    }
    schema = {"type": "array", "items": {
        "type": "object", "properties": forms, "required": ["id", "type"],
        "additionalProperties": False,
    }}  # fmt: skip
    items = json.loads(render_csl(documents))
    jsonschema.validate(items, schema)
    assert {one for item in items for one in item} > {"URL", "accessed", "author", "issued"}
    for wrong in ({"type": "web page"}, {"Url": "x"}, {"issued": "2023"}, {"author": "DfE"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate([items[0] | wrong], schema)


@pytest.mark.filterwarnings("ignore:.*:")
def test_bibtex_is_read_by_a_program(documents: list[Work], tmp_path: Path) -> None:
    """citeproc-py reads every entry of the BibTeX, with the title that the document has."""
    from citeproc.source.bibtex import BibTeX

    path = tmp_path / "sources.bib"
    path.write_text(render_bibtex(documents), encoding="utf-8")
    read = BibTeX(str(path), encoding="utf-8")
    assert set(read) == {one.id for one in documents}
    for one in documents:
        assert _letters(str(read[one.id].title)) == _letters(one.title)


def _letters(text: str) -> str:
    """Return the letters and figures of a text: how its marks are set is a matter of style."""
    return re.sub(r"\W", "", text).lower()


def test_what_is_cited_is_what_answers_cite(run: Callable[..., Result]) -> None:
    """`show ID --cite` names the document that `totals` names for the sum, and its words."""
    said = json.loads(run("show", "stable-homes", "--cite", "--as-of", DAY, "--json").out)
    totals = json.loads(run("totals", "--as-of", DAY, "--json").out)
    (sources,) = [row["sources"] for row in totals["rows"] if row["id"] == "stable-homes"]
    assert [row["id"] for row in said["rows"]] == sources
    assert said["report"] == "cite"
    assert all(row["says"] in row["reference"] for row in said["rows"])
    works_ = json.loads(run("show", "stable-homes", "--as-of", DAY, "-f", "csl").out)
    assert [one["id"] for one in works_] == sources


def test_a_date_and_a_document_are_cited_too(run: Callable[..., Result]) -> None:
    """Of a milestone its date and what came of it are cited; of a document, the document."""
    said = run("show", "agency-rules-in-force", "--cite", "--as-of", DAY).out
    assert "in force 31 October 2024" in said
    assert "The record itself: the reformcalc contributors" in said
    whole = run("show", "commons-library-2023", "--cite", "--as-of", DAY).out
    assert "House of Commons Library, Government proposals" in whole


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("show", "family-help", "--cite"), "there is nothing to cite for family-help"),
        (("show", "spending-cash", "--chart", "--cite"), "does not go with --chart"),
        (("totals", "-f", "csl"), "is of documents"),
        (("list", "-f", "bibtex"), "is of documents"),
    ],
)
def test_what_cannot_be_cited(
    asked: tuple[str, ...], said: str, run: Callable[..., Result]
) -> None:
    """What has no document, and what is no document, is refused with what to ask for."""
    refused = run(*asked, "--as-of", DAY)
    assert (refused.code, refused.out) == (2, "")
    assert said in " ".join(refused.err.replace("│", " ").split())


def test_a_file_for_a_citation_manager(run: Callable[..., Result], tmp_path: Path) -> None:
    """A name that ends in .bib asks for BibTeX, of the same documents."""
    out = tmp_path / "sources.bib"
    assert run("sources", "--as-of", DAY, "-o", out).code == 0
    keys = re.findall(r"^@misc\{(.+),$", out.read_text(encoding="utf-8"), re.MULTILINE)
    items = json.loads(run("sources", "--as-of", DAY, "-f", "csl").out)
    assert keys == [one["id"] for one in items]


def _work(first: date | None, last: date | None) -> Work:
    return Work("one", "Costs & 5% {of} £1_a", "R&D ~ ^\\", first, last, None, None)


@pytest.mark.parametrize(
    ("first", "last", "parts", "month"),
    [
        (None, None, None, ""),
        (date(2023, 6, 20), date(2023, 6, 20), [[2023, 6, 20]], "{2023},jun"),
        (date(2024, 2, 1), date(2024, 2, 29), [[2024, 2]], "{2024},feb"),
        (date(2024, 1, 1), date(2024, 12, 31), [[2024]], "{2024}"),
        (date(2023, 2, 2), date(2023, 5, 2), [[2023, 2, 2], [2023, 5, 2]], "{2023}"),
        (date(2023, 2, 2), date(2024, 2, 2), [[2023, 2, 2], [2024, 2, 2]], ""),
        (date(2023, 2, 2), date(2023, 2, 9), [[2023, 2, 2], [2023, 2, 9]], "{2023},feb"),
        (date(2023, 4, 1), date(2024, 3, 31), [[2023, 4, 1], [2024, 3, 31]], ""),
    ],
)
def test_days_as_closely_as_they_are_known(
    first: date | None, last: date | None, parts: list[list[int]] | None, month: str
) -> None:
    """A day, a month or a year stays one; days between two are both, or what they share."""
    work = _work(first, last)
    (item,) = json.loads(render_csl([work]))
    assert item.get("issued") == (parts and {"date-parts": parts})
    written = re.findall(r"(?:year|month) = (.+),", render_bibtex([work]))
    assert ",".join(written) == month


def test_what_tex_would_obey_is_written_as_letters() -> None:
    """Signs that TeX obeys are escaped, in titles and in names."""
    written = render_bibtex([_work(None, None)])
    assert r"title = {{Costs \& 5\% \{of\} £1\_a}}" in written
    assert r"{{R\&D \textasciitilde{} \textasciicircum{}\textbackslash{}}}" in written


def test_the_project_says_how_to_cite_it() -> None:
    """CITATION.cff has what its format asks for, and the version of the program."""
    said = parse((PROJECT / "CITATION.cff").read_text("utf-8")).value
    assert isinstance(said, dict)
    assert {"cff-version", "message", "title", "authors"} <= set(said)
    assert said["version"] == reformcalc.__version__
