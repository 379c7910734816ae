"""Each entry of the lexicon does what it says, in a sentence of its own."""

from pathlib import Path

import pytest
import yaml

from observance.observations.claims.lexicon import load, table
from observance.observations.claims.modality import RANK
from tests.observations.claims.reading import claims, who

HERE = Path(__file__).parent
FRAMES = yaml.safe_load((HERE / "frames.yaml").read_text(encoding="utf-8"))
MODALITY = yaml.safe_load((HERE / "modality.yaml").read_text(encoding="utf-8"))
VOCABULARY = yaml.safe_load(
    (Path(__file__).parents[3] / "src/observance/regimes/vocabulary.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("frame", "sentence", "event", "roles", "modality"), FRAMES, ids=[f"{r[0]}-{n}" for n, r in enumerate(FRAMES)]
)
def test_a_frame_gives_its_event_with_its_roles(
    frame: str, sentence: str, event: str, roles: dict[str, str], modality: str
) -> None:
    found = [c for c in claims(sentence) if c.event == event]
    assert found, f"{frame}: {[(c.event, c.frame) for c in claims(sentence)]}"
    best = max(
        found, key=lambda c: sum(any(name.lower() in x.lower() for x in who(c, role)) for role, name in roles.items())
    )
    for role, name in roles.items():
        assert any(name.lower() in x.lower() for x in who(best, role)), (
            f"{frame}: {role} {name} not in {best.participants}"
        )
    assert best.modality == modality


def test_every_frame_of_the_lexicon_has_a_sentence() -> None:
    assert {f.id for f in load().frames} == {row[0] for row in FRAMES}


def test_every_term_of_the_lexicon_is_a_term_of_the_vocabulary() -> None:
    events = {t["id"] for t in VOCABULARY["event_types"]}
    roles = {t["id"] for t in VOCABULARY["roles"]}
    items = {t["id"] for t in VOCABULARY["items"]}
    acts = {t["id"] for t in VOCABULARY["acts"]}
    keys = {t["id"] for t in VOCABULARY["conditions"]}
    helpers = {
        "item",
        "sender_or_host",
        "sender",
        "patient_or_vessel",
        "patient_or_item",
        "agent_or_body",
        "subject_or_addressee",
    }
    for frame in load().frames:
        assert frame.event in events | {"by_item"}
        assert frame.act is None or frame.act in acts
        assert {r for r in frame.roles.values() if r} <= roles | helpers, frame.id
    for item in load().items:
        assert {item.id, *item.also} <= items
        assert item.event in events
    assert {row["id"] for row in table("conditions.yaml")["conditions"]} <= keys
    assert {m["id"]: m["rank"] for m in VOCABULARY["modality"]} == RANK
    assert set(table("units.yaml")["approximators"]) <= {a["id"] for a in VOCABULARY["approximators"]}


@pytest.mark.parametrize(("sentence", "modality"), MODALITY, ids=[row[0] for row in MODALITY])
def test_a_transfer_keeps_the_certainty_of_its_words(sentence: str, modality: str) -> None:
    found = [c for c in claims(sentence) if c.event == "arms_transfer"]
    assert found
    assert {c.modality for c in found} == {modality}


def _word(words: tuple[str, ...]) -> str:
    return next((w for w in words if " " not in w and "-" not in w), words[0])


MOVED = sorted(
    {
        (item.id, _word(item.words), item.event)
        for item in load().items
        if item.event in {"arms_transfer", "petroleum_delivery", "technology_assistance"}
    }
    | {
        (item.id, _word(item.words), item.event)
        for item in load().items
        if item.event == "trade" and item.id not in {"trade_general", "fishing_rights"}
    }
)


@pytest.mark.parametrize(("item", "word", "event"), MOVED, ids=[f"{m[0]}-{m[1]}" for m in MOVED])
def test_the_thing_that_is_moved_decides_the_event(item: str, word: str, event: str) -> None:
    told = f"Kenya has supplied the {word} to Uganda."
    found = [c for c in claims(told) if item in {i.id for i in c.items}]
    assert found, [(c.event, c.items) for c in claims(told)]
    assert found[0].event == event
    assert "UGA" in who(found[0], "recipient")


def test_a_state_is_known_by_name_capital_and_adjective() -> None:
    names = [
        (alias, code)
        for alias, (code, kind) in load().states.items()
        if kind in {"name", "capital"} and code not in {"UN", "EU", "NATO"}
    ]
    people = [(alias, code) for alias, (code, kind) in load().states.items() if kind == "people"]
    # "the ..." and names of one town are told in context; what matters is that no alias leads to another State
    wrong = []
    rows = [f"{alias[0].upper() + alias[1:]} sent coal to Bhutan." for alias, _ in names] + [
        f"{alias} officials sent coal to Bhutan." for alias, _ in people
    ]
    found = {c.trigger[0]: c for c in claims("\n".join(rows))}
    at = 0
    for row, (alias, code) in zip(rows, names + people, strict=True):
        here = [c for start, c in found.items() if at <= start < at + len(row)]
        codes = {p.code for c in here for p in c.participants if p.role == "supplier"}
        if codes - {code}:
            wrong.append((alias, codes))
        at += len(row) + 1
    assert not wrong
    assert len(found) > 0.9 * len(rows)
