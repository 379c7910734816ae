"""The index finds words in every script, on SQLite and on a server alike."""

import pytest

from observance.store.index import Index
from tests.material import server_address

ROWS = [
    ("evidence", "a", "2024-06-19", "Shells for the front", "Artillery shells were offered, the ministry said."),
    ("evidence", "b", "2024-06-20", "포탄 지원", "북한이 러시아에 포탄을 보냈다고 국방부가 밝혔다."),
    ("evidence", "c", "2024-06-21", "Снаряды", "Министр заявил: артиллерийские снаряды переданы."),
    ("evidence", "d", "2024-06-22", "朝鲜煤炭", "联合国专家小组说煤炭运往南浦港。"),
    ("observation", "e", "", "Côte d’Ivoire", "A ship called at Abidjan, Côte d’Ivoire."),
]


def _row(kind, key, day, title, body):
    return {"kind": kind, "id": key, "evidence": key, "day": day, "title": title, "body": body, "record": "{}"}


@pytest.fixture(params=["sqlite", "postgresql"])
def index(request, tmp_path):
    if request.param == "sqlite":
        found = Index.at(tmp_path / "index.db")
    else:
        found = Index(server_address())
        found.clear()
    found.put(_row(*row) for row in ROWS)
    yield found
    found.close()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("포탄", {"b"}),
        ("러시아에", {"b"}),
        ("shells ministry", {"a"}),
        ("СНАРЯДЫ", {"c"}),
        ("煤炭", {"d"}),
        ("南浦", {"d"}),
        ("cote d'ivoire", {"e"}),
        ("nothing here", set()),
        ("", set()),
        ('"); DROP TABLE records; --', set()),
    ],
)
def test_words_of_every_script_are_found(index, question, expected):
    assert {hit.id for hit in index.search(question)} == expected


def test_a_view_as_of_a_day_leaves_later_records_out(index):
    assert {hit.id for hit in index.search("포탄", as_of="2024-06-19")} == set()
    assert {hit.id for hit in index.search("포탄", as_of="2024-06-20")} == {"b"}


def test_putting_a_record_again_replaces_it_in_table_and_search(index):
    index.put([_row("evidence", "a", "2024-06-19", "Changed", "nothing of the kind")])
    assert {hit.id for hit in index.search("shells")} == set()
    assert {hit.id for hit in index.search("changed")} == {"a"}
    assert index.count() == len(ROWS)


def test_an_emptied_index_finds_nothing_and_can_be_filled_again(index):
    index.clear()
    assert index.search("shells") == []
    index.put([_row(*ROWS[0])])
    assert {hit.id for hit in index.search("shells")} == {"a"}
