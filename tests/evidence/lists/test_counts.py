"""Every list parses with the counts that were taken from its file by two unrelated methods."""

import json
from collections import Counter
from functools import cache

import pytest

from observance.evidence.lists import ListVersion, read_list
from tests.material import shared

UN_XML = [
    "un_consolidated_2021-01-27.xml.gz",
    "un_consolidated_2022-09-14.xml.gz",
    "un_consolidated_2023-08-02.xml.gz",
    "un_consolidated_2023-11-02.xml.gz",
    "un_consolidated_2024-09-28.xml.gz",
    "un_consolidated_2025-03-20.xml.gz",
    "un_consolidated_2025-06-18.xml",
    "un_consolidated_2026-02-27.xml",
]


@cache
def load(name: str) -> ListVersion:
    return read_list(shared(f"data/lists/{name}").read_bytes(), adapter=None, name=name, date=None)


@cache
def expected() -> dict[str, dict]:
    return json.loads(shared("data/lists/expected_counts.json").read_text(encoding="utf-8"))


def grouped(version: ListVersion, prefix: str) -> dict[str, int]:
    return {key.removeprefix(prefix): number for key, number in version.counts if key.startswith(prefix)}


@pytest.mark.parametrize("name", UN_XML)
def test_a_un_state_parses_with_its_counts(name):
    version, want = load(name), expected()[name]
    assert version.adapter == "un-xml"
    assert version.printed == want["date_generated"]
    assert version.date == want["date_generated"][:10], "the day is the one printed, in the list's own time zone"
    assert version.count("individuals") == want["individuals"] == sum(e.kind == "person" for e in version.entries)
    assert version.count("entities") == want["entities"] == sum(e.kind == "entity" for e in version.entries)
    assert len({entry.reference for entry in version.entries}) == want["distinct_references_stripped"]
    assert version.count("references_with_blanks") == want["references_with_blanks"]
    assert grouped(version, "individual_aliases.") == want["individual_aliases_nonempty"]
    assert grouped(version, "entity_aliases.") == want["entity_aliases_nonempty"]
    assert version.count("alias_elements_empty") == want["alias_elements_empty"]
    assert version.count("aliases_with_semicolon") == want["aliases_with_semicolon"]
    assert version.count("original_script.individual") == want["original_script"]["individuals"]
    assert version.count("original_script.entity") == want["original_script"]["entities"]
    assert grouped(version, "dob.") == want["dob_elements_by_type"]
    assert version.count("documents_with_number") == want["documents_with_number"]
    assert grouped(version, "list_types.") == want["list_types"]


@pytest.mark.parametrize("name", UN_XML)
def test_the_dprk_part_of_a_un_state_is_whole(name):
    version, want = load(name), expected()[name]["dprk"]
    entries = [entry for entry in version.entries if entry.reference.startswith("KP")]
    kinds = Counter(entry.kind for entry in entries)
    assert (kinds["person"], kinds["entity"]) == (want["individuals"], want["entities"])
    assert Counter(entry.listed_on[:4] for entry in entries) == want["listed_on_years"]


def test_the_vessel_list_parses_with_its_counts():
    version, want = load("un_1718_vessels_2020-06-04.html"), expected()["un_1718_vessels_2020-06-04.html"]
    entries = version.entries
    assert version.date == "2020-06-04"
    assert len(entries) == want["vessels"]
    assert sum(bool(entry.identifier("imo")) for entry in entries) == want["vessels_with_imo"]
    assert [entry.name for entry in entries if not entry.identifier("imo")] == want["vessels_without_imo"]
    assert sum(len(entry.names) for entry in entries) == want["names"]
    mmsi = [value for entry in entries for value in entry.identifier("mmsi")]
    assert (len(mmsi), len(set(mmsi))) == (want["mmsi_values"], want["mmsi_distinct"])
    assert sum(bool(entry.identifier("mmsi")) for entry in entries) == want["vessels_with_mmsi"]
    assert version.count("designation_events") == want["designation_events"]
    assert grouped(version, "designated.") == want["events_by_date"]
    by_measure = Counter(column.title for entry in entries for column in entry.columns)
    assert sorted(by_measure.values()) == sorted(want["vessels_by_measure"].values())


def test_a_vessel_under_two_designations_keeps_the_day_of_each():
    hao_fan = load("un_1718_vessels_2020-06-04.html").entry("IMO8628597")
    assert hao_fan is not None
    since = {column.title.split(" of ")[0]: column.since for column in hao_fan.columns}
    assert since == {"Paragraph 6": "2017-10-03", "Paragraph 12 (a)": "2018-03-30"}


def test_a_ship_name_that_ends_in_a_digit_is_not_cut_at_it():
    names = [name.value for name in load("un_1718_vessels_2020-06-04.html").entry("IMO8916293").names]
    assert names == ["Chong Rim 2", "Saebyol"]


@pytest.mark.parametrize("name", UN_XML)
def test_a_second_birth_date_is_found_wherever_the_state_keeps_it(name):
    entry = load(name).entry("KPi.030")
    assert [born.value for born in entry.birth_dates] == ["1968-03-26", "1970-10-15"]


def test_a_birth_date_of_an_alias_stays_with_the_alias():
    entry = load("un_consolidated_2026-02-27.xml").entry("KPi.016")
    assert [born.value for born in entry.birth_dates] == ["1957-04-15"]
    assert {name.value: name.birth_dates for name in entry.names}["Jang Hyon U"] == ("1958-02-22",)
    assert "836110034" in entry.identifier("passport"), "a passport named in the comments only"


