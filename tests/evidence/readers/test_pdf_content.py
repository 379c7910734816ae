"""Content streams of PDF: operands come out as they were meant, and no bytes stop the reading."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observance.evidence.readers.pdf_content import operations


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b"BT /F1 12 Tf (The ship) Tj ET", [("BT", []), ("Tf", ["/F1", 12.0]), ("Tj", [b"The ship"]), ("ET", [])]),
        (b"(a(b)c\\)d\\\\) Tj", [("Tj", [b"a(b)c)d\\"])]),
        (b"(line\\\nbreak\\r\\101\\60) Tj", [("Tj", [b"linebreak\rA0"])]),
        (b"<48 69 2> Tj", [("Tj", [b"Hi "])]),
        (b"[(a)-120.5(b).5<63>]TJ", [("TJ", [[b"a", -120.5, b"b", 0.5, b"c"]])]),
        (b"1 0 0 -1 .5 +10. Tm % note\n0 g", [("Tm", [1.0, 0.0, 0.0, -1.0, 0.5, 10.0]), ("g", [0.0])]),
        (b"/Span <</ActualText (x) /MCID 3>> BDC", [("BDC", ["/Span", {"/ActualText": b"x", "/MCID": 3.0}])]),
        (b"/A#20B gs", [("gs", ["/A B"])]),
        (b"q BI /W 2 /H 2 ID \x00(\xff) EI Q", [("q", []), ("BI", []), ("Q", [])]),
        (b"(never closed Tj", []),
        (b"[1 2 Tj", [("Tj", [])]),
        (b"12 0 Td(x)Tj/F 9 Tf", [("Td", [12.0, 0.0]), ("Tj", [b"x"]), ("Tf", ["/F", 9.0])]),
        (b"(a) '", [("'", [b"a"])]),
    ],
)
def test_operands_and_operators(stream: bytes, expected: list[tuple[str, list[object]]]) -> None:
    assert list(operations(stream)) == expected


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300), st.text(alphabet="()<>[]{}/%\\ 0123456789.-+aTjBIDE\n", max_size=200).map(str.encode)
    )
)
def test_any_bytes_end(stream: bytes) -> None:
    for operator, operands in operations(stream):
        assert operator
        assert isinstance(operands, list)


@pytest.mark.parametrize("piece", [b"(", b"[", b"<<", b"\\", b"(\\", b"<", b"1.", b"-", b"/", b"BI ID ", b"((a)"])
def test_time_is_linear_whatever_is_repeated(piece: bytes) -> None:
    began = time.process_time()
    for _ in operations(piece * 100_000):
        pass
    assert time.process_time() - began < 5
