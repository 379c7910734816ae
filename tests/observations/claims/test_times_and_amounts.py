"""Time words and amounts: tables of cases, and properties that hold for any text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observance.observations.claims.dates import times
from observance.observations.claims.parse import language
from observance.observations.claims.quantities import amounts

# published on Wednesday 12 March 2025
TIMES = [
    ("on Monday", "2025-03-10"),
    ("on Wednesday", "2025-03-12"),
    ("last Thursday", "2025-03-06"),
    ("will meet on Friday", "2025-03-14"),
    ("today", "2025-03-12"),
    ("Today", "2025-03-12"),
    ("yesterday", "2025-03-11"),
    ("last week", "2025-03-03/2025-03-09"),
    ("Last week", "2025-03-03/2025-03-09"),
    ("next week", "2025-03-17/2025-03-23"),
    ("last month", "2025-02"),
    ("next month", "2025-04"),
    ("last year", "2024"),
    ("earlier this year", "2025"),
    ("in the last year", "2024-03/2025-03"),
    ("in January", "2025-01"),
    ("in September", "2024-09"),
    ("in September of last year", "2024-09"),
    ("in May", "2024-05"),
    ("since January", "2025-01/.."),
    ("since last autumn", "2024-09/.."),
    ("since 2019", "2019/.."),
    ("in March 2018", "2018-03"),
    ("on 4 June 2020", "2020-06-04"),
    ("on June 4, 2020", "2020-06-04"),
    ("on the 4th of June 2020", "2020-06-04"),
    ("on 2 January", "2025-01-02"),
    ("on December 30", "2024-12-30"),
    ("on April 2", "2025-04-02"),
    ("between January and April 2022", "2022-01/2022-04"),
    ("between 11 and 22 March 2022", "2022-03-11/2022-03-22"),
    ("from May 2021 to June 2022", "2021-05/2022-06"),
    ("between early- to mid-October", "2024-10-01/2024-10-20"),
    ("in the first quarter of 2023", "2023-01/2023-03"),
    ("three days ago", "2025-03-09"),
    ("two years ago", "2023"),
    ("a day after the talks", "2025-03-11"),
    ("2024-02-29", "2024-02-29"),
]


@pytest.mark.parametrize(("words", "value"), TIMES, ids=[t[0] for t in TIMES])
def test_a_time_resolves_from_the_day_of_publication(words: str, value: str) -> None:
    found = times(f"The ship sailed {words}.", "2025-03-12")
    assert [t.value for t in found if t.value] == [value]


@pytest.mark.parametrize(
    "words",
    [
        "in recent years",
        "some time ago",
        "may sail",
        "1718 Committee",
        "resolution 2397",
        "500,000 barrels",
        "2,000 tons",
        "on 30 February 2024",
    ],
)
def test_what_is_no_day_or_cannot_be_resolved_gives_none(words: str) -> None:
    assert [t.value for t in times(f"The ship did it {words}.", "2025-03-12") if t.value] == []


def test_two_days_share_the_year_at_their_end() -> None:
    assert [t.value for t in times("launches of July 3 and July 28, 2017", "2021-06-21")] == [
        "2017-07-03",
        "2017-07-28",
    ]


def test_without_a_day_of_publication_only_full_dates_resolve() -> None:
    assert [t.value for t in times("on Monday, in March, on 4 June 2020", "") if t.value] == ["2020-06-04"]


EDTF = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:/(?:\d{4}(?:-\d\d(?:-\d\d)?)?|\.\.))?$")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "on",
                "in",
                "since",
                "March",
                "May",
                "5",
                "31",
                "2024",
                "Monday",
                "last",
                "week",
                "and",
                "between",
                ",",
                "to",
                "the",
                "30th",
                "of",
                "today",
                "ago",
                "two",
                "months",
                "-",
                "late",
            ]
        ),
        max_size=14,
    )
)
def test_any_row_of_time_words_gives_sound_values_in_place(words: list[str]) -> None:
    text = " ".join(words)
    last = 0
    for time in times(text, "2024-02-29"):
        assert 0 <= time.start < time.end <= len(text)
        assert time.start >= last
        last = time.end
        assert time.value == "" or EDTF.match(time.value), time


AMOUNTS = [
    ("nearly 5mn artillery shells were sent", (5_000_000, "shell", "nearly", "event")),
    ("up to 2.7 million rockets were sent", (2_700_000, "rocket", "up_to", "event")),
    ("at least 10,000 containers were sent", (10_000, "container", "at_least", "event")),
    ("no fewer than 10,000 containers were sent", (10_000, "container", "at_least", "event")),
    ("some 24,000 tons of coal were sent", (24_000, "ton", "about", "event")),
    ("more than $250 million was paid", (250_000_000, "USD", "more_than", "event")),
    ("23 million dollars was paid", (23_000_000, "USD", "exact", "event")),
    ("USD 3 million annually was paid", (3_000_000, "USD/year", "exact", "rate")),
    ("nine million rounds were sent", (9_000_000, "round", "exact", "event")),
    ("three tankers were seen", (3, "tanker", "exact", "event")),
    ("half a million barrels were sent", (500_000, "barrel", "exact", "event")),
    ("up to 90 percent of wages were kept", (90, "percent", "up_to", "rate")),
    ("the containers can hold 400 shells", (400, "shell", "exact", "capacity")),
    ("a cap of 500,000 barrels a year holds", (500_000, "barrel/year", "exact", "limit")),
    ("the 500,000-barrel cap holds", (500_000, "barrel", "exact", "limit")),
    ("between 200 and 300 workers were sent", ((200, 300), "worker", "between", "event")),
]


@pytest.mark.parametrize(("words", "wanted"), AMOUNTS, ids=[a[0] for a in AMOUNTS])
def test_an_amount_keeps_its_number_unit_bound_and_part(words: str, wanted: tuple[object, ...]) -> None:
    doc = language()(words)
    found = [(a.value, a.unit, a.approximator, a.role) for a in amounts(doc, words, [])]
    assert found[:1] == [wanted]


@pytest.mark.parametrize(
    "words",
    [
        "under resolution 1718 it fell",
        "the 1718 Committee met",
        "a 5,000-ton tanker sailed",
        "Executive Order 13722 stands",
        "one of them sailed",
        "the KN-23 flew",
        "at 29°31′N it sailed",
    ],
)
def test_a_number_that_counts_nothing_is_no_amount_of_an_event(words: str) -> None:
    assert [a for a in amounts(language()(words), words, []) if a.role == "event" and a.unit] == []


def test_a_magnitude_is_no_figure() -> None:
    words = "hundreds of millions of dollars were moved"
    found = amounts(language()(words), words, [])
    assert [(a.value, a.approximator, a.magnitude) for a in found] == [(None, "order_of", 1e8)]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 9_999_999),
    st.sampled_from(["nearly", "up to", "about", "more than", ""]),
    st.sampled_from(["shells", "tons of coal", "workers", "barrels", "containers"]),
)
def test_the_number_always_stands_in_its_span(number: int, approximator: str, unit: str) -> None:
    words = f"Kenya sent {approximator} {number:,} {unit} to Uganda.".replace("  ", " ")
    found = [a for a in amounts(language()(words), words, []) if a.value == number]
    assert found
    assert f"{number:,}" in words[found[0].start : found[0].end]
