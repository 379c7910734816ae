"""The kept index answers as a fresh one does, and is read only from a place that is the user's own."""

import os
import pickle

import pytest

from observance.cli import screen_cache
from observance.observations.matches import Query, screen
from observance.observations.screening import build_screen
from tests.screening.test_answers import COMPANY, OTHER, PERSON, version

VERSIONS = (version(PERSON, COMPANY, OTHER),)


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(screen_cache, "_LEAST", 1)
    return tmp_path


def held():
    return list(screen_cache.cache_folder().glob("index-*.pickle"))


def ask(built):
    found = screen(built.index, Query(name="hong gil-dong"))
    return [(hit.entity_id, hit.score, hit.rule) for hit in found.hits]


def test_the_kept_index_answers_as_a_fresh_one():
    first = screen_cache.built_screen(VERSIONS)
    assert len(held()) == 1
    again = screen_cache.built_screen(VERSIONS)
    assert ask(first) == ask(again) == ask(build_screen(VERSIONS)) != []
    assert again.entries == first.entries


def test_other_lists_have_another_index():
    screen_cache.built_screen(VERSIONS)
    screen_cache.built_screen((version(PERSON, date="2027-01-01"),))
    assert len(held()) == 2


def test_without_the_cache_nothing_is_kept():
    screen_cache.built_screen(VERSIONS, cache=False)
    assert held() == []


class Trap:
    def __reduce__(self):
        return (os.mkdir, ("trapped",))


@pytest.mark.parametrize("place", ["file", "folder"])
def test_an_index_that_others_can_write_is_never_opened(place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    screen_cache.built_screen(VERSIONS)
    (path,) = held()
    path.write_bytes(pickle.dumps(Trap()))
    (path if place == "file" else path.parent).chmod(0o777)
    assert ask(screen_cache.built_screen(VERSIONS)) != []
    assert not (tmp_path / "trapped").exists()


def test_a_damaged_index_is_built_anew():
    screen_cache.built_screen(VERSIONS)
    (path,) = held()
    path.write_bytes(path.read_bytes()[:100])
    assert ask(screen_cache.built_screen(VERSIONS)) != []


def test_only_the_newest_few_are_kept():
    for day in range(1, 8):
        screen_cache.built_screen((version(PERSON, date=f"2027-01-0{day}"),))
    assert len(held()) == 3
