"""Rewritings of the acceptance article, made when a test runs: substitution tables only, no text of the article.

A twin is a list of replacements and the fields of claims that must change with them. Spans of the expected claims are led
through the replacements, so that everything that is not named as changed must come out as in the article.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Twin:
    """One rewriting.

    Args:
        replace: pairs of old and new words; each old one occurs in the text and all its occurrences are replaced.
        states: codes that change everywhere, old to new.
        changed: expected modality by claim of the acceptance file; None: the claim must be gone.
        changes: other fields by claim: quantity, date, said_on, chain (names from the publisher inwards).
    """

    name: str
    replace: tuple[tuple[str, str], ...]
    states: Mapping[str, str] = field(default_factory=dict)
    modality: Mapping[str, str | None] = field(default_factory=dict)
    quantity: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    date: Mapping[str, str] = field(default_factory=dict)
    said_on: Mapping[str, str] = field(default_factory=dict)
    chain: Mapping[str, list[str]] = field(default_factory=dict)
    publisher: str = ""


NAMES_A = (
    ("Russian President Vladimir Putin", "Belarusian President Anton Karpovich"),
    ("Putin", "Karpovich"),
    ("North Korean leader Kim Jong Un", "Eritrean leader Yonas Tesfay"),
    ("Kim’s", "Tesfay’s"),
    ("Kim praised", "Tesfay praised"),
    ("told Kim", "told Tesfay"),
    ("and Kim", "and Tesfay"),
    ("North Korean", "Eritrean"),
    ("North Korea", "Eritrea"),
    ("Pyongyang", "Asmara"),
    ("Russian", "Belarusian"),
    ("Russia", "Belarus"),
    ("Moscow", "Minsk"),
)
TWINS = (
    Twin(name="other States and leaders", replace=NAMES_A, states={"RUS": "BLR", "PRK": "ERI"}),
    Twin(
        name="other figure and approximator",
        replace=(("nearly 5mn artillery shells", "up to 2.7 million rockets"),),
        quantity={"S13": {"value": 2_700_000, "unit": "rocket", "approximator": "up_to"}},
    ),
    Twin(
        name="other weekday and months",
        replace=(("on Tuesday", "on Sunday"), ("in September", "in November"), ("In March", "In February")),
        said_on={"S09": "2024-06-16", "S10": "2024-06-16"},
        date={"S05": "2023-11", "S19a": "2024-02", "S06": "2023-11/..", "S07": "2023-11/.."},
    ),
    Twin(
        name="other outlets",
        replace=(("told Bloomberg", "told the Baltic Courier"),),
        publisher="Morning Ledger",
        chain={
            "S12": ["Morning Ledger", "Baltic Courier", "Shin Won-sik"],
            "S13": ["Morning Ledger", "Baltic Courier", "Shin Won-sik"],
        },
    ),
    Twin(
        name="offered becomes delivered",
        replace=(("had offered technological help", "had delivered technological help"),),
        modality={"S12": "asserted"},
    ),
    Twin(
        name="believes becomes denies",
        replace=(("officials believe economic", "officials deny that economic"),),
        modality={"S06": "denied", "S07": "denied"},
    ),
    Twin(
        name="agreed becomes refused",
        replace=(("agreement to supply", "refusal to supply"),),
        modality={"S13": "denied"},
    ),
    Twin(
        name="told first, said later",
        replace=(
            (
                "Russia had offered technological help",
                "Seoul’s defence minister Shin Won-sik told Bloomberg that Russia had offered technological help",
            ),
            (" artillery shells, Seoul’s defence minister Shin Won-sik told Bloomberg.", " artillery shells."),
        ),
    ),
    Twin(
        name="passive voice",
        replace=(
            (
                "Pyongyang provided Moscow with “significant munitions” and other weapons",
                "Moscow was provided with “significant munitions” and other weapons by Pyongyang",
            ),
            ("Russia blocked the renewal of a UN panel", "the renewal of a UN panel was blocked by Russia, a panel"),
        ),
    ),
    Twin(
        name="fear becomes certainty",
        replace=(
            (
                "and fear that deeper ties would lead to Pyongyang providing",
                "and say that deeper ties have led to Pyongyang providing",
            ),
        ),
        modality={"S08a": "asserted", "S08b": "asserted", "S08c": "asserted"},
    ),
    Twin(
        name="concern becomes a denial",
        replace=(("that he was concerned by possible Russian support", "that there was no Russian support"),),
        modality={"S11": "denied"},
    ),
    Twin(
        name="offer taken up",
        replace=(
            ("Experts said Russia’s offer of food", "Experts said Russia’s delivery of food"),
            ("military technology would make it", "military technology had made it"),
        ),
        modality={"S17a": "asserted", "S17b": "asserted"},
    ),
    Twin(
        name="another speaker, another day",
        replace=(
            (
                "US state secretary Antony Blinken said on Tuesday",
                "British foreign secretary Edwin Harlow said on Monday",
            ),
            ("who was with Blinken in", "who was with Harlow in"),
        ),
        chain={"S09": ["Financial Times", "Edwin Harlow"], "S10": ["Financial Times", "Edwin Harlow"]},
        said_on={"S09": "2024-06-17", "S10": "2024-06-17"},
    ),
    Twin(
        name="a condition becomes a fact",
        replace=(
            (
                "to Pyongyang would not only violate UN sanctions but could also destabilise",
                "to Pyongyang has not only violated UN sanctions but has also destabilised",
            ),
        ),
        modality={"S21": "asserted"},
    ),
)


def rewrite(text: str, replace: tuple[tuple[str, str], ...]) -> tuple[str, list[tuple[int, int, int]]]:
    """The new text and its edits as (old start, old end, new length), in order of the old text."""
    edits: list[tuple[int, int, str]] = []
    for old, new in replace:
        at = text.find(old)
        assert at >= 0, f"{old!r} does not stand in the text"
        while at >= 0:
            end = at + len(old)
            if not any(s < end and at < e for s, e, _ in edits):
                edits.append((at, end, new))
            at = text.find(old, end)
    edits.sort()
    out, last, moves = [], 0, []
    for start, end, new in edits:
        out.append(text[last:start])
        out.append(new)
        moves.append((start, end, len(new)))
        last = end
    out.append(text[last:])
    return "".join(out), moves


def moved(span: tuple[int, int], moves: list[tuple[int, int, int]]) -> tuple[int, int]:
    """A span of the old text in the new one."""

    def at(place: int, *, end: bool) -> int:
        shift = 0
        for start, stop, length in moves:
            if stop <= place:
                shift += length - (stop - start)
            elif start < place:
                return start + shift + (length if end else 0) if place > start else place + shift
        return place + shift

    start, stop = at(span[0], end=False), at(span[1], end=True)
    return (start, max(stop, start + 1))


def gold_of(
    gold: dict[str, Any], twin: Twin, moves: list[tuple[int, int, int]], text: str, folder_name: str
) -> dict[str, Any]:
    """The reading gold of the article for a twin: spans led along, States exchanged, texts taken from the new text."""
    out = copy.deepcopy(gold)

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("span"), list):
                node["span"] = list(moved(tuple(node["span"]), moves))
                if "text" in node:
                    node["text"] = text[node["span"][0] : node["span"][1]]
            if node.get("name") in twin.states:
                node["name"] = twin.states[node["name"]]
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    for claim in out["claims"]:
        claim["evidence"] = list(moved(tuple(claim["evidence"]), moves))
        walk(claim)
    out["document"]["text_file"] = folder_name
    out["document"].pop("sha256", None)
    return out


def dump(value: Any) -> str:
    """JSON as the scorer reads it."""
    return json.dumps(value, ensure_ascii=False)
