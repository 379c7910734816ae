import pickle

import pytest

from observance.observations.matches import (
    EntityRecord,
    Index,
    NameRecord,
    Parameters,
    Query,
    build_index,
    screen,
    screen_many,
)

from .small_list import ENTITIES, small_index


@pytest.fixture(scope="module")
def index() -> Index:
    return small_index()


def ids(index: Index, **query: object) -> list[str]:
    return [h.entity_id for h in screen(index, Query(**query)).hits]


def test_every_listed_name_finds_its_entry_exactly(index: Index) -> None:
    for entity in ENTITIES:
        for name in entity.names:
            found = screen(index, Query(name=name.text, schema=entity.schema))
            assert [h for h in found.hits if h.entity_id == entity.id and h.score == 1.0], name.text


def test_a_hit_tells_name_rule_quality_and_alignment(index: Index) -> None:
    hit = screen(index, Query(name="김정은", schema="Person")).hits[0]
    assert hit.entity_id == "p-jong"
    assert hit.name in {"KIM, Jong Un", "Kim Cho'ng-u'n"}
    assert hit.quality == "Good"
    assert hit.rule == "Korean syllables agree"
    assert [a.why for a in hit.alignment] == ["surname class", "syllable", "syllable"]


def test_two_people_with_like_names_are_not_mixed(index: Index) -> None:
    assert ids(index, name="RI Myong Su", schema="Person") == []
    assert ids(index, name="KIM NAM UNG", schema="Person") == []


def test_an_unknown_schema_looks_everywhere_and_a_known_one_only_there(index: Index) -> None:
    assert ids(index, name="Asia Bridge") == ["s-bridge"]
    assert ids(index, name="Asia Bridge", schema="Person") == []


def test_an_equal_imo_number_beats_a_changed_name(index: Index) -> None:
    found = screen(index, Query(name="LUCKY STAR", schema="Vessel", imo="8916580")).hits
    assert [(h.entity_id, h.score, h.rule) for h in found] == [("s-bridge", 1.0, "equal IMO number")]
    assert ids(index, schema="Vessel", imo="IMO 8916580") == ["s-bridge"]


def test_the_valid_number_of_another_ship_turns_a_name_hit_into_a_near_miss_that_says_why(index: Index) -> None:
    found = screen(index, Query(name="ASIA BRIDGE", schema="Vessel", imo="9074729"))
    assert not found.hits
    assert [q.speaks for q in found.near_misses[0].qualifiers] == ["against"]


def test_a_wrong_check_digit_is_no_other_ship(index: Index) -> None:
    assert ids(index, name="ASIA BRIDGE", schema="Vessel", imo="8916581") == ["s-bridge"]
    assert ids(index, name="GOLDEN FERRY", schema="Vessel", imo="8916581") == []


def test_sister_ships_stay_apart(index: Index) -> None:
    assert ids(index, name="SAM JONG 1", schema="Vessel") == ["s-one"]
    assert ids(index, name="SAMJONG 2", schema="Vessel") == ["s-two"]
    assert ids(index, name="SAM JONG 3", schema="Vessel") == []


def test_a_company_number_never_meets_a_ship_number(index: Index) -> None:
    assert ids(index, name="", imo_company="1790183") == ["o-green"]
    assert ids(index, name="GOLDEN FERRY", schema="Vessel", imo="1790183") == []


def test_a_shared_mmsi_alone_is_a_near_miss(index: Index) -> None:
    found = screen(index, Query(name="GOLDEN FERRY", schema="Vessel", mmsi="445114000"))
    assert not found.hits
    assert {h.entity_id for h in found.near_misses} == {"s-bridge", "s-none"}


@pytest.mark.parametrize(
    ("born", "speaks"),
    [(("1984-01-08",), "for"), (("1983",), "for"), (("1985",), "neither"), (("1960-05-01",), "against"), ((), "")],
)
def test_birth_dates_speak_for_and_against_and_several_or_year_only_are_fine(
    index: Index, born: tuple[str, ...], speaks: str
) -> None:
    hit = screen(index, Query(name="Kim Jong Un", schema="Person", birth_dates=born)).hits[0]
    assert "".join(q.speaks for q in hit.qualifiers if q.field == "birth date") == speaks
    assert (hit.score < hit.name_score) == (speaks == "against")


def test_country_speaks_for_or_against(index: Index) -> None:
    here = screen(index, Query(name="Ri Su Yong", schema="Person", countries=("KP",))).hits[0]
    there = screen(index, Query(name="Ri Su Yong", schema="Person", countries=("BR",))).hits[0]
    assert here.score >= here.name_score
    assert there.score < here.score


def test_answers_come_in_order_and_do_not_depend_on_the_batch(index: Index) -> None:
    queries = [Query(name=n.text, schema=e.schema) for e in ENTITIES for n in e.names] * 3
    together = list(screen_many(index, queries))
    assert together == [screen(index, q) for q in queries]
    assert [a.query for a in together] == queries


def test_an_index_survives_a_process_border(index: Index) -> None:
    copy = pickle.loads(pickle.dumps(index))
    assert screen(copy, Query(name="Asia Brigde", schema="Vessel")) == screen(
        index, Query(name="Asia Brigde", schema="Vessel")
    )


def test_near_misses_are_below_the_threshold_and_above_the_floor(index: Index) -> None:
    found = screen(index, Query(name="SAM JONG 3", schema="Vessel"))
    assert found.near_misses
    assert all(index.parameters.floor <= h.score < index.parameters.threshold for h in found.near_misses)
    assert screen(index, Query(name="SAM JONG 3", schema="Vessel"), threshold=0.5).hits


def test_the_limit_counts_hits(index: Index) -> None:
    assert len(screen(index, Query(name="SAM JONG 1", schema="Vessel"), limit=1, threshold=0.5).hits) == 1


@pytest.mark.parametrize(
    "name", ["", " ", "!!!", "—", "\u200b", "🚢", "a" * 5000, "Ltd", "of the", "12345", "x " * 400]
)
def test_odd_names_are_answered_without_alert_or_fault(index: Index, name: str) -> None:
    assert not screen(index, Query(name=name)).hits


def test_an_empty_list_answers_everything_with_nothing() -> None:
    empty = build_index([])
    assert not screen(empty, Query(name="Anyone", imo="8916580")).hits
    bare = build_index(
        [
            EntityRecord(id="x", schema="Person", names=()),
            EntityRecord(id="y", schema="Person", names=(NameRecord(text="?!"),)),
        ]
    )
    assert not screen(bare, Query(name="Anyone")).hits


def test_parameters_are_part_of_the_index() -> None:
    strict = build_index(ENTITIES, Parameters(threshold=0.99))
    assert not screen(strict, Query(name="Sergei Volkovitskij", schema="Person")).hits
    assert screen(build_index(ENTITIES), Query(name="Sergei Volkovitskij", schema="Person")).hits
