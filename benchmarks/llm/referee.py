"""How much of what a model gets wrong the referee catches, and how often it accuses a model that is right.

Gold claims stand for an honest model: their words become proposals. Each kind of lie is then told of every claim that it
fits. Caught: the field is contradicted (a swapped role: one of the two is). False alarm: a gold field is contradicted.

    uv run python benchmarks/llm/referee.py FOLDER    # *.txt with *.claims.json, see the README
"""

from __future__ import annotations

import copy
import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from observance.observations.claims.gold import mapping
from observance.observations.claims.layout import parts
from observance.observations.claims.lexicon import load
from observance.observations.claims.llm.ground import Ground, lay_ground
from observance.observations.claims.llm.schema import Proposal, ReplyFault, parse_reply
from observance.observations.claims.llm.verify import verify
from observance.observations.claims.reader import read
from observance.observations.claims.record import Page


def inverse(section: str) -> dict[str, list[str]]:
    """Coarse word to the terms that are written as it."""
    found: dict[str, list[str]] = {}
    for term, row in mapping()[section].items():
        options = [term] if row.get("to") == "same" else list(row.get("to") or [])
        for case in row.get("when") or ():
            options += case["to"]
        for option in dict.fromkeys(options):
            found.setdefault(option, []).append(term)
    return found


EVENTS, ITEMS, ROLES, MODALITIES = (inverse(name) for name in ("event_types", "items", "roles", "modality"))


def proposal_of(gold: dict[str, Any], ground: Ground) -> dict[str, Any] | None:
    """A gold claim as an honest model would give it; None where it reaches over paragraphs."""
    text = ground.page.text
    low, high = gold["evidence"]
    if not ground.start <= low < high <= ground.end or high - low > 600:
        return None
    events = EVENTS.get(gold["event"], [])
    at = [
        c
        for c in ground.rules
        if c.trigger[0] < gold["trigger"]["span"][1] and gold["trigger"]["span"][0] < c.trigger[1]
    ]
    event = next((c.event for c in at if c.event in events), events[0] if events else None)
    if event is None:
        return None

    def words(part: dict[str, Any]) -> str | None:
        span = part.get("span")
        return text[span[0] : span[1]] if span and ground.start <= span[0] < span[1] <= ground.end else None

    modality = MODALITIES.get(gold["modality"], ["asserted"])
    told = next((c.modality for c in at if c.modality in modality), modality[0])
    return {
        "event": event,
        "modality": told,
        "quote": text[low:high],
        "trigger": text[slice(*gold["trigger"]["span"])],
        "participants": [
            {"role": ROLES[p["role"]][0] if p["role"] not in ROLES.get(p["role"], []) else p["role"], "words": w}
            for p in gold["participants"]
            if (w := words(p)) and p["role"] in ROLES
        ],
        "items": [
            {"item": ITEMS[i["class"]][0], "words": w} for i in gold["items"] if (w := words(i)) and i["class"] in ITEMS
        ],
        "quantities": [{"words": w, "role": q["role"]} for q in gold["quantities"] if (w := words(q))],
        "dates": [{"words": w} for d in gold["dates"] if (w := words(d))],
        "sources": [
            {"words": w, "cue": cue_near(text, s["span"])}
            for s in gold["chain"]
            if not s.get("publisher") and (w := words(s))
        ],
    }


def cue_near(text: str, span: list[int]) -> str:
    """A word of saying beside the source, as a careful model would name it."""
    around = text[max(0, span[0] - 40) : span[1] + 40]
    found = re.search(
        r"\b(according to|said|told|says|denied|announced|believes?|fears?|reported|warned|assess\w*|stated)\b", around
    )
    return found[0] if found else ""


def tenfold(p: dict[str, Any]) -> bool:
    changed = False
    for quantity in p["quantities"]:
        digits = re.search(r"\d[\d,.]*", quantity["words"])
        if digits:
            quantity["words"] = quantity["words"].replace(digits[0], digits[0] + "0", 1)
            changed = True
    return changed


