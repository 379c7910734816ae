"""A translation is a working copy: each passage leads to the passage that it translates, or to none."""

from __future__ import annotations

import pytest

from observance.errors import FormatError
from observance.evidence.readers import pair_passages, read_document
from observance.model import DocumentMeta, Sha256

ORIGINAL = "Das Schiff hat den Hafen verlassen, und die Behörde ist nicht informiert.\nEs hatte 4.000 Tonnen Kohle an Bord, sagte der Hafenmeister.\n".encode()
COPY = b"The ship has left the port, and the authority is not informed.\nIt had 4,000 tonnes of coal aboard, the harbour master said.\n"
MADE = DocumentMeta(translation_of=Sha256("ab" * 32))


def test_a_translation_is_read_and_says_that_it_is_one() -> None:
    copy = read_document(COPY, name="copy.txt", given=MADE)
    assert copy.read
    assert copy.meta.translation_of == "ab" * 32
    assert any("working translation" in warning for warning in copy.warnings)
    assert not read_document(ORIGINAL, name="original.txt").read


def test_passages_are_paired_by_order_and_cite_the_original() -> None:
    original, copy = read_document(ORIGINAL, name="o.txt"), read_document(COPY, name="c.txt", given=MADE)
    pairing = pair_passages(copy, original)
    at = copy.text.index("4,000 tonnes")
    span = pairing.original_of(at, at + 12)
    assert span is not None
    assert "4.000 Tonnen" in span.exact
    assert original.holds(span)
    assert pairing.by == "order"


def test_numbers_win_over_order() -> None:
    original = read_document(
        b"12. Das Schiff ist im Hafen und die Ladung nicht.\n13. Es hat den Hafen in der Nacht verlassen.",
        name="o.txt",
    )
    copy = read_document(b"13. It left the port at night.", name="c.txt", given=MADE)
    pairing = pair_passages(copy, original)
    span = pairing.original_of(4, 10)
    assert span is not None
    assert span.exact.startswith("13.")
    assert pairing.by == "number"


def test_passages_that_do_not_fit_are_not_paired() -> None:
    original, copy = (
        read_document(ORIGINAL, name="o.txt"),
        read_document(COPY.splitlines()[0], name="c.txt", given=MADE),
    )
    with pytest.raises(FormatError, match="does not follow"):
        pair_passages(copy, original)
