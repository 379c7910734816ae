from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observance.observations.matches import NameScanner, find_names_in_text

from .small_list import small_index

SCANNER = NameScanner(small_index())


def found(text: str) -> dict[str, tuple[str, ...]]:
    return {s.quote: s.entity_ids for s in SCANNER.read(text)}


TEXTS = [
    (
        "a ship with its number",
        "The tanker Asia Bridge (IMO 8916580) left.",
        {"Asia Bridge": "s-bridge", "IMO 8916580": "s-bridge"},
    ),
    ("a former name", "The vessel, then called Chon Ma San, changed its flag.", {"Chon Ma San": "s-bridge"}),
    ("a person with a hyphen", "Foreign Minister Ri Su-yong spoke.", {"Ri Su-yong": "p-yong"}),
    ("given name first", "He met Jong Un Kim, they said.", {"Jong Un Kim": "p-jong"}),
    ("another romanisation", "A letter from Kim Jeong-eun arrived.", {"Kim Jeong-eun": "p-jong"}),
    ("Cyrillic", "Сообщил Сергей Волковицкий вчера.", {"Сергей Волковицкий": "p-volkov"}),
    (
        "a line break inside",
        "The Emerald Heron\nShipping Company Limited paid.",
        {"Emerald Heron\nShipping Company Limited": "o-green"},
    ),
    ("an acronym", "The bank (FMDB) wired it.", {"FMDB": "o-bank"}),
]


@pytest.mark.parametrize(("text", "expected"), [t[1:] for t in TEXTS], ids=[t[0] for t in TEXTS])
def test_listed_names_are_found_where_they_stand(text: str, expected: dict[str, str]) -> None:
    places = found(text)
    for quote, ident in expected.items():
        assert ident in places[quote]


@pytest.mark.parametrize(
    "text",
    [
        "The omega of it all, said Omega.",
        "Mr Kim and Mr Ri met in June.",
        "an asia bridge to the future",
        "The Asia Bridge Fund opened a school.",
        "RI Myong Su attended.",
        "MS. SU-YONG answered.",
        "They crossed. Green herons line the shore.",
        "IMO 8916581 is mistyped and IMO 9074729 is not listed.",
        "The vessel SAM JONG 3 is no listed ship.",
        "",
    ],
)
def test_common_words_other_people_and_wrong_numbers_are_not_found(text: str) -> None:
    assert found(text) == {}


PIECES = st.sampled_from(
    [
        "The vessel ",
        "Asia Bridge",
        " met ",
        "Ri Su-yong",
        ".\n\n",
        "“",
        "é",
        " IMO 8916580 ",
        "김정은",
        "Сергей Волковицкий",
        ", ",
        "Kim Jong Un",
        "\u2028",
    ]
)


@settings(max_examples=80)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_offsets_give_the_quote_and_places_do_not_overlap(text: str) -> None:
    spans = SCANNER.read(text)
    assert all(text[s.start : s.end] == s.quote and s.entity_ids for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@settings(max_examples=40)
@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    assert all(text[s.start : s.end] == s.quote for s in SCANNER.read(text))


def test_one_call_does_for_one_text() -> None:
    assert [s.quote for s in find_names_in_text(small_index(), "The vessel Asia Bridge sailed.")] == ["Asia Bridge"]
