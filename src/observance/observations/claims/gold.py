"""Claims in the coarser words of the reading gold: the one edge, through `text_mapping.yaml`.

The project thinks in its vocabulary; only this writer goes through the mapping, and turns the chain round (the gold
lists it from the speaker outwards). Format: one object a document, `{"document": id, "claims": [...]}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from observance.observations.claims.lexicon import table
from observance.observations.claims.record import Claim, Item, Page, Party, Quantity, Source, When


@lru_cache(maxsize=1)
def mapping() -> Mapping[str, Any]:
    """`text_mapping.yaml` with an index by term, and the broader terms of the vocabulary's items."""
    folder = resources.files("observance").joinpath("regimes")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    table = yaml.load(folder.joinpath("text_mapping.yaml").read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  safe loader
    words = yaml.load(folder.joinpath("vocabulary.yaml").read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  safe loader
    out: dict[str, Any] = {
        key: {term: row for row in table[key] for term in ([row["term"]] if "term" in row else row["terms"])}
        for key in ("event_types", "roles", "modality", "items", "approximators", "quantity_roles", "date_precision")
    }
    out["broader"] = {row["id"]: row.get("broader") for row in words["items"]}
    return out


def write_predictions(claims: Iterable[Claim], document: str, page: Page | None = None) -> dict[str, Any]:
    """The claims of one document in the gold's prediction format."""
    return {"document": document, "claims": [_claim(c, page) for c in claims if _event(c)]}


def _up(item: str, wanted: list[str]) -> bool:
    here: str | None = item
    while here:
        if here in wanted:
            return True
        here = mapping()["broader"].get(here)
    return False


def _event(claim: Claim) -> str | None:
    row = mapping()["event_types"].get(claim.event)
    if row is None:
        return claim.event
    for case in row.get("when") or ():
        if any(_up(i.id, case.get("items") or []) for i in claim.items) or claim.act in (case.get("acts") or []):
            return str(case["to"][0])
    return str(row["to"][0]) if row["to"] else None


def _claim(claim: Claim, page: Page | None) -> dict[str, Any]:
    return {
        "id": claim.id,
        "event": _event(claim),
        "modality": mapping()["modality"][claim.modality]["to"][0],
        "evidence": list(claim.evidence),
        "trigger": {"span": list(claim.trigger)},
        "participants": [p for p in (_party(p, claim) for p in claim.participants) if p],
        "items": [i for i in (_item(i) for i in claim.items) if i],
        "chain": [_source(s, page) for s in reversed(claim.chain)],
        "quantities": [q for q in (_quantity(q) for q in claim.quantities) if q],
        "dates": [_when(w) for w in claim.dates if w.precision != "unresolved" and w.span is not None],
    }


def _party(party: Party, claim: Claim) -> dict[str, Any] | None:
    row = mapping()["roles"].get(party.role)
    if row is None or (row["to"] is None and claim.event not in (row.get("in") or {})):
        return None
    to = (row.get("in") or {}).get(claim.event) or row["to"]
    role = to[0]
    if claim.event == "visit" and party.role == "host" and party.kind == "person":
        role = "agent"  # a host who goes along (text_mapping: visit, host)
    if claim.frame == "thank" and party.role == "addressee":
        role = "patient"  # text_mapping: addressee; whom one thanks is acted upon
    state = party.code and (party.kind in {"state", "official"} or (party.kind == "company" and party.unnamed))
    out: dict[str, Any] = {"role": role, "name": party.code if state else party.name}
    if party.span is not None and not party.inferred:
        out["span"] = list(party.span)
    if party.imo:
        out["ids"] = {"imo": party.imo}
    return out


def _item(item: Item) -> dict[str, Any] | None:
    row = mapping()["items"].get(item.id)
    if row is None or row["to"] is None:
        return None
    return {"class": item.id if row["to"] == "same" else row["to"][0], "span": list(item.span)}


def _source(source: Source, page: Page | None) -> dict[str, Any]:
    del page
    out: dict[str, Any] = {"name": source.code if source.kind == "state" and source.code else source.name}
    if source.span is not None:
        out["span"] = list(source.span)
    if source.unnamed:
        out["unnamed"] = True
    if source.publisher:
        out["publisher"] = True
    return out


def _quantity(quantity: Quantity) -> dict[str, Any] | None:
    row = mapping()["quantity_roles"].get(quantity.role)
    if row is None or row["to"] is None or not quantity.unit:
        return None
    value: Any = quantity.value if quantity.value is not None else quantity.magnitude
    if isinstance(value, tuple):
        value = list(value)
    elif value is not None and float(value).is_integer():
        value = int(value)
    approximator = quantity.approximator
    low = quantity.words.lower()
    if approximator == "order_of":
        written = (
            low.split(" of ")[0].replace(" ", "_") + "_of"
            if not low.startswith("hundreds of millions")
            else "hundreds_of_millions"
        )
    else:
        options = mapping()["approximators"][approximator]["to"] or ["exact"]
        written = next((o for o in options if o.replace("_", " ") in low), options[0])
    unit = "person" if quantity.unit in table("units.yaml")["people"] else quantity.unit
    return {
        "value": value,
        "unit": unit,
        "approximator": written,
        "role": row["to"][0],
        "span": list(quantity.span),
    }


def _when(when: When) -> dict[str, Any]:
    return {
        "value": when.value,
        "precision": mapping()["date_precision"][when.precision]["to"][0],
        "span": list(when.span or (0, 0)),
    }
