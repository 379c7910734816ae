"""Damaged and hostile lists: a clear error, nothing loaded, the good version stays."""

import gzip
import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observance.errors import FormatError, InputError, LimitError
from observance.evidence.lists import Limits, read_list, version_from_bytes, version_to_bytes
from observance.evidence.lists.limits import unpack
from tests.evidence.lists.test_counts import load
from tests.evidence.lists.test_published import EU_XML, OFAC_XML, SDN_CSV, UK_XML, uk_csv
from tests.material import shared

UN_XML = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2022-03-01T01:15:00.000+09:00">
 <INDIVIDUALS><INDIVIDUAL><FIRST_NAME>SAMPLE</FIRST_NAME><SECOND_NAME>IL NAM</SECOND_NAME>
  <UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.901 </REFERENCE_NUMBER><LISTED_ON>2016-03-02</LISTED_ON>
 </INDIVIDUAL></INDIVIDUALS>
 <ENTITIES><ENTITY><FIRST_NAME>SAMPLE TRADING CORPORATION (STC)</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>
  <REFERENCE_NUMBER>KPe.901</REFERENCE_NUMBER><LISTED_ON>2016-03-02</LISTED_ON>
  <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>"SAMCO"; Sample Trade; Muster (삼플)</ALIAS_NAME></ENTITY_ALIAS>
 </ENTITY></ENTITIES>
