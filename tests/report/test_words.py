"""Dates, figures and places as words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observance.model import Citation, ListEntry, PageRegion, Quantity, TableRow, TextSpan, TrackRows
from observance.report.days import period, weekday
from observance.report.words import place_in_bytes, quantity_words, shorten
from tests.report.case import sha


@pytest.mark.parametrize(
    ("value", "start", "end", "open_end"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), False),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), False),
        ("2024-03-28", date(2024, 3, 28), date(2024, 3, 28), False),
        ("2024-03/2024-05", date(2024, 3, 1), date(2024, 5, 31), False),
        ("2023-09/..", date(2023, 9, 1), date(2023, 9, 30), True),
    ],
)
def test_an_edtf_date_becomes_its_first_and_last_day(value, start, end, open_end):
    found = period(value)
    assert (found.start, found.end, found.open_end) == (start, end, open_end)


@pytest.mark.parametrize("value", ["", None, "2024-13", "2024-02-30", "soon", "2024-05/2024-03", "/"])
def test_what_is_no_date_is_no_date(value):
    assert period(value) is None


@given(st.text(max_size=20))
def test_no_words_break_the_date_reader(value):
    period(value)
    weekday(value)


def test_the_weekday_is_that_of_a_single_day_only():
    assert weekday("2024-06-19") == "Wednesday"
    assert weekday("2024-06") == ""


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity(value=5_000_000, unit="shell", approximator="nearly"), "nearly 5,000,000 shells"),
        (
            Quantity(value=40_000, unit="shell", approximator="up_to", role="capacity"),
            "up to 40,000 shells (a capacity, not an amount moved)",
        ),
        (Quantity(value=500_000, unit="barrel", role="limit"), "500,000 barrels (a ceiling)"),
        (Quantity(low=2, high=3, unit="tonne", approximator="between"), "2 to 3 tonnes"),
        (Quantity(low=10, unit="container", approximator="at_least"), "at least 10 containers"),
        (Quantity(approximator="unstated", text="significant"), "significant"),
        (Quantity(value=1, unit="ship"), "1 ship"),
        (Quantity(value=2.5, unit="USD/year"), "2.5 USD/year"),
    ],
)
def test_a_quantity_reads_as_reported(quantity, words):
    assert quantity_words(quantity) == words


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        (
            TextSpan(start=3, end=5, exact="ab", reader="pdf/1", page=2),
            "page 2, characters 3-5 of the text read by pdf/1",
        ),
        (TableRow(row=4, columns=("a", "b"), table="Sheet1"), "table Sheet1, row 4, a, b"),
        (
            ListEntry(list_id="un", version="2024-01-01", reference="KPe.1", row=7, field="alias"),
            "list un of 2024-01-01, entry KPe.1, row 7, field alias",
        ),
        (TrackRows(ranges=((1, 5), (9, 9)), count=6), "6 positions, source rows 1-5, 9-9"),
        (PageRegion(page=1, box=(0, 1.5, 2, 3)), "page 1, region 0, 1.5, 2, 3 pt"),
    ],
)
def test_a_place_in_the_bytes_can_be_looked_up(selector, words):
    assert place_in_bytes(Citation(evidence=sha("wire"), selector=selector)) == words


@given(st.text(max_size=400))
def test_a_shortened_line_is_short_and_one_line(text):
    line = shorten(text, 80)
    assert len(line) <= 82
    assert "\n" not in line
