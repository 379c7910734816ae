import pytest
from hypothesis import given
from hypothesis import strategies as st

from observance.observations.matches import is_imo_company_number, is_imo_ship_number, is_mmsi, seven_digits
from observance.observations.matches.identifiers import IMO_IN_TEXT, digits_apart


@pytest.mark.parametrize("number", ["8916580", "9074729", "8405311", "9384447"])
def test_the_published_ship_numbers_pass_the_rule_of_ships(number: str) -> None:
    assert is_imo_ship_number(number)


@pytest.mark.parametrize("number", ["5342883", "5571322", "1790183"])
def test_the_published_company_numbers_pass_the_rule_of_companies(number: str) -> None:
    assert is_imo_company_number(number)


def test_a_company_number_can_pass_the_rule_of_ships_so_digits_never_tell_the_kind() -> None:
    assert is_imo_ship_number("1790183")
    assert is_imo_company_number("1790183")
    assert not is_imo_ship_number("5342883")


@given(st.integers(min_value=100_000, max_value=999_999), st.integers(min_value=0, max_value=9))
def test_exactly_one_last_digit_is_right(six: int, digit: int) -> None:
    right = [d for d in range(10) if is_imo_ship_number(f"{six}{d}")]
    assert len(right) == 1
    assert is_imo_ship_number(f"{six}{digit}") == (digit == right[0])
    assert len([d for d in range(10) if is_imo_company_number(f"{six}{d}")]) == 1


@given(st.from_regex(r"[1-9]\d{6}", fullmatch=True).filter(lambda n: n.isascii()), st.integers(0, 5), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_unless_its_weight_hides_it(number: str, place: int, by: int) -> None:
    if not is_imo_ship_number(number):
        return
    changed = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    weight = 7 - place
    hidden = (weight * (int(changed[place]) - int(number[place]))) % 10 == 0
    assert is_imo_ship_number(changed) == hidden


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("IMO 9058713", "9058713"),
        ("imo: 9058713 (ex AVAX)", "9058713"),
        ("90587130", ""),
        ("9058713 or 9058725", ""),
        ("", ""),
        ("٩٠٥٨٧١٣", "٩٠٥٨٧١٣"),
    ],
)
def test_seven_digits_are_taken_only_when_there_is_one_run_of_them(text: str, found: str) -> None:
    assert seven_digits(text) == found
    assert not is_imo_ship_number("٩٠٥٨٧١٣")


@pytest.mark.parametrize(
    "text", ["IMO 8916580", "IMO No. 8916580", "IMO number 8916580", "(IMO: 8916580)", "IMO-8916580", "IMO8916580"]
)
def test_the_usual_ways_to_write_an_imo_number_are_read(text: str) -> None:
    found = IMO_IN_TEXT.search(text)
    assert found
    assert found.group(1) == "8916580"


@pytest.mark.parametrize("text", ["IMO 89165801", "MIMO 8916580", "IMO resolution of 1979, 8916580 tons"])
def test_other_digits_after_imo_are_no_number(text: str) -> None:
    assert not IMO_IN_TEXT.search(text)


def test_a_swap_of_neighbours_is_one_slip() -> None:
    assert digits_apart("9384447", "9384474") == 1
    assert digits_apart("9384447", "9384448") == 1
    assert digits_apart("9384447", "1384448") == 2


@pytest.mark.parametrize(
    ("text", "ok"), [("445114000", True), ("045114000", False), ("44511400", False), ("94511400x", False)]
)
def test_an_mmsi_of_a_ship_has_nine_digits_and_starts_with_two_to_seven(text: str, ok: bool) -> None:
    assert is_mmsi(text) == ok