def year(p: dict[str, Any]) -> bool:
    changed = False
    for date in p["dates"]:
        found = re.search(r"(?:19|20)\d\d", date["words"])
        if found:
            date["words"] = date["words"].replace(found[0], str(int(found[0]) - 1), 1)
            changed = True
    return changed


def dropped(p: dict[str, Any]) -> bool:
    had = bool(p["sources"])
    p["sources"] = []
    return had


def flat(p: dict[str, Any]) -> bool:
    had = p["modality"] != "asserted"
    p["modality"] = "asserted"
    return had


def swapped(p: dict[str, Any]) -> bool:
    roles = {party["role"]: party for party in p["participants"]}
    pair = ("supplier", "recipient")
    if not all(role in roles for role in pair):
        return False
    one, two = (roles[role] for role in pair)
    one["words"], two["words"] = two["words"], one["words"]
    return True


def invented(p: dict[str, Any]) -> bool:
    p["quote"] = "The " + p["quote"][::-1]
    return True


LIES: dict[str, tuple[Callable[[dict[str, Any]], bool], str]] = {
    "tenfold quantity": (tenfold, "quantity"),
    "shifted year": (year, "date"),
    "dropped source": (dropped, "source"),
    "modality flattened to asserted": (flat, "modality"),
    "swapped supplier and recipient": (swapped, "participant"),
    "invented quote": (invented, "quote"),
}


def made(plain: dict[str, Any]) -> Proposal | None:
    try:
        return parse_reply(json.dumps({"claims": [plain]})).claims[0]
    except ReplyFault:
        return None


def main(folder: Path) -> None:
    lexicon = load()
    fields: Counter[tuple[str, str]] = Counter()
    told: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    alarms: list[str] = []
    claims = 0
    for path in sorted(folder.glob("*.claims.json")):
        source = path.with_name(path.name.replace(".claims.json", ".txt"))
        if not source.exists():
            continue
        gold = json.loads(path.read_text())
        about = gold["document"]
        page = Page(
            text=source.read_text(),
            publisher=about["publisher"],
            published=about["published"] or "",
            title=about.get("title") or "",
            kind=about.get("kind") or "",
            opening_speaker=about.get("opening_speaker") or "",
        )
        rules = read(page, lexicon)
        body = [(part.start, part.end) for part in parts(page) if part.role != "boilerplate"]
        grounds = lay_ground(page, lexicon, body, rules)
        for item in gold["claims"]:
            ground = next((g for g in grounds if g.start <= item["evidence"][0] < g.end), None)
            plain = proposal_of(item, ground) if ground else None
            honest = made(plain) if plain else None
            if ground is None or plain is None or honest is None:
                continue
            claims += 1
            sound = verify(honest, ground, "h")
            for check in sound.checks:
                fields[check.field.split(":")[0], check.status] += 1
                if check.status == "contradicted":
                    alarms.append(f"{item['id']} {check.field} {check.said[:40]!r}: {check.reason}")
            before = Counter(c.field.split(":")[0] for c in sound.checks if c.status == "contradicted")
            for name, (lie, field) in LIES.items():
                wrong = copy.deepcopy(plain)
                if not lie(wrong):
                    continue
                proposal = made(wrong)
                if proposal is None:
                    continue
                told[name] += 1
                after = Counter(
                    c.field.split(":")[0] for c in verify(proposal, ground, "l").checks if c.status == "contradicted"
                )
                hit = after[field] > (0 if name == "modality flattened to asserted" else before[field])
                caught[name] += hit
                if not hit and "-m" in sys.argv:
                    alarms.append(
                        f"missed {name}: {item['id']} {plain['quote'][:200]!r} {plain['sources'] or plain['participants']}"
                    )
    print(f"{claims} claims of an honest model")
    for field in sorted({name for name, _ in fields}):
        counts = {status: fields[field, status] for status in ("confirmed", "unverified", "contradicted")}
        print(f"  {field:12} {counts}")
    print("lies told, caught")
    for name in LIES:
        print(f"  {name:32} {told[name]:4} {caught[name]:4}  {caught[name] / max(told[name], 1):.2f}")
    if {"-v", "-m"} & set(sys.argv):
        print(*alarms, sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
