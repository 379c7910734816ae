"""The words of the reader: States, actors, items, frames and cues, as data beside this file.

`load()` reads the five tables once. A regime pack may add items and frames (`Lexicon.extended`): the same keys, no
code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

__all__ = ["Frame", "ItemClass", "Lexicon", "item_key", "load", "table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What one group of words of happening tells (fields as in `frames.yaml`)."""

    id: str
    event: str
    verbs: frozenset[str]
    nouns: frozenset[str]
    roles: Mapping[str, str | None]
    needs: tuple[str, ...] = ()
    also_needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    theme: tuple[str, ...] = ("obj",)
    act: str | None = None
    opinion: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemClass:
    """A thing that is moved: term of the vocabulary, event type of handing it over, its words."""

    id: str
    event: str
    words: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All tables, ready for matching."""

    states: Mapping[str, tuple[str, str]]
    state_names: Mapping[str, str]
    state_pattern: re.Pattern[str]
    items: tuple[ItemClass, ...]
    item_words: Mapping[str, ItemClass]
    item_pattern: re.Pattern[str]
    frames: tuple[Frame, ...]
    by_verb: Mapping[str, tuple[Frame, ...]]
    by_noun: Mapping[str, tuple[Frame, ...]]
    actors: Mapping[str, Any]
    bodies: Mapping[str, tuple[str, str | None]]
    body_of: Mapping[str, Mapping[str, str]]
    body_pattern: re.Pattern[str]
    places: Mapping[str, str]
    cues: Mapping[str, Any]
    say: Mapping[str, str]
    say_nouns: Mapping[str, str]
    govern: Mapping[str, str]
    words: Mapping[str, str]

    def extended(self, items: Iterable[Mapping[str, Any]] = (), frames: Iterable[Mapping[str, Any]] = ()) -> Lexicon:
        """This lexicon with the items and frames that a regime pack adds; the pack's words come first."""
        more_items = tuple(_item(row) for row in items)
        more_frames = tuple(_frame(row) for row in frames)
        both = more_frames + self.frames
        words, pattern = _item_table(more_items + self.items)
        return replace(
            self,
            items=more_items + self.items,
            item_words=words,
            item_pattern=pattern,
            frames=both,
            by_verb=_index(both, verbs=True),
            by_noun=_index(both, verbs=False),
        )


