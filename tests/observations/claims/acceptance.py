"""Expected claims of the acceptance files, held against claims as read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from observance.observations.claims.record import Claim, Page
from tests.material import shared


def page(name: str) -> Page:
    """A document of the acceptance folder with its metadata."""
    path = shared(f"acceptance/{name}.txt")
    meta = yaml.safe_load(path.with_name(path.stem + ".meta.yaml").read_text(encoding="utf-8"))
    return Page(
        text=path.read_bytes().decode("utf-8"), publisher=meta["publisher"], published=str(meta["published"]),
        title=meta.get("title") or "", kind=meta.get("kind") or "",
    )  # fmt: skip


def overlaps(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return max(a[0], b[0]) < min(a[1], b[1])


def best(expected: Mapping[str, Any], claims: Iterable[Claim], span: tuple[int, int]) -> tuple[Claim | None, list[str]]:
    """The claim that comes nearest to an expected one, and what is still wrong with it."""
    types = {expected["event_type"], *expected.get("event_accept", ())}
    fits = [c for c in claims if c.event in types]
    near = [c for c in fits if overlaps(c.trigger, span)] or [c for c in fits if overlaps(c.evidence, span)]
    if not near:
        return None, [f"no claim of {sorted(types)}"]
    return min(((c, faults(expected, c)) for c in near), key=lambda pair: len(pair[1]))


def faults(expected: Mapping[str, Any], claim: Claim) -> list[str]:
    """What differs: chain, modality, roles, items, quantity, written date, day of saying."""
    out = []
    chain = [s.name for s in claim.chain]
    wanted = [s["name"] for s in expected["source_chain"]]
    codes = [s.code for s in claim.chain]
    states = [expected["speaker"].get("state")] * len(wanted)
    if len(chain) != len(wanted) or any(
        w.lower() != g.lower() and not (n == len(wanted) - 1 and codes[n] and codes[n] == states[n])
        for n, (w, g) in enumerate(zip(wanted, chain, strict=True))
    ):
        out.append(f"chain {chain}, not {wanted}")
    if claim.modality not in {expected["modality"], *expected.get("modality_accept", ())}:
        out.append(f"modality {claim.modality}, not {expected['modality']}")

    def same(want: Mapping[str, Any], role: str, name: str, code: str | None) -> bool:
        return want["role"] == role and (want["name"] == name or bool(want.get("code") and want["code"] == code))

    out.extend(
        f"lacks {want['role']} {want['name']}"
        for want in expected["participants"]
        if not any(same(want, p.role, p.name, p.code) for p in claim.participants)
    )
    out.extend(
        f"has {party.role} {party.name}"
        for party in claim.participants
        if party.role != "place"
        and not any(same(w, party.role, party.name, party.code) for w in expected["participants"])
    )
    told = {i.id for i in claim.items}
    if not told & set(expected.get("items_accept", ())):
        out.extend(f"lacks item {item}" for item in expected["items"] if item not in told)
    amount = expected.get("quantity")
    if amount and amount.get("value") is not None:
        roles = {amount["role"], *amount.get("role_accept", ())}
        if not any(
            (q.value, q.unit, q.approximator) == (amount["value"], amount["unit"], amount["approximator"])
            and q.role in roles
            for q in claim.quantities
        ):
            out.append(f"quantity {claim.quantities}")
    elif claim.quantities:
        out.append(f"has quantity {claim.quantities}")
    written = [d.value for d in claim.dates if not d.inferred]
    date = expected.get("date")
    if date and not date.get("inferred"):
        if not set(written) & {str(date["value"]), *map(str, date.get("accept", ()))}:
            out.append(f"date {written}, not {date['value']}")
    elif written:
        out.append(f"has date {written}")
    said = expected.get("said_on")
    if said and not said.get("inferred") and (claim.said_on is None or claim.said_on.value != str(said["value"])):
        out.append(f"said on {claim.said_on}, not {said['value']}")
    return out


def expected_claims() -> list[dict[str, Any]]:
    """The claims of the article."""
    path = shared("acceptance/article_claims.yaml")
    return list(yaml.safe_load(path.read_text(encoding="utf-8"))["claims"])
