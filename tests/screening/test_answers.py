"""A hit as a desk reads it: the cell, the reasons, the measures of the regime's own list and none of a State's."""

import json
from datetime import UTC, datetime
from functools import cache

import pytest

from observance.errors import FormatError, UsageError
from observance.evidence.lists import ListedColumn, ListedEntry, ListedIdentifier, ListedName, ListVersion
from observance.model import Decision
from observance.observations.matches import Parameters, screen
from observance.observations.screening import (
    answer,
    build_screen,
    by_hit,
    certificate,
    check_certificate,
    duties,
    make_query,
    of_day,
    read_certificate,
)
from observance.observations.screening.asked import asked_key, is_usable
from observance.observations.screening.certificate import seal
from observance.observations.screening.decisions import decide_on, keep_in_file, read_file
from observance.observations.screening.page import certificate_page
from observance.packs import load_pack

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entry(reference: str, name: str, kind: str = "person", **more) -> ListedEntry:
    names = (
        ListedName(value=name, quality="primary", kind="primary", field="NAME"),
        *(ListedName(value=other, quality="low", field="ALIAS[1]") for other in more.pop("aliases", ())),
    )
    return ListedEntry(
        reference=reference, row=more.pop("row", 7), kind=kind, names=names, fields=(("name", name),), **more
    )


def version(*entries: ListedEntry, list_id: str = "un", date: str = "2026-02-27") -> ListVersion:
    digest = f"{abs(hash((list_id, date))):064x}"[:64]
    return ListVersion(list_id=list_id, adapter="un-xml", date=date, sha256=digest, entries=entries, name="list.xml")


PERSON = entry("KPi.901", "HONG GIL DONG", listed_on="2016-03-02", programme="DPRK", aliases=("Gil Dong",))
COMPANY = entry("KPe.901", "SAMPLE HARBOUR TRADING CORPORATION", "entity", listed_on="2016-03-02", programme="DPRK")
OTHER = entry("QDi.901", "UMAR SAMPLE AL NAMUNA", listed_on="2005-09-29", programme="Al-Qaida")
SHIP = entry(
    "IMO9562233",
    "SAMPLE STAR 8",
    "vessel",
    listed_on="2017-10-03",
    programme="DPRK",
    identifiers=(ListedIdentifier(scheme="imo", value="9562233", field="IMO number"),),
    columns=(
        ListedColumn(title="Paragraph 12 (a) of resolution 2321 (2016)", since="2018-03-30"),
        ListedColumn(
            title="Paragraph 6 of resolution 2371 (2017) and paragraph 6 of resolution 2375 (2017)", since="2017-10-03"
        ),
    ),
)


@cache
def pack():
    return load_pack("dprk-1718")


@cache
def built():
    return build_screen([version(PERSON, COMPANY, OTHER), version(SHIP, list_id="un-1718-vessels", date="2020-06-04")])


def ask(kind: str = "", decisions=None, **values):
    query, told = make_query(values, kind=kind)
    return answer(built(), screen(built().index, query), packs=[pack()], decisions=decisions, told=told)


def measures(found, way="set_off"):
    return [(duty.measure, duty.since) for duty in found.hits[0].measures if duty.way == way]


def test_a_hit_names_list_entry_cell_quality_and_rule():
    (hit,) = ask(name="Hong Gil-dong").hits
    assert (hit.list_id, hit.version, hit.reference, hit.kind) == ("un", "2026-02-27", "KPi.901", "person")
    assert hit.quality == "primary"
    assert hit.rule
    assert hit.alignment
    selector = hit.citation.selector
    assert (selector.row, selector.field, selector.exact) == (7, "NAME", "HONG GIL DONG")


def test_duties_follow_the_kind_of_entry_from_the_day_of_listing():
    assert measures(ask(name="Hong Gil Dong")) == [("1718:8(d)", "2016-03-02"), ("1718:8(e)", "2016-03-02")]
    assert measures(ask(name="Sample Harbour Trading Corporation")) == [("1718:8(d)", "2016-03-02")]


