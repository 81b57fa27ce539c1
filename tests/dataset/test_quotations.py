"""Every quotation of a source document stands in that document, word for word."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from reformcalc.files import load
from reformcalc.known import claims_of
from reformcalc.references import ENTRY_KINDS
from tests.conftest import need

DATASET = load().valid()
DOCUMENTS = {id_: source.file for id_, source in DATASET.sources.items() if source.file}


def _folded(text: str) -> str:
    """Fold what extraction and typing vary: white space, quotes, dashes, emphasis, notes."""
    text = re.sub(r"<sup>\d+</sup>|\*\*", "", text)
    text = text.translate(str.maketrans("‘’“”–", "''\"\"-"))
    return re.sub(r"\s+", " ", text).casefold()


@pytest.mark.parametrize("source_id", DOCUMENTS)
def test_quotations_stand_in_their_document(source_id: str) -> None:
    """A claim of a document quotes words that are printed in it."""
    folder = os.environ.get("REFORMCALC_SOURCES")
    need(folder, "the documents' text, in a folder named by REFORMCALC_SOURCES")
    text = _folded((Path(str(folder)) / str(DOCUMENTS[source_id])).read_text(encoding="utf-8"))
    missing = [
        (kind, id_, claim.says)
        for kind in ENTRY_KINDS
        for id_, entry in getattr(DATASET, kind).items()
        for _, claim in claims_of(entry)
        if claim.source == source_id and _folded(claim.says) not in text
    ]
    assert missing == []


def test_every_document_is_quoted() -> None:
    """Each of the five documents supports at least one entry."""
    quoted = {
        claim.source
        for kind in ENTRY_KINDS
        for entry in getattr(DATASET, kind).values()
        for _, claim in claims_of(entry)
    }
    assert set(DOCUMENTS) <= quoted
