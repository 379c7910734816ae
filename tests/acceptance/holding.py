"""Holding observations against the statements that a careful reader must get out of a text.

Each function returns the misses as sentences; an empty list is a pass. Nothing here knows a particular text.
"""

from __future__ import annotations

STATES = {
    "north korea": "PRK",
    "dprk": "PRK",
    "pyongyang": "PRK",
    "russia": "RUS",
    "moscow": "RUS",
    "china": "CHN",
    "south korea": "KOR",
    "united states": "USA",
}


def _same_name(gold: str, found: str) -> bool:
    gold_words = {word.strip(".,()").casefold() for word in gold.split()} - {"the", "of", "and"}
    found_words = {word.strip(".,()").casefold() for word in found.split()} - {"the", "of", "and"}
    return bool(gold_words & found_words) and (
        gold_words <= found_words or found_words <= gold_words or len(gold_words & found_words) >= 2
    )


def _party_fits(gold: dict, party, *, accept_state: bool = True) -> bool:
    code = gold.get("code")
    if _same_name(gold["name"], party.name):
        return True
    return accept_state and code is not None and party.state == code


def candidates(observations, gold: dict):
    """Observations whose passage overlaps that of the gold claim and whose event type fits, best overlap first."""
    start, end = gold["span"]["start"], gold["span"]["end"]
    types = {gold["event_type"], *gold.get("event_accept", ())}
    found = []
    for one in observations:
        span = one.citations[0].selector
        overlap = min(end, span.end) - max(start, span.start)
        if one.kind == "claim" and overlap > 0 and one.event_type in types:
            found.append((len(claim_misses(one, gold)), -overlap, one.id, one))
    return [row[-1] for row in sorted(found, key=lambda row: row[:3])]


def claim_misses(one, gold: dict) -> list[str]:
    """What of a gold claim an observation does not tell."""
    misses = []
    if one.modality != gold["modality"]:
        misses.append(f"modality {one.modality}, expected {gold['modality']}")
    for link in gold["source_chain"]:
        states = set(str(link.get("state") or link.get("states") or "").split())
        if not any(_same_name(link["name"], got.name) or (states and states == set(got.states)) for got in one.chain):
            misses.append(f"no {link['name']} in the chain {[got.name for got in one.chain]}")
    if len(one.chain) > len(gold["source_chain"]):
        misses.append(f"chain too long: {[got.name for got in one.chain]}")
    for party in gold["participants"]:
        fits = [got for got in one.participants if got.role == party["role"] and _party_fits(party, got)]
        if not fits:
            roles = [(got.role, got.name, got.state) for got in one.participants]
            misses.append(f"no {party['role']} {party['name']} in {roles}")
    for item in gold["items"]:
        wanted = {item, *gold.get("items_accept", ())}
        if not wanted & {got.token for got in one.items}:
            misses.append(f"no item {item} in {[got.token for got in one.items]}")
    quantity = gold.get("quantity")
    if quantity and quantity.get("value") is not None:
        fits = [
            got
            for got in one.quantities
            if got.value == quantity["value"]
            and got.approximator == quantity["approximator"]
            and got.role in {quantity["role"], *quantity.get("role_accept", ())}
            and got.unit == quantity["unit"]
        ]
        if not fits:
            misses.append(
                f"no quantity {quantity} in {[(q.value, q.unit, q.approximator, q.role) for q in one.quantities]}"
            )
    for key, got in (("date", one.date), ("said_on", one.said_on)):
        wanted = gold.get(key)
        if wanted and not wanted.get("inferred"):
            values = {wanted["value"], *wanted.get("accept", ())}
            if got is None or got.value not in values:
                misses.append(f"{key} {got.value if got else None}, expected one of {sorted(values)}")
    return misses


def missing_claims(observations, golds) -> list[str]:
    """Gold claims that no observation tells whole, each with what is missing; one observation serves one claim."""
    misses, used = [], set()
    for gold in golds:
        fits = [one for one in candidates(observations, gold) if one.id not in used]
        if not fits:
            misses.append(f"{gold['id']}: no claim of type {gold['event_type']} at “{gold['quote'][:60]}”")
            continue
        used.add(fits[0].id)
        misses += [f"{gold['id']}: {word}" for word in claim_misses(fits[0], gold)]
    return misses


def shown_as_asserted(observations, golds) -> list[str]:
    """Gold claims that are not asserted and of which some observation of that place and type says so."""
    wrong = []
    for gold in golds:
        if gold["modality"] != "asserted":
            wrong += [
                f"{gold['id']}: shown as asserted"
                for one in candidates(observations, gold)[:1]
                if one.modality == "asserted"
            ]
    return wrong


def claims_inside(observations, spans) -> list[str]:
    """Observations whose passage lies inside a stretch that must yield nothing."""
    return [
        f"{gold['id']}: {one.event_type} from “{one.statement}”"
        for gold in spans
        for one in observations
        if one.kind == "claim"
        and gold["span"]["start"] <= one.citations[0].selector.start
        and one.citations[0].selector.end <= gold["span"]["end"]
    ]


def verdict_misses(claim_of: dict, judgements, golds) -> list[str]:
    """Required verdicts that were not given, and verdicts of conduct engaged that the gold does not list."""
    by_subject: dict[str, dict[str, str]] = {}
    for judged in judgements:
        by_subject.setdefault(judged.subject, {})[str(judged.measure)] = judged.verdict
    misses = []
    for gold in golds:
        one = claim_of.get(gold["id"])
        if one is None:
            continue
        got = by_subject.get(one.id, {})
        listed = {row["id"]: row for row in gold["measures"]}
        required = [row for row in gold["measures"] if row.get("required", True)]
        misses += [
            f"{gold['id']}: {row['id']} {got.get(row['id'])}, expected {row['verdict']}"
            for row in required
            if got.get(row["id"], "none") != row["verdict"]
        ]
        for measure, verdict in got.items():
            if verdict == "engaged" and listed.get(measure, {}).get("verdict") != "engaged":
                misses.append(f"{gold['id']}: {measure} engaged and not expected")
    return misses