def test_a_company_number_is_never_a_ship_number():
    entry = load("un_consolidated_2026-02-27.xml").entry("KPe.020")
    assert entry.identifier("imo-company") == ("1790183",)
    assert entry.identifier("imo") == ()


def test_a_bracketed_reference_is_a_pointer_and_no_name():
    names = load("un_consolidated_2026-02-27.xml").entry("KPe.021").names
    pointer = next(name for name in names if name.kind == "cross_reference")
    assert (pointer.value, pointer.refers_to) == ("SECOND ACADEMY OF NATURAL SCIENCES", "KPe.018")


def test_the_un_entries_parse_with_their_counts():
    name = "un_entries_2026-08-22.jsonl.gz"
    version, want = load(name), expected()[name]
    assert len(version.entries) == want["records"] == len({entry.reference for entry in version.entries})
    assert (version.count("individuals"), version.count("entities")) == (want["individuals"], want["entities"])
    assert version.count("aliases_nonempty") == want["aliases_nonempty"]
    assert version.date == "2026-08-22"
    assert version.date_source == "file name"
    assert any("prints no day" in warning for warning in version.warnings), "a day from a file's name is said"


def test_ofac_parses_with_its_counts():
    name = "ofac_sdn_2026-08-20.json.gz"
    version, want = load(name), expected()[name]
    assert version.date == "2026-08-20"
    assert len(version.entries) == want["entries"]
    assert version.count("alternate_names") == want["alternate_names"]
    assert grouped(version, "types.") == want["types"]
    dprk = [entry for entry in version.entries if any(p.startswith("DPRK") for p in entry.programme.split("; "))]
    kinds = Counter("individual" if entry.kind == "person" else entry.kind for entry in dprk)
    assert len(dprk) == want["dprk_entries"]
    assert kinds == want["dprk_types"]
    assert sum(len(entry.names) - 1 for entry in dprk) == want["dprk_alternate_names"]
    vessels = Counter(entry.name for entry in version.entries if entry.kind == "vessel")
    assert sum(times > 1 for times in vessels.values()) == want["vessel_names_shared_by_two_entries"]


def test_the_uk_list_parses_with_its_counts():
    name = "uk_sanctions_2026-08-22.jsonl.gz"
    version, want = load(name), expected()[name]
    assert len(version.entries) == want["records"]
    assert grouped(version, "types.") == want["types"]
    assert version.count("names") == want["names"]
    assert version.count("names_without_any_part") == want["names_without_any_part"]
    assert grouped(version, "name_types.") == want["name_types_casefolded"]
    assert grouped(version, "alias_strength.") == want["alias_strength"]
    assert version.count("non_latin_names") == want["non_latin_names"]
    assert version.count("un_references") == want["un_references"]
    assert len({e.crosswalk for e in version.entries if e.crosswalk}) == want["un_references_distinct"]
    assert version.count("ships_with_imo_in_text") == want["ships_with_imo_in_text"]
    dprk = [entry for entry in version.entries if entry.reference.startswith("DPR")]
    assert Counter(entry.kind for entry in dprk) == {
        {"Entity": "entity", "Individual": "person", "Ship": "vessel"}[kind]: number
        for kind, number in want["dprk_types"].items()
    }
    assert sum(bool(entry.crosswalk) for entry in dprk) == want["dprk_un_references"]


def test_a_uk_ship_named_by_its_number_keeps_name_and_number_apart():
    entries = load("uk_sanctions_2026-08-22.jsonl.gz").entries
    avax = next(entry for entry in entries if entry.name == "AVAX")
    assert avax.identifier("imo") == ("9058713",)
    assert avax.names[0].exact == 'IMO 9058713 ("AVAX")'


def test_a_company_that_runs_listed_ships_does_not_get_their_numbers():
    omm = next(e for e in load("uk_sanctions_2026-08-22.jsonl.gz").entries if e.crosswalk == "KPe.020")
    assert omm.identifier("imo-company") == ("1790183",)
    assert omm.identifier("imo") == ()


def test_the_eu_list_parses_with_its_counts():
    name = "eu_sanctions_2026-05-01.jsonl.gz"
    version, want = load(name), expected()[name]
    assert len(version.entries) == want["records"]
    assert grouped(version, "types.") == want["types"]
    assert version.count("names") == want["names"] == sum(len(entry.names) for entry in version.entries)
    assert version.count("names_with_double_blanks") == want["names_with_double_blanks"]
    assert version.count("united_nation_id") == want["united_nation_id"]
    assert version.count("united_nation_id_well_formed") == want["united_nation_id_well_formed"]
    prk = [entry for entry in version.entries if "PRK" in entry.programme.split("; ")]
    assert Counter("enterprise" if e.kind == "entity" else e.kind for e in prk) == want["prk_types"]
    assert sum(len(entry.names) for entry in prk) == want["prk_names"]
    assert sum(n.script == "Hang" for e in prk for n in e.names) == want["prk_names_with_hangul"]


def test_a_ship_that_a_list_holds_among_its_entities_is_a_ship():
    avax = load("un_entries_2026-08-22.jsonl.gz").entry("LYe.006")
    assert (avax.kind, avax.identifier("imo"), avax.identifier("imo-company")) == ("vessel", ("9058713",), ())
    assert [(found.kind, found.code) for found in avax.states] == [("flag", "CMR")]
    companies = [entry for entry in load("un_entries_2026-08-22.jsonl.gz").entries if entry.identifier("imo-company")]
    assert {entry.kind for entry in companies} == {"entity"}
    assert len(companies) == 16