def test_duties_of_a_ship_follow_the_lists_own_columns_and_their_days():
    found = ask(kind="vessel", name="Sample Star 8")
    assert measures(found) == [("2321:12", "2018-03-30"), ("2371:6", "2017-10-03"), ("2375:6", "2017-10-03")]
    acts = {duty.measure: duty.acts for duty in found.hits[0].measures if duty.way == "set_off"}
    assert acts["2371:6"] == ("deny_port",)


def test_an_entry_of_another_regime_on_the_same_list_sets_off_nothing():
    assert ask(name="Umar Sample al Namuna").hits[0].measures == ()


def test_a_list_of_a_state_sets_off_no_duty_and_says_so():
    state = build_screen([version(PERSON, list_id="ofac")])
    query, _told = make_query({"name": "Hong Gil Dong"})
    (hit,) = answer(state, screen(state.index, query), packs=[pack()]).hits
    assert hit.measures == ()
    assert "State's own list" in hit.note
    assert duties("ofac", PERSON, [pack()]) == ()


def test_an_imo_number_finds_a_ship_under_another_name_and_cites_the_number():
    (hit,) = ask(name="Renamed Pearl", imo="9562233").hits
    assert hit.reference == "IMO9562233"
    assert (hit.citation.selector.field, hit.citation.selector.exact) == ("IMO number", "9562233")


def test_a_wrong_check_digit_is_told_and_not_used():
    found = ask(kind="vessel", name="Sample Star 8", imo="9562234")
    assert "fails the check digit" in found.told[0]
    assert not is_usable(make_query({"imo": "9562234"})[0]), "alone it finds nobody"
    assert found.hits[0].reference == "IMO9562233"


@pytest.mark.parametrize(
    ("given", "kept", "told"),
    [
        ({"birth_date": "17/07/1964"}, ("1964-07-17",), 0),
        ({"birth_date": "07/08/1964"}, ("1964",), 1),
        ({"birth_date": "1964"}, ("1964",), 0),
        ({"birth_date": "last summer"}, (), 1),
    ],
)
def test_a_birth_date_that_could_be_two_days_counts_as_its_year(given, kept, told):
    query, words = make_query({"name": "x", **given})
    assert query.birth_dates == kept
    assert len(words) == told


def test_of_several_versions_the_newest_up_to_the_day_is_asked():
    versions = [version(PERSON, date=day) for day in ("2021-01-27", "2023-08-02", "2026-02-27")]
    assert [one.date for one in of_day(versions, "2024-01-01")] == ["2023-08-02"]
    assert of_day(versions, "2020-01-01") == ()


def decided(tmp_path, kind="match_false"):
    subject, citations, values = decide_on(
        [version(PERSON)], "un:KPi.901", asked_key(make_query({"name": "Hong Gil Dong"})[0])
    )
    path = tmp_path / "decisions.jsonl"
    keep_in_file(path, kind, subject, citations, values, by="A. Reviewer", at=NOW, reason="born 1990, another person")
    return by_hit(read_file(path))


def test_a_decision_is_found_again_when_the_list_changes(tmp_path):
    decisions = decided(tmp_path)
    newer = build_screen([version(PERSON, date="2027-01-01")])
    query, _told = make_query({"name": "HONG  gil dong"})
    (hit,) = answer(newer, screen(newer.index, query), decisions=decisions).hits
    assert hit.decision is not None
    assert hit.decision.reason == "born 1990, another person"
    assert not hit.changed


def test_a_decision_on_an_entry_that_changed_since_is_marked(tmp_path):
    from dataclasses import replace

    decisions = decided(tmp_path)
    changed = replace(PERSON, fields=(("name", "HONG GIL DONG"), ("birth_date", "1990-01-01")))
    newer = build_screen([version(changed, date="2027-01-01")])
    query, _told = make_query({"name": "Hong Gil Dong"})
    (hit,) = answer(newer, screen(newer.index, query), decisions=decisions).hits
    assert hit.changed


