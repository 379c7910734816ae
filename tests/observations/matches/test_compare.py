"""Pairs of names: what is one bearer and what is not, by class of difference."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observance.observations.matches import compare

ONE = [
    ("legal form written out", "Company", "Volga Werft Aktiengesellschaft", "Volga Werft AG"),
    ("legal forms of two languages", "Company", "OAO Zvezdochka", "Zvezdochka Open Joint Stock Company"),
    ("legal form in Cyrillic", "Company", 'ООО "Северный Путь"', "Severny Put LLC"),
    ("abbreviation", "Company", "Pacific Dragon Shpg Co Ltd", "PACIFIC DRAGON SHIPPING COMPANY LIMITED"),
    ("abbreviation", "Organization", "Meridian Intl Trdg Corp", "Meridian International Trading Corporation"),
    ("spelling of English", "Organization", "Institute of Defence Organisation", "Institute of Defense Organization"),
    ("acronym in brackets", "Organization", "FIRST MERIDIAN DEVELOPMENT BANK", "First Meridian Development Bank (FMDB)"),
    ("acronym alone", "Organization", "FMDB", "First Meridian Development Bank (FMDB)"),
    ("initials", "Organization", "PASCO", "Pars Aviation Services Company of Orumiyeh"),
    ("translated words", "Organization", "Sanaye Havapeymayi Parvaz", "Parvaz Aviation Industries"),
    ("joined words", "Company", "Goodwind Trading", "Good Wind Trading"),
    ("number words", "Organization", "Brigade Thirty-One", "31 Brigade"),
    ("Arabic script", "Person", "محمد حسن القاسمي", "Mohammed Hassan al-Qasimi"),
    ("Arabic compound", "Person", "عبد الرحمن قاسمی", "Abdurrahman Qasimi"),
    ("Cyrillic", "Person", "Сергей Волковицкий", "Sergey Volkovitsky"),
    ("romanisation", "Person", "Sergei Volkovitskiy", "Serguei Volkovitsky"),
    ("compound", "Person", "Abd al-Rahman Qasimi", "Abdulrahman Qasimi"),
    ("title", "Person", "Haji Mullah Dost Qasimi", "Dost Qasimi"),
    ("order", "Person", "VOLKOVITSKY, Sergey Viktorovich", "Sergey Viktorovich Volkovitsky"),
    ("middle name missing", "Person", "Sergey Volkovitsky", "Sergey Viktorovich Volkovitsky"),
    ("common Arabic name with its vowels", "Person", "علي عمر الجوادي", "Ali Omar al-Jawadi"),
    ("look-alike letters", "Person", "Cергей Bолковицкий", "Сергей Волковицкий"),
    ("Chinese characters in pinyin", "Person", "王明山", "Wang Mingshan"),
    ("hangul organisation", "Organization", "조선청송무역회사", "Korea Chongsong Trading Corporation"),
    ("hangul organisation parted by stray blanks", "Organization", "조선청송무 역회사", "Korea Chongsong Trading Company"),
    ("Chinese organisation", "Company", "深圳明海国际贸易有限公司", "Shenzhen Minghai International Trading Co., Ltd."),
    ("Russian organisation", "Company", "Вятский машиностроительный завод", "Vyatsky Machinery Plant"),
    ("typing slip", "Person", "Sergey Volkovistky", "Sergey Volkovitsky"),
    ("joined names", "Person", "SergeyVolkovitsky", "Sergey Volkovitsky"),
    ("initial", "Person", "S. Volkovitsky", "Sergey Volkovitsky"),
    ("ship prefix", "Vessel", "M/V Northern Heron", "NORTHERN HERON"),
    ("joined ship", "Vessel", "NORTHERNHERON", "Northern Heron"),
    ("roman numeral", "Vessel", "Heron III", "HERON 3"),
    ("slip in a ship", "Vessel", "NORTHEN HERON", "Northern Heron"),
]  # fmt: skip
TWO = [
    ("another given name", "Person", "Boris Volkovitsky", "Sergey Volkovitsky"),
    ("another patronymic", "Person", "Sergey Ivanovich Volkovitsky", "Sergey Viktorovich Volkovitsky"),
    ("another surname", "Person", "Sergey Antonov", "Sergey Volkovitsky"),
    ("Arabic names with the same consonants", "Person", "حسن سالم القاسمي", "Hussein Salim al-Qasimi"),
    ("Chinese name with a syllable more", "Person", "王明", "Wang Mingshan"),
    ("another clan", "Person", "Ahmad Khalil Hasan al-Masri", "Ahmad Khalil Hasan al-Janabi"),
    ("child and parent exchanged", "Person", "Salman bin Yusuf al-Rawi", "Yusuf bin Salman al-Rawi"),
    ("one common word", "Person", "Omar Hassan", "Hassan"),
    ("initial differs", "Person", "B. Volkovitsky", "Sergey Volkovitsky"),
    ("sister ships", "Vessel", "SAM JONG 1", "SAM JONG 2"),
    ("numbered and not", "Vessel", "SAM JONG", "SAM JONG 2"),
    ("branches", "Company", "Meridian Bank (Singapore) Limited", "Meridian Bank (Hong Kong) Limited"),
    ("numbered units", "Organization", "Bureau 39", "Bureau 38"),
    ("common words only", "Company", "General Trading Company Limited", "Meridian General Trading Company Limited"),
    ("short acronyms", "Company", "MCST JSC", "KCST JSC"),
    ("one telling word differs", "Company", "Saudi Meridian Gas Company", "Saudi Meridian Cement Company"),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "one", "two"), [c[1:] for c in ONE], ids=[f"{c[0]}: {c[2]}" for c in ONE])
def test_one_bearer(schema: str, one: str, two: str) -> None:
    assert compare(schema, one, two).score >= 0.7
    assert compare(schema, two, one).score >= 0.7


@pytest.mark.parametrize(("schema", "one", "two"), [c[1:] for c in TWO], ids=[f"{c[0]}: {c[2]}" for c in TWO])
def test_two_bearers(schema: str, one: str, two: str) -> None:
    assert compare(schema, one, two).score < 0.7
    assert compare(schema, two, one).score < 0.7


def test_an_abbreviation_is_told_in_the_alignment() -> None:
    found = compare("Company", "Pacific Dragon Shpg Co", "Pacific Dragon Shipping Company")
    assert ("shpg", "shipping", "abbreviation") in [(a.asked, a.listed, a.why) for a in found.alignment]


def test_what_only_one_side_has_is_told_too() -> None:
    found = compare("Person", "Sergey Volkovitsky", "Sergey Viktorovich Volkovitsky")
    assert ("", "viktorovich", "only listed") in [(a.asked, a.listed, a.why) for a in found.alignment]


NAMES = st.lists(
    st.sampled_from(
        ["Sergey", "Volkovitsky", "Qasimi", "Orhan", "Delibasoglu", "Mercedes", "Ibarra", "Oyelaran", "Thaddeus"]
    ),
    min_size=2,
    max_size=4,
    unique=True,
)


@settings(max_examples=80)
@given(NAMES, st.data())
def test_order_case_accents_and_punctuation_do_not_change_the_outcome(parts: list[str], data: st.DataObject) -> None:
    written = " ".join(parts)
    turned = data.draw(st.permutations(parts))
    joint = data.draw(st.sampled_from([" ", "  ", "-", ", ", "\u00a0"]))
    change = data.draw(
        st.sampled_from([str.upper, str.lower, str.title, lambda s: s.replace("e", "é").replace("a", "ä")])
    )
    assert compare("Person", written, change(joint.join(turned))).score >= 0.97


@settings(max_examples=60)
@given(
    st.text(max_size=60), st.text(max_size=60), st.sampled_from(["Person", "Organization", "Vessel", "LegalEntity", ""])
)
def test_any_text_is_scored_between_nothing_and_one_and_equal_both_ways(one: str, two: str, schema: str) -> None:
    there, back = compare(schema, one, two), compare(schema, two, one)
    assert 0.0 <= there.score <= 1.0
    assert abs(there.score - back.score) < 0.05


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=60), st.sampled_from(["Person", "Organization", "Vessel"]))
def test_a_name_is_itself(name: str, schema: str) -> None:
    found = compare(schema, name, name)
    assert found.score == 1.0 or found.rule == "nothing to compare"