</CONSOLIDATED_LIST>
"""
BOMB = """<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<CONSOLIDATED_LIST dateGenerated="2022-03-01"><INDIVIDUALS><INDIVIDUAL>&b;</INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<CONSOLIDATED_LIST dateGenerated="2022-03-01"><INDIVIDUALS><INDIVIDUAL>&x;</INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"""


def test_the_day_is_the_one_printed_in_the_lists_own_time_zone_and_a_given_day_wins():
    # In UTC this list was made on the last day of February.
    assert read_list(UN_XML.encode(), name="un.xml").date == "2022-03-01"
    given_day = read_list(UN_XML.encode(), name="un.xml", date="2022-02-27")
    assert (given_day.date, given_day.date_source) == ("2022-02-27", "given")


def test_blanks_brackets_and_several_names_in_one_cell_come_apart():
    company = read_list(UN_XML.encode(), name="un.xml").entry("KPe.901")
    assert [(name.value, name.kind) for name in company.names] == [
        ("SAMPLE TRADING CORPORATION (STC)", "primary"),
        ("SAMPLE TRADING CORPORATION", "primary"),
        ("STC", "acronym"),
        ("SAMCO", "acronym"),
        ("Sample Trade", "alias"),
        ("Muster", "alias"),
        ("삼플", "alias"),
    ]
    assert company.names[3].exact == '"SAMCO"; Sample Trade; Muster (삼플)', "the cell is cited as written"


@pytest.mark.parametrize(
    ("data", "adapter", "words"),
    [
        pytest.param(b"", None, "empty", id="empty file"),
        pytest.param(b"\x7fELF\x02\x01\x01\x00" + bytes(60), None, "no list we know", id="a program called list"),
        pytest.param(BOMB.encode(), "un", "entities or a document type", id="billion laughs"),
        pytest.param(OUTSIDE.encode(), "un", "entities or a document type", id="external entity"),
        pytest.param(UN_XML[:-60].encode(), "un", "does not read to its end", id="truncated XML"),
        pytest.param(gzip.compress(UN_XML.encode())[:-30], "un", "gzip", id="truncated gzip"),
        pytest.param(UK_XML.encode(), "un", "another list", id="the UK list given as UN"),
        pytest.param(UN_XML.encode(), "ofac", "another list", id="the UN list given as OFAC"),
        pytest.param(UN_XML.encode(), "un-1718-vessels", "another list", id="the UN list given as the vessel list"),
        pytest.param(UN_XML.replace("KPe.901", "").encode(), "un", "no reference", id="an entry without reference"),
        pytest.param(
            UN_XML.replace("<FIRST_NAME>SAMPLE TRADING CORPORATION (STC)</FIRST_NAME>", "").encode(),
            "un",
            "no name",
            id="an entry without name",
        ),
        pytest.param(
            b"<CONSOLIDATED_LIST dateGenerated='2022-03-01'><INDIVIDUALS/></CONSOLIDATED_LIST>",
            "un",
            "counts of this list make no sense",
            id="no entries",
        ),
        pytest.param(UN_XML.replace("dateGenerated", "made").encode(), "un", "prints no day", id="no day anywhere"),
        pytest.param(
            SDN_CSV[: SDN_CSV.index("Registration Ident")].encode(), "ofac", "cell does not end", id="truncated CSV"
        ),
        pytest.param(uk_csv()[:-80].encode(), "uk", "row is not as published|lacks", id="truncated UK CSV"),
        pytest.param(
            OFAC_XML.replace(">Vessel<", ">Starship<").encode(), "ofac", "type we do not know", id="unknown type"
        ),
        pytest.param(b'{"reference_number": "KPi.1", "un_list_type": "x"', None, "cut short", id="half a JSON line"),
        pytest.param(b"<html><body>Please log in</body></html>", None, "not the 1718 vessel list", id="a log-in page"),
        pytest.param(b"%PDF-1.4\n%nothing", None, "does not read", id="a PDF that is none"),
    ],
)
def test_a_damaged_list_is_refused_with_a_clear_word(data, adapter, words):
    with pytest.raises(InputError, match=words) as caught:
        read_list(data, adapter=adapter, name="list")
    assert caught.value.where or caught.value.got


def test_a_json_list_that_stops_in_the_middle_of_a_line_is_refused():
    whole = gzip.decompress(shared("data/lists/un_entries_2026-08-22.jsonl.gz").read_bytes())
    with pytest.raises(FormatError, match="cut short"):
        read_list(whole[: len(whole) // 2], adapter="un", name="un_2026-08-22.jsonl")


def test_a_packed_list_that_unpacks_to_more_than_the_limit_is_refused():
    packed = gzip.compress(b"a" * 5_000_000)
    with pytest.raises(LimitError, match="unpacks too large"):
        unpack(packed, name="list.gz", limits=Limits(unpacked=1_000_000))


def test_a_zip_that_claims_gigabytes_is_refused_before_it_is_unpacked():
    with io.BytesIO() as buffer:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("content.xml", b"<x>" + b" " * 3_000_000)
        data = buffer.getvalue()
    with pytest.raises(LimitError, match="unpacks too large"):
        read_list(data, adapter="uk", name="uk.ods", limits=Limits(unpacked=1_000_000))


def test_counts_that_a_caller_expects_are_held():
    with pytest.raises(FormatError, match="make no sense") as caught:
        read_list(UN_XML.encode(), name="un.xml", expected={"individuals": 80})
    assert caught.value.faults == ("individuals: got 1, expected 80",)
    assert len(read_list(UN_XML.encode(), name="un.xml", expected={"individuals": 1}).entries) == 2


def test_a_stored_version_that_was_changed_does_not_read():
    data = bytearray(version_to_bytes(load("un_1718_vessels_2020-06-04.html")))
    with pytest.raises(InputError):
        version_from_bytes(bytes(data[:-200]))
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(InputError):
        version_from_bytes(bytes(data))


@given(cut=st.integers(min_value=0, max_value=len(UN_XML.encode()) - 2))
def test_a_list_cut_anywhere_is_refused_and_never_half_loaded(cut):
    with pytest.raises(InputError):
        read_list(UN_XML.encode()[:cut], name="un.xml")


@given(data=st.binary(max_size=300))
def test_bytes_that_are_no_list_give_an_error_of_ours(data):
    with pytest.raises(InputError):
        read_list(data, name="bytes", date="2022-01-01")


@given(order=st.permutations(["<FIRST_NAME>SAMPLE</FIRST_NAME>", "<SECOND_NAME>IL NAM</SECOND_NAME>",
                              "<UN_LIST_TYPE>DPRK</UN_LIST_TYPE>", "<REFERENCE_NUMBER>KPi.901</REFERENCE_NUMBER>",
                              "<LISTED_ON>2016-03-02</LISTED_ON>", "<SORT_KEY/>",
                              "<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Nam</ALIAS_NAME></INDIVIDUAL_ALIAS>"]),
       blanks=st.sampled_from(["", " ", "\n   ", "\t"]))  # fmt: skip
def test_the_order_of_elements_and_blanks_between_them_change_nothing(order, blanks):
    text = (
        '<CONSOLIDATED_LIST dateGenerated="2022-03-01"><INDIVIDUALS><INDIVIDUAL>'
        + blanks.join(order)
        + "</INDIVIDUAL></INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>"
    )
    (entry,) = read_list(text.encode(), name="un.xml").entries
    assert [(name.value, name.quality) for name in entry.names] == [("SAMPLE IL NAM", "primary"), ("Nam", "low")]
    assert (entry.reference, entry.listed_on, entry.programme) == ("KPi.901", "2016-03-02", "DPRK")


@given(
    names=st.lists(
        st.text(alphabet=st.characters(categories=["Lu", "Ll", "Lo"]), min_size=2, max_size=12),
        min_size=1,
        max_size=5,
        unique=True,
    )
)
def test_names_joined_in_one_cell_come_out_one_by_one(names):
    line = {
        "reference_number": "KPi.901",
        "un_list_type": "DPRK",
        "first_name": "SAMPLE",
        "listed_on": "2016-03-02",
        "aliases": [{"quality": "Good", "alias_name": "; ".join(names)}],
    }
    (entry,) = read_list(json.dumps(line).encode(), adapter="un", name="un_2022-01-01.jsonl").entries
    found = [name.value for name in entry.names if name.kind == "alias"]
    import unicodedata

    assert found == list(dict.fromkeys(unicodedata.normalize("NFC", name) for name in names))


def test_the_eu_day_is_local():
    assert read_list(EU_XML.encode(), adapter="eu", name="eu.xml").date == "2026-08-05"


@pytest.mark.parametrize(
    ("data", "adapter", "words"),
    [
        pytest.param(
            '{"reference_number": "KPi.901", "un_list_type": "x", "first_name": "é'.encode() + b'\xe9"}\n',
            "un",
            "two encodings",
            id="JSON lines in two encodings",
        ),
        pytest.param(
            b'{"reference_number": "KPi.901", "un_list_type": "x", "first_name": "\xe9"}\n',
            "un",
            "no UTF-8",
            id="JSON in Latin-1",
        ),
        pytest.param(
            uk_csv().encode().replace(b"Comoros", b"Comor\xf3s"), "uk", "two encodings", id="CSV in two encodings"
        ),
        pytest.param(
            UN_XML.encode().replace(b"<SECOND_NAME>IL", b"<SECOND_NAME>\xe9"),
            "un",
            "does not read",
            id="XML with a stray byte",
        ),
        pytest.param(b"<a>" * 300_000, "un", "another|no list|does not read", id="XML of endless depth"),
        pytest.param(
            b"<CONSOLIDATED_LIST dateGenerated='2022-03-01'>"
            + b"<a>" * 200_000
            + b"</a>" * 200_000
            + b"</CONSOLIDATED_LIST>",
            "un",
            "make no sense",
            id="deep elements in the right root",
        ),
        pytest.param(b"[" * 200_000, "ftm", "does not read", id="JSON of endless depth"),
    ],
)
def test_encodings_and_depth_do_not_slip_through(data, adapter, words):
    with pytest.raises(InputError, match=words):
        read_list(data, adapter=adapter, name="list_2022-01-01")


def test_a_list_wholly_in_windows_1252_is_read_with_a_warning():
    text = uk_csv().replace("샘플 일남", "").replace("Comoros", "Comorós")
    version = read_list(text.encode("cp1252"), adapter="uk", name="uk.csv")
    assert any("read as cp1252" in warning for warning in version.warnings)