def test_a_decision_is_no_decision_on_another_question(tmp_path):
    decisions = decided(tmp_path)
    (hit,) = ask(name="Hong Gil Dong", birth_date="1964-01-01", decisions=decisions).hits
    assert hit.decision is None


def test_the_last_decision_counts():
    values = (("hit", "hit-1"),)
    first = Decision(kind="match_true", subject="un:KPi.901", by="A", at=NOW, values=values).sealed()
    second = Decision(kind="match_false", subject="un:KPi.901", by="B", at=NOW.replace(hour=13), values=values).sealed()
    assert by_hit([second, first])["hit-1"].kind == "match_false"


def test_a_decision_on_an_entry_that_is_not_there_is_refused():
    with pytest.raises(UsageError, match="no such entry"):
        decide_on([version(PERSON)], "un:KPi.999", "x")


def made(*found, **more):
    parameters = Parameters()
    return certificate(
        found, built().versions, parameters=parameters, threshold=parameters.threshold, limit=5, at=NOW, by="A. Clerk",
        program="0.1.0", **more,
    )  # fmt: skip


def test_a_check_that_finds_nothing_is_a_record_that_can_be_verified():
    plain = made(ask(name="Nobody Whatsoever"))
    assert plain["result"]["hits"] == 0
    assert "nothing at or above the threshold" in plain["result"]["statement"]
    assert [one["sha256"] for one in plain["lists"]] == [one.sha256 for one in built().versions]
    checks = check_certificate(json.loads(json.dumps(plain)), built().versions, program="0.1.0")
    assert [check.held for check in checks] == [True, True, True, True]


def test_a_certificate_says_what_was_asked_with_what_settings_and_result():
    plain = made(ask(name="Hong Gil Dong", birth_date="1964"))
    assert plain["answers"][0]["asked"] == {"name": "Hong Gil Dong", "birth_dates": ["1964"]}
    assert plain["answers"][0]["hits"][0]["reference"] == "KPi.901"
    assert plain["engine"]["parameters"]["threshold"] == plain["threshold"]
    assert plain["made_at"] == "2026-03-01T12:00:00Z"


@pytest.mark.parametrize(
    "change",
    [
        lambda plain: plain["answers"][0]["hits"].clear(),
        lambda plain: plain.update(made_at="2026-03-02T12:00:00Z"),
        lambda plain: plain["lists"][0].update(sha256="0" * 64),
        lambda plain: plain["engine"].update(program="9.9"),
    ],
    ids=["hits taken out", "another day", "another list", "another program"],
)
def test_a_certificate_that_was_changed_fails_its_seal(change):
    plain = json.loads(json.dumps(made(ask(name="Hong Gil Dong"))))
    change(plain)
    assert check_certificate(plain, built().versions, program="0.1.0")[0].held is False


def test_a_certificate_resealed_without_its_hit_fails_when_asked_again():
    plain = json.loads(json.dumps(made(ask(name="Hong Gil Dong"))))
    plain["answers"][0]["hits"].clear()
    checks = {check.what: check.held for check in check_certificate(seal(plain), built().versions, program="0.1.0")}
    assert checks["seal"] is True
    assert checks["asked again"] is False


def test_without_the_lists_a_check_is_not_called_good():
    checks = check_certificate(made(ask(name="Hong Gil Dong")), [], program="0.1.0")
    assert [check.held for check in checks] == [True, None, None, None]


def test_the_page_carries_the_certificate_and_escapes_what_was_asked():
    plain = made(ask(name="Hong <script>alert(1)</script> Gil Dong"))
    page = certificate_page(plain)
    assert "<script>alert" not in page
    assert read_certificate(page.encode(), name="page.html") == json.loads(json.dumps(plain))


def test_what_is_no_certificate_is_refused():
    for data in (b"", b"{}", b"<html></html>", b"[1]", b"\xff\xfe"):
        with pytest.raises(FormatError):
            read_certificate(data, name="x")


