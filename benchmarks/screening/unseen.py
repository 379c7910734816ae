"""Names that no labelled set contains, made from a list itself: other scripts, slips, Korean syllables, ships.

    python benchmarks/screening/unseen.py all_names.jsonl.gz

- Other scripts: each original-script name of a list against the Latin names of the same list (`uk-`, `eu-`): found, another first, of.
- Slips: the main name of each UN person with one slip (letter doubled, left out, put in, exchanged, swapped; a blank moved or replaced).
- Korean: listed DPRK names of three syllables with one given syllable exchanged, unless the result sounds like a listed name: alerts.
- Ships: 400 OFAC ships with one slip, joined, with a prefix; UK ship names that none of them bears: alerts on the name alone.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

from observance.observations.matches import EntityRecord, Index, NameRecord, Query, build_index, screen_many
from observance.observations.matches import korean as korean_names
from observance.observations.matches.fold import script_of, words
from observance.observations.matches.tables import korean_surnames

LETTERS = "AEIOUHNRST"
SYLLABLES = [
    "chol",
    "hun",
    "sik",
    "nam",
    "il",
    "un",
    "kwang",
    "song",
    "myong",
    "su",
    "ho",
    "chun",
    "jin",
    "sok",
    "hyok",
    "guk",
    "chang",
    "yong",
    "kyong",
    "phil",
    "thae",
    "min",
    "gun",
    "ryong",
    "hui",
    "won",
    "sam",
    "bok",
    "jae",
    "ok",
    "sun",
    "hwa",
    "rim",
    "son",
    "dok",
    "jun",
    "chan",
    "pong",
    "bom",
    "ung",
    "hyon",
    "gil",
    "se",
    "ryol",
    "kil",
    "yon",
    "hak",
    "du",
    "man",
]
Row = dict[str, Any]


def read(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        return [json.loads(line) for line in handle]


def record(row: Row, names: list[str] | None = None) -> EntityRecord:
    return EntityRecord(
        id=row["id"], schema=row["schema"], names=tuple(NameRecord(text=n) for n in names or row["names"])
    )


def scripts(text: str) -> Counter[str]:
    return Counter(script_of(c) for c in text if unicodedata.category(c)[0] == "L")


def other_scripts(rows: list[Row], prefix: str) -> None:
    held: list[EntityRecord] = []
    asked: list[tuple[str, str, str, str]] = []
    for row in rows:
        if row["id"].startswith(prefix):
            latin = [n for n in row["names"] if set(scripts(n)) <= {"latin", "other"} and scripts(n)["latin"]]
            if latin:
                held.append(record(row, latin))
                asked += [
                    (n, s, row["id"], row["schema"])
                    for n in row["names"]
                    for s, _ in scripts(n).most_common(1)
                    if s != "latin"
                ]
    answers = screen_many(build_index(held), [Query(name=n, schema=schema) for n, _, _, schema in asked])
    found: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for (_, script, ident, schema), answer in zip(asked, answers, strict=True):
        key = (script, schema)
        top = answer.hits[0].score if answer.hits else 0.0
        total[key] += 1
        found[key] += any(h.entity_id == ident for h in answer.hits)
        wrong[key] += bool(answer.hits) and not any(h.entity_id == ident and h.score >= top - 0.01 for h in answer.hits)
    for key in sorted(total):
        print(f"{prefix} {key[0]:9} {key[1]:13} found {found[key]}, another first {wrong[key]}, of {total[key]}")


def slip(name: str, chance: random.Random, *, blanks: bool = True) -> str:
    i = chance.randrange(1, len(name))
    match chance.choice(("double", "drop", "put", "change", "swap", *(("blank", "blank") if blanks else ()))):
        case "double":
            return name[:i] + name[i - 1] + name[i:]
        case "drop":
            return name[:i] + name[i + 1 :]
        case "put":
            return name[:i] + chance.choice(LETTERS) + name[i:]
        case "blank" if " " in name[1:-1]:
            at = chance.choice([p for p, c in enumerate(name) if c == " " and 0 < p < len(name) - 1])
            return (
                name[:at] + name[at + 1] + " " + name[at + 2 :]
                if chance.random() < 0.5
                else name[: at - 1] + " " + name[at - 1] + name[at + 1 :]
            )
        case "swap" | "blank":
            return name[: i - 1] + name[i] + name[i - 1] + name[i + 1 :]
        case _:
            return name[:i] + chance.choice(LETTERS) + name[i + 1 :]


def slips(rows: list[Row]) -> None:
    chance = random.Random(3)
    un = [row for row in rows if row["id"][3:4] == "." and row["schema"] == "Person"]
    index = build_index(record(row) for row in rows if row["id"][3:4] == ".")
    asked = [(slip(row["names"][0], chance), row["id"]) for row in un for _ in range(2)]
    korean = Counter(bool(korean_names.from_latin(tuple(words(row["names"][0])))) for row in un for _ in range(2))
    missed: Counter[bool] = Counter()
    for (_, ident), answer, row in zip(
        asked,
        screen_many(index, [Query(name=n, schema="Person") for n, _ in asked]),
        [r for r in un for _ in range(2)],
        strict=True,
    ):
        missed[bool(korean_names.from_latin(tuple(words(row["names"][0]))))] += ident not in [
            h.entity_id for h in answer.hits
        ]
    print(f"slips: {missed[False]} of {korean[False]} missed; Korean-shaped names: {missed[True]} of {korean[True]}")


def _listed(index: Index, name: tuple[str, ...]) -> bool:
    part, read_as = index.kinds["person"], korean_names.from_latin(name)
    for key in korean_names.coarse_keys(read_as):
        held = part.korean_keys.get(key, ())
        for form in (held,) if isinstance(held, int) else held:
            found = korean_names.agreement(read_as, part.korean[form])
            if found and found[0] > 0.5:
                return True
    return False


def one_syllable_off(rows: list[Row]) -> None:
    chance = random.Random(11)
    index = build_index(map(record, rows))
    surnames = set(korean_surnames()[0])
    names = {
        tuple(words(n)): row["id"]
        for row in rows
        if row["id"].startswith(("KP", "uk-DPR", "ofac"))
        for n in row["names"]
    }
    asked: list[str] = []
    for name in names:
        if len(name) == 3 and name[0] in surnames and korean_names.from_latin(name):
            for _ in range(3):
                other = list(name)
                other[chance.choice((1, 2))] = chance.choice(SYLLABLES)
                if tuple(other) != name and korean_names.from_latin(tuple(other)) and not _listed(index, tuple(other)):
                    asked.append(" ".join(other).title())
    alerts = sum(bool(a.hits) for a in screen_many(index, [Query(name=n, schema="Person") for n in asked]))
    print(f"Korean names one syllable off: {alerts} alerts of {len(asked)}")


def ships(rows: list[Row]) -> None:
    chance = random.Random(5)
    ofac = [row for row in rows if row["schema"] == "Vessel" and row["id"].startswith("ofac")]
    chance.shuffle(ofac)
    index = build_index(map(record, ofac[:400]))
    listed = {n.upper() for row in ofac[:400] for n in row["names"]}
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    asked: list[tuple[str, str, str]] = []
    for row in ofac[:400]:
        name = row["names"][0].upper()
        if len(name) >= 4:
            wrong = slip(name, chance, blanks=False)
            asked += [(wrong, row["id"], "slip")] if wrong not in listed else []
            asked += [(name.replace(" ", ""), row["id"], "joined")] if " " in name else []
            asked.append((chance.choice(("M/T ", "MV ", "M/V ")) + name, row["id"], "prefix"))
    for (_, ident, kind), answer in zip(
        asked, screen_many(index, [Query(name=n, schema="Vessel") for n, _, _ in asked]), strict=True
    ):
        total[kind] += 1
        found[kind] += ident in [h.entity_id for h in answer.hits]
    print("ships found:", ", ".join(f"{kind} {found[kind]} of {total[kind]}" for kind in total))
    others = [
        n
        for row in rows
        if row["schema"] == "Vessel" and row["id"].startswith("uk")
        for n in row["names"]
        if n.upper() not in listed
    ]
    alerts = sum(bool(a.hits) for a in screen_many(index, [Query(name=n, schema="Vessel") for n in others]))
    print(f"other ships, name alone: {alerts} alerts of {len(others)}")


def main() -> None:
    rows = read(Path(sys.argv[1]))
    for prefix in ("uk-", "eu-"):
        other_scripts(rows, prefix)
    slips(rows)
    one_syllable_off(rows)
    ships(rows)


if __name__ == "__main__":
    main()
