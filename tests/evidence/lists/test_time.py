"""Dated states in order, differences that agree with the recorded history, and "was it listed on that day?"."""

import csv
from functools import cache
from itertools import pairwise

import pytest

from observance.errors import FormatError, StoreError
from observance.evidence.lists import (
    ListedEntry,
    ListedName,
    ListShelf,
    ListVersion,
    diff,
    listed_on,
    version_from_bytes,
    version_to_bytes,
)
from tests.evidence.lists.test_counts import UN_XML, load
from tests.material import shared


@cache
def events() -> list[dict[str, str]]:
    with shared("data/lists/un_history_events.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def net(old: ListVersion, new: ListVersion) -> tuple[set[str], set[str]]:
    before = {entry.reference for entry in old.entries}
    now = set(before)
    for event in events():
        if old.printed < event["date_generated"] <= new.printed:
            reference = "".join(event["reference"].split())
            (now.add if event["change"] == "added" else now.discard)(reference)
    return now - before, before - now


@pytest.mark.parametrize(("old", "new"), list(pairwise(UN_XML[:-1])))
def test_a_diff_agrees_with_the_recorded_history(old, new):
    found = diff(load(old), load(new))
    added, removed = net(load(old), load(new))
    assert {moved.reference for moved in found.additions} == added
    assert {moved.reference for moved in found.absences} == removed


def test_most_additions_of_2025_and_2026_belong_to_another_regime():
    found = diff(load("un_consolidated_2025-06-18.xml"), load("un_consolidated_2026-02-27.xml"))
    programmes = {entry.reference: entry.programme for entry in load("un_consolidated_2026-02-27.xml").entries}
    assert len(found.additions) == 129
    assert sum(programmes[moved.reference] == "Iran" for moved in found.additions) == 121


def test_a_change_of_the_publishers_system_is_told_apart_from_changes_of_facts():
    found = diff(load("un_consolidated_2022-09-14.xml.gz"), load("un_consolidated_2023-08-02.xml.gz"))
    assert [change.field for change in found.layout] == ["alias_quality"]
    moved = {change.field for amended in found.amendments for change in amended.changes}
    assert "alias_quality" not in moved


def test_birth_dates_that_only_moved_within_the_file_are_no_amendment():
    found = diff(load("un_consolidated_2025-03-20.xml.gz"), load("un_consolidated_2025-06-18.xml"))
    struck = [a.reference for a in found.amendments if any(c.field == "birth_date" for c in a.changes)]
    # 157 second birth dates changed their place in the file between these states.
    assert len(struck) <= 3


def entry(reference: str, *, name: str = "", listed: str = "2016-11-30", programme: str = "X") -> ListedEntry:
    return ListedEntry(
        reference=reference,
        row=1,
        kind="person",
        names=(ListedName(value=name or f"NAME OF {reference}"),),
        listed_on=listed,
        programme=programme,
        fields=(("name", name or f"NAME OF {reference}"),),
    )


def version(date: str, *entries: ListedEntry) -> ListVersion:
    return ListVersion(
        list_id="un", adapter="un-xml", date=date, sha256=date.replace("-", "").ljust(64, "0"), entries=entries
    )


MANY = tuple(entry(f"AAi.{number:03d}") for number in range(40))


@pytest.mark.parametrize(
    ("versions", "day", "status", "ground"),
    [
        pytest.param([version("2021-01-27", *MANY)], "2019-05-01", "listed", "own_dates", id="before every file held"),
        pytest.param([version("2021-01-27", *MANY)], "2016-11-29", "not_listed", "own_dates", id="before its own day"),
        pytest.param([version("2021-01-27", *MANY)], "2021-01-27", "listed", "file", id="a file of that day"),
        pytest.param(
            [version("2021-01-27", *MANY), version("2023-08-02", *MANY[1:]), version("2023-11-02", *MANY)],
            "2023-09-01",
            "listed",
            "own_dates",
            id="missing alone from one file and back",
        ),
        pytest.param(
            [version("2021-01-27", *MANY), version("2023-08-02", *MANY[30:]), version("2023-11-02", *MANY)],
            "2023-09-01",
            "review",
            "own_dates",
            id="gone with its programme and back",
        ),
        pytest.param(
            [version("2021-01-27", *MANY), version("2023-08-02", *MANY[1:])],
            "2024-01-01",
            "review",
            "own_dates",
            id="absent and never back: raised, not closed",
        ),
    ],
)
def test_the_day_decides_and_absence_closes_nothing(versions, day, status, ground):
    (answer,) = listed_on(versions, "AAi.000", day)
    assert (answer.status, answer.ground) == (status, ground)
    assert answer.reasons


def test_a_confirmed_delisting_closes_a_listing_and_says_who_says_so():
    versions = [version("2021-01-27", *MANY), version("2023-08-02", *MANY[1:])]
    (answer,) = listed_on(versions, "AAi.000", "2024-01-01", delistings={"AAi.000": "2022-03-01"})
    assert answer.status == "not_listed"
    assert "confirmed by a person" in answer.reasons[0]


def test_a_question_is_answered_by_reference_name_in_any_order_or_imo_number():
    vessels = [load("un_1718_vessels_2020-06-04.html")]
    for wanted in ("IMO8916293", "8916293", "Saebyol", "2 rim chong"):
        (answer,) = listed_on(vessels, wanted, "2018-01-01")
        assert answer.entry.name == "Chong Rim 2", wanted
        assert answer.status == "listed"


def test_kpi_033_before_any_file_rests_on_the_listings_own_date():
    versions = [load(name) for name in UN_XML]
    (answer,) = listed_on(versions, "KPi.033", "2019-05-01")
    assert (answer.status, answer.ground) == ("listed", "own_dates")
    assert "no file of that day is held" in answer.reasons[0]


def test_a_renumbered_reference_is_one_party():
    old = version("2023-08-02", entry("KPi.055", name="HAN JANG SU"), *MANY)
    new = version("2023-08-09", entry("KPi.055.1", name="HAN JANG SU"), *MANY)
    found = diff(old, new)
    assert [(pair.old, pair.new) for pair in found.renumbered] == [("KPi.055", "KPi.055.1")]


def test_the_stored_form_gives_the_same_version_and_the_same_bytes():
    for name in (
        "un_consolidated_2026-02-27.xml",
        "un_1718_vessels_2020-06-04.html",
        "uk_sanctions_2026-08-22.jsonl.gz",
    ):
        held = load(name)
        data = version_to_bytes(held)
        assert version_from_bytes(data) == held
        assert version_to_bytes(version_from_bytes(data)) == data


def test_the_shelf_refuses_a_version_that_lost_too_much_and_keeps_the_last_good_one(tmp_path):
    shelf = ListShelf(tmp_path)
    assert shelf.add(version("2021-01-27", *MANY))[1] is True
    with pytest.raises(FormatError, match="lost too many entries"):
        shelf.add(version("2021-02-27", *MANY[:20]))
    assert shelf.latest("un").date == "2021-01-27"
    shelf.add(version("2021-02-27", *MANY[:20]), accept_counts=True)
    assert shelf.latest("un").date == "2021-02-27"
    assert shelf.latest("un", day="2021-02-01").date == "2021-01-27"
    with pytest.raises(StoreError, match="no version of un of 2020-01-01"):
        shelf.of_day("un", "2020-01-01")


def test_the_grade_of_an_alias_is_told_only_where_the_alias_stayed():
    found = diff(load("un_consolidated_2023-11-02.xml.gz"), load("un_consolidated_2024-09-28.xml.gz"))
    nata = next(amended for amended in found.amendments if amended.reference == "KPe.029")
    changes = {change.field: (change.removed, change.added) for change in nata.changes}
    assert changes["alias_quality"] == (("NADA [a.k.a.]",), ("NADA [f.k.a.]",))
    assert changes["alias"] == ((), ("NATA", "NATIONAL AEROSPACE DEVELOPMENT ADMINISTRATION"))
    assert nata.announced == ("2024-04-15",)