def test_of_equal_scores_the_hit_that_more_speaks_for_comes_first():
    namesake = entry("99", "SAMPLE STAR", "vessel")
    both = build_screen([version(namesake, list_id="ofac"), version(SHIP, list_id="un-1718-vessels")])
    query, _told = make_query({"name": "Sample Star", "imo": "9562233"}, kind="vessel")
    found = answer(both, screen(both.index, query), packs=[pack()])
    assert [hit.reference for hit in found.hits] == ["IMO9562233", "99"]


OLD = version(PERSON, COMPANY, OTHER, date="2021-01-27")
GAP = version(COMPANY, OTHER, date="2023-08-02")
NEW = version(PERSON, COMPANY, OTHER, date="2023-11-02")


def standing(*versions, day=None):
    built_here = build_screen(versions, day=day)
    query, _told = make_query({"name": "Hong Gil Dong"})
    return [(hit.version, hit.note) for hit in answer(built_here, screen(built_here.index, query)).hits]


def test_an_entry_that_one_file_lacks_is_still_found_and_the_hit_says_so():
    ((date, note),) = standing(OLD, GAP)
    assert date == "2021-01-27"
    assert "for review" in note
    assert "Absence is no proof of delisting" in note
    ((date, note),) = standing(OLD, GAP, NEW, day="2023-09-01")
    assert date == "2023-11-02"
    assert "absence from one file is no delisting" in note


def test_an_entry_of_the_newest_file_carries_no_word():
    assert standing(OLD, GAP, NEW) == [("2023-11-02", "")]


def test_before_its_own_day_of_listing_an_entry_is_not_asked():
    assert standing(NEW, day="2016-03-01") == []
    ((date, note),) = standing(NEW, day="2016-03-02")
    assert date == "2023-11-02"
    assert "no file of that day is held" in note


def test_a_stated_delisting_ends_an_entry():
    from dataclasses import replace

    ended = version(replace(PERSON, delisted_on="2022-01-01"), date="2023-11-02")
    assert standing(ended, day="2023-12-01") == []
    assert len(standing(ended, day="2021-12-01")) == 1


def test_a_passport_number_finds_its_holder_and_cites_the_number():
    from dataclasses import replace

    passport = ListedIdentifier(scheme="passport", value="745 132109", field="DOCUMENT[1].NUMBER")
    holder = replace(PERSON, identifiers=(passport, ListedIdentifier(scheme="registry", value="12", field="x")))
    here = build_screen([version(holder)])
    query, _told = make_query({"identifier": "745132109"})
    (hit,) = answer(here, screen(here.index, query)).hits
    assert hit.citation.selector.field == "DOCUMENT[1].NUMBER"
    query, _told = make_query({"identifier": "12"})
    assert answer(here, screen(here.index, query)).hits == (), "two digits identify nobody"


def test_a_confirmed_delisting_closes_an_absent_entry_and_no_present_one():
    query, _told = make_query({"name": "Hong Gil Dong"})

    def hits(*versions, day=None):
        here = build_screen(versions, day=day, delistings={"un:KPi.901": "2022-03-01"})
        return [hit.version for hit in answer(here, screen(here.index, query)).hits]

    assert hits(OLD, GAP) == []
    assert hits(OLD, GAP, day="2022-01-01") == ["2021-01-27"], "before that day it was listed"
    assert hits(OLD, GAP, NEW) == ["2023-11-02"], "a file that has it again is believed"


def test_a_certificate_says_which_delistings_it_rested_on_and_verifies_with_them():
    versions = (OLD, GAP)
    delistings = {"un:KPi.901": "2022-03-01"}
    here = build_screen(versions, delistings=delistings)
    query, told = make_query({"name": "Hong Gil Dong"})
    parameters = Parameters()
    plain = certificate(
        [answer(here, screen(here.index, query), told=told)], here.versions, parameters=parameters, threshold=0.7, limit=5,
        at=NOW, by="A", program="0.1.0", delistings=delistings,
    )  # fmt: skip
    assert plain["result"]["hits"] == 0
    assert all(check.held for check in check_certificate(plain, versions, program="0.1.0"))