@lru_cache(maxsize=16)
def table(name: str) -> Any:
    """A table with every scalar as it is written: "on", "no" and "off" are words here; only null is None."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return _plain(yaml.load(text, Loader=loader))  # noqa: S506  builds strings, lists and dicts only


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_plain(held) for held in value]
    return None if value == "null" else value


def _item(row: Mapping[str, Any]) -> ItemClass:
    return ItemClass(
        id=row["id"], event=row["event"], words=tuple(str(w) for w in row["words"]), also=_tuple(row.get("also"))
    )


def _tuple(value: Any) -> tuple[str, ...]:
    return tuple(str(v) for v in value or ())


def _frame(row: Mapping[str, Any]) -> Frame:
    return Frame(
        id=row["id"],
        event=row["event"],
        verbs=frozenset(_tuple(row.get("verbs"))),
        nouns=frozenset(_tuple(row.get("nouns"))),
        roles=dict(row.get("roles") or {}),
        needs=_tuple(row.get("needs")),
        also_needs=_tuple(row.get("also_needs")),
        unless=_tuple(row.get("not")),
        theme=_tuple(row.get("theme")) or ("obj",),
        act=row.get("act"),
        opinion=bool(row.get("opinion")),
    )


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "(?:es)?"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "(?:y|ies)"
    if word.endswith("man"):
        return word[:-3] + "m[ae]n"
    return word + "s?"


def _singular(words: str) -> str:
    return " ".join(re.sub(r"(?<=[a-z]{3})s$", "", w) for w in re.split(r"\s+", words.lower().replace("-", " ")))


def _item_table(items: tuple[ItemClass, ...]) -> tuple[dict[str, ItemClass], re.Pattern[str]]:
    table: dict[str, ItemClass] = {}
    for item in items:
        for word in item.words:
            table.setdefault(_key(word), item)
    phrases = sorted({w.lower() for i in items for w in i.words}, key=lambda w: -len(w))
    pattern = "|".join(r"[ -]".join(_plural(re.escape(p)) for p in re.split(r"[ -]", w)) for w in phrases)
    return table, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])")


def _key(words: str) -> str:
    """One form for a phrase and its plural."""
    out = []
    for word in re.split(r"[\s-]+", words.lower()):
        if word.endswith("ies") and len(word) > 4:
            stem = word[:-3] + "y"
        elif word.endswith("men"):
            stem = word[:-3] + "man"
        elif re.search(r"(?:ch|sh|x|ss|us)es$", word):
            stem = word[:-2]
        elif word.endswith("s") and not word.endswith(("ss", "us")):
            stem = word[:-1]
        else:
            stem = word
        out.append(stem)
    return " ".join(out)


def item_key(words: str) -> str:
    """The key under which `Lexicon.item_words` holds a phrase found by `item_pattern`."""
    return _key(words)


def _index(frames: tuple[Frame, ...], *, verbs: bool) -> dict[str, tuple[Frame, ...]]:
    out: dict[str, list[Frame]] = {}
    for frame in sorted(frames, key=lambda f: f.event == "by_item"):
        for word in frame.verbs if verbs else frame.nouns:
            out.setdefault(word, []).append(frame)
    return {word: tuple(found) for word, found in out.items()}


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The tables of this package (read once; they do not change while a program runs)."""
    states: dict[str, tuple[str, str]] = {}
    names: dict[str, str] = {}
    for code, name, other, capital, people in table("states.yaml")["states"]:
        names[code] = name
        for kind, field in (("name", f"{name};{other}"), ("capital", capital), ("people", people)):
            for alias in filter(None, (a.strip() for a in field.split(";"))):
                states.setdefault(alias, (code, kind))
    actors = table("actors.yaml")
    bodies: dict[str, tuple[str, str | None]] = {}
    for row in actors["bodies"]:
        for alias in (row["name"], *(row.get("also") or ())):
            bodies.setdefault(alias, (row["name"], row["state"]))
    items = tuple(_item(row) for row in table("items.yaml")["items"])
    item_words, item_pattern = _item_table(items)
    frames = tuple(_frame(row) for row in table("frames.yaml")["frames"])
    cues = table("cues.yaml")
    kinds = ("deny", "fear", "believe", "show", "say")
    return Lexicon(
        states=states,
        state_names=names,
        state_pattern=_names(states),
        items=items,
        item_words=item_words,
        item_pattern=item_pattern,
        frames=frames,
        by_verb=_index(frames, verbs=True),
        by_noun=_index(frames, verbs=False),
        actors=actors,
        bodies=bodies,
        body_of={row["name"]: dict(row["of"]) for row in actors["bodies"] if row.get("of")},
        body_pattern=_names(bodies),
        places={place: code for code, towns in actors["places"].items() for place in towns},
        cues=cues,
        say={word: kind for kind in reversed(kinds) for word in cues[kind]},
        say_nouns={
            word: kind for kind in ("intend", "offer", "say", "believe", "fear", "deny") for word in cues["nouns"][kind]
        },
        govern={word: kind for kind, found in cues["govern"].items() for word in found},
        words={word: kind for kind, found in cues["words"].items() for word in found},
    )


_NOT_COMPASS = (
    r"(?! (?:Korea|Sea|Pole|Atlantic|Pacific|China Sea|Asia|Africa|America|African|American|Caucasus|Side|Bank|Island))"
)


def _names(table: Mapping[str, object]) -> re.Pattern[str]:
    phrases = sorted(table, key=lambda w: -len(w))
    tails = {"the North": _NOT_COMPASS, "the South": _NOT_COMPASS}
    inner = "|".join(f"{re.escape(p)}{tails.get(p, '')}" for p in phrases)
    return re.compile(rf"(?<![\w.-])(?:{inner})(?!\w)")
