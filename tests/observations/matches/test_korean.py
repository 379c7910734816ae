"""One hangul name in its spellings is one name; another syllable is another name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observance.observations.matches import compare
from observance.observations.matches.fold import words
from observance.observations.matches.korean import (
    agreement,
    coarse_keys,
    from_cyrillic,
    from_hangul,
    from_hanja,
    from_latin,
)

SPELLINGS = {
    # hangul: DPRK, McCune-Reischauer, Revised, southern habit, Kontsevich, given name first
    "정철호": ("Jong Chol Ho", "Chŏng Ch'ŏl-ho", "Jeong Cheol-ho", "Chung Chul-ho", "Чон Чхоль Хо", "Chol Ho Jong"),
    "리영식": ("Ri Yong Sik", "Yi Yŏng-sik", "Lee Yeong-sik", "Rhee Young-shik", "Ли Ён Сик", "Yong Sik Ri"),
    "박태석": ("Pak Thae Sok", "Pak T'ae-sŏk", "Park Tae-seok", "Park Tae-suk", "Пак Тхэ Сок", "Thae Sok Pak"),
    "최은경": ("Choe Un Gyong", "Ch'oe Ŭn-gyŏng", "Choi Eun-gyeong", "Choi Eun-kyung", "Чхве Ын Гён", "Un Gyong Choe"),
    "황병국": (
        "Hwang Pyong Guk",
        "Hwang Pyŏng-guk",
        "Hwang Byeong-guk",
        "Hwang Byung-kook",
        "Хван Пён Гук",
        "Pyong Guk Hwang",
    ),
    "윤희준": ("Yun Hui Jun", "Yun Hŭi-jun", "Yoon Hui-jun", "Yoon Hee-joon", "Юн Хый Чун", "Hui Jun Yun"),
}


@pytest.mark.parametrize(("hangul", "spelled"), [(h, s) for h, all_of_them in SPELLINGS.items() for s in all_of_them])
def test_every_romanisation_of_a_hangul_name_is_that_name(hangul: str, spelled: str) -> None:
    assert compare("Person", hangul, spelled).score >= 0.9
    assert compare("Person", spelled, hangul).score >= 0.9


@pytest.mark.parametrize(
    ("hangul", "spelled"),
    [(h, s) for h in SPELLINGS for other, forms in SPELLINGS.items() if other != h for s in forms],
)
def test_no_romanisation_of_another_name_is_it(hangul: str, spelled: str) -> None:
    assert compare("Person", hangul, spelled).score < 0.7


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("RI Myong Su", "RI SU YONG"),
        ("KIM Yong Nam", "KIM NAM UNG"),
        ("KIM Yong Nam", "KIM Yong Chol"),
        ("PAK Han Se", "PAK Han Su"),
        ("김종은", "김정은"),
        ("O Kuk Ryol", "O Kuk Chol"),
        ("Kim Jong Un", "Kim Jong Il"),
    ],
)
def test_two_people_whose_names_share_syllables_stay_two(one: str, two: str) -> None:
    assert compare("Person", one, two).score < 0.7
    assert compare("Person", two, one).score < 0.7


def test_the_alignment_names_surname_class_and_syllables() -> None:
    found = compare("Person", "Lee Yong-shik", "Ri Yong Sik")
    assert found.rule == "Korean syllables agree"
    assert ("Lee".lower(), "ri", "surname class") in [(a.asked, a.listed, a.why) for a in found.alignment]


def test_a_letter_edit_counts_where_the_syllables_do_not_parse() -> None:
    assert compare("Person", "KIM SKO CHOL", "KIM SOK CHOL").score >= 0.7


@pytest.mark.parametrize(
    ("hanja", "latin"),
    [("金正恩", "Kim Jong Un"), ("金铁三", "Kim Chol Sam"), ("李明國", "Ri Myong Guk"), ("朴永植", "Pak Yong Sik")],
)
def test_chinese_characters_are_read_the_korean_way(hanja: str, latin: str) -> None:
    assert compare("Person", hanja, latin).score >= 0.9


def test_chinese_characters_are_read_as_pinyin_too() -> None:
    assert compare("Person", "金铁三", "Jin Tiesan").score >= 0.9


@pytest.mark.parametrize("name", ["John Smith", "Vladimir Putin", "Mohammed Ali", "Angela Merkel", "Xi Jinping"])
def test_names_of_other_languages_are_not_read_as_korean(name: str) -> None:
    assert not from_latin(tuple(words(name)))


SYLLABLES = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)


@settings(max_examples=60)
@given(
    st.sampled_from("김리박최정강조윤장한오서신권황안송홍전고문손배백허남심하곽성차주우구민진지엄원천방공현함변"),
    st.text(SYLLABLES, min_size=1, max_size=2),
)
def test_a_hangul_name_agrees_with_itself_and_meets_itself_in_the_index(surname: str, given_name: str) -> None:
    read = from_hangul(surname + given_name)
    assert read
    found = agreement(read, read)
    assert found
    assert found[0] == 1.0
    assert coarse_keys(read)


def test_nothing_parses_out_of_nothing() -> None:
    assert from_latin(()) == ()
    assert from_hangul("김") == ()
    assert from_hanja("") == ()
    assert from_cyrillic(("ким",)) == ()
