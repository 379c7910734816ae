"""The certificate as one HTML page: readable, printable, without script, with the certificate itself inside."""

from __future__ import annotations

import json
from html import escape
from typing import Any

__all__ = ["certificate_page"]

_STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin-bottom:.25rem}h2{font-size:1.1rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .5rem;
border-bottom:1px solid #8888}code{font-size:.85em;overflow-wrap:anywhere}
.result{font-size:1.15rem;border:1px solid #8888;border-left-width:.4rem;padding:.75rem 1rem;margin:1rem 0}
.hit{border-top:1px solid #8888;padding:.75rem 0}.hit h3{margin:0;font-size:1rem}dl{display:grid;
grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.5rem 0}dt{font-weight:600}dd{margin:0}
@media print{body{margin:0;max-width:none}.hit{break-inside:avoid}}
"""
_LABELS = {
    "name": "name",
    "schema": "kind",
    "imo": "IMO ship number",
    "imo_company": "IMO company number",
    "mmsi": "MMSI",
    "callsign": "call sign",
    "flag": "flag",
    "vessel_type": "type of ship",
    "countries": "country",
    "birth_dates": "birth date",
    "identifiers": "other number",
}


def certificate_page(plain: dict[str, Any]) -> str:
    """The page of a certificate."""
    result = plain["result"]
    body = [
        "<h1>Certificate of a check against sanctions lists</h1>",
        f"<p>{_code(plain['id'])}<br>made {escape(plain['made_at'])} by {escape(plain['by'] or 'unknown')}</p>",
        f'<p class="result">{escape(result["statement"])}</p>',
        _lists(plain),
        _settings(plain),
    ]
    if bulk := plain.get("bulk"):
        hits = bulk.get("hits_listed", [])
        bulk = {key: value for key, value in bulk.items() if key != "hits_listed"}
        rows = "".join(
            f"<tr><th>{escape(str(key))}</th><td>{_code(str(value))}</td></tr>" for key, value in bulk.items()
        )
        body.append(f"<h2>File checked</h2><table>{rows}</table>{_bulk_hits(hits)}")
    if plain["answers"]:
        body.append("<h2>What was asked and found</h2>" + "".join(_answer(one) for one in plain["answers"]))
    body.append(
        "<h2>How to check this record</h2><p>Its id is the first 32 hex digits of the SHA-256 of the record in "
        "canonical JSON without the id. <code>observance screen verify FILE</code> checks the seal, the hashes of the "
        "lists and, where the lists are at hand, asks the same again. A hit is a likeness of names and numbers and no "
        "finding on anybody; a check without hits holds for these versions of these lists on this day.</p>"
    )
    embedded = json.dumps(plain, ensure_ascii=False).replace("<", "\\u003c")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width,initial-scale=1"><title>Certificate {escape(plain["id"])}</title>'
        f"<style>{_STYLE}</style></head><body><main>{''.join(body)}</main>"
        f'<script type="application/json" id="certificate">{embedded}</script></body></html>\n'
    )


def _settings(plain: dict[str, Any]) -> str:
    engine = plain["engine"]
    return (
        f"<p>Threshold {plain['threshold']:.2f}; engine {escape(engine['name'])}, program {escape(engine['program'])}; "
        "its parameters are in the record inside this page.</p>"
    )


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def _lists(plain: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td>{escape(one['list_id'])}</td><td>{escape(one['date'])}</td><td>{one['entries']:,}</td>"
        f"<td>{one['names']:,}</td><td>{_code(one['sha256'])}</td></tr>"
        for one in plain["lists"]
    )
    return (
        "<h2>Lists</h2><table><thead><tr><th>list</th><th>day</th><th>entries</th><th>names</th><th>SHA-256 of the "
        f"file</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _bulk_hits(hits: list[dict[str, Any]]) -> str:
    columns = ("row", "asked_name", "asked_imo", "score", "list", "reference", "matched_name", "rule", "decision")
    head = "".join(f"<th>{escape(column.replace('_', ' '))}</th>" for column in columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(str(hit.get(column, '')))}</td>" for column in columns) + "</tr>" for hit in hits
    )
    if not rows:
        return ""
    return f"<h2>Hits</h2><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _answer(one: dict[str, Any]) -> str:
    shown = {key: ", ".join(value) if isinstance(value, list) else str(value) for key, value in one["asked"].items()}
    asked = ", ".join(f"{_LABELS.get(key, key)} <strong>{escape(value)}</strong>" for key, value in shown.items())
    parts = [f"<h3>Asked: {asked}</h3>"]
    parts += [f"<p>Not used: {escape(word)}</p>" for word in one.get("told", [])]
    parts += [_hit(hit, "Hit") for hit in one["hits"]] or ["<p>No hit.</p>"]
    parts += [_hit(hit, "Near miss") for hit in one["near_misses"]]
    return "".join(parts)


def _hit(hit: dict[str, Any], label: str) -> str:
    facts = [
        ("list", f"{hit['list_id']} of {hit['version']}, row {hit['citation']['selector']['row']}"),
        ("matched", f"{hit['matched']} ({hit['quality']})"),
        ("rule", hit["rule"]),
        ("because", "; ".join(hit.get("alignment", []))),
        ("for it", "; ".join(hit.get("speaks_for", []))),
        ("against it", "; ".join(hit.get("speaks_against", []))),
        ("listed on", hit["listed_on"]),
        ("measures set off", ", ".join(m["measure"] for m in hit["measures"] if m["way"] == "set_off")),
        ("note", hit["note"]),
    ]
    if decision := hit.get("decision"):
        word = decision["kind"].removeprefix("match_")
        since = "; the entry has changed since" if hit.get("changed") else ""
        facts.append(("decided", f"{word} by {decision['by']}, {decision['at']}: {decision.get('reason', '')}{since}"))
    listed = "".join(f"<dt>{escape(key)}</dt><dd>{escape(value)}</dd>" for key, value in facts if value)
    return (
        f'<section class="hit"><h3>{label}: {escape(hit["primary"])} ({escape(hit["reference"])}), score '
        f"{hit['score']:.2f}</h3><dl>{listed}</dl></section>"
    )
