"""Annotation: the reader's claims as a draft of gold, corrected by a person, checked against the text.

The draft has the scheme of the reading gold: a text file and a file of claims with spans, each span with its words.
A person corrects it in any editor, or claim by claim in the terminal; `check` then says what does not fit the text.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observance.errors import FormatError
from observance.model.canonical import sha256_bytes
from observance.store.files import write_whole

if TYPE_CHECKING:
    from observance.workspace.reading import Reading

__all__ = ["check_gold", "draft", "step_through", "write_gold"]

_SPANNED = ("participants", "items", "chain", "quantities", "dates")


def draft(reading: Reading) -> dict[str, Any]:
    """The claims of a reading as a draft of gold: every span with the words that stand there."""
    text = reading.document.text
    meta = reading.document.meta
    document = {
        "id": reading.name,
        "publisher": meta.publisher,
        "published": meta.published,
        "title": meta.title,
        "kind": meta.kind,
        **({"opening_speaker": meta.opening_speaker} if meta.opening_speaker else {}),
        "sha256": sha256_bytes(text.encode()),
        "characters": len(text),
        "text_file": f"{reading.name}.txt",
    }
    claims = []
    for number, claim in enumerate(reading.predictions["claims"], start=1):
        one = {**claim, "id": f"{reading.name}.c{number:02d}", "optional": False}
        one["trigger"] = _worded(dict(claim.get("trigger") or {}), text)
        for key in _SPANNED:
            one[key] = [_worded(dict(part), text) for part in claim.get(key, ())]
        claims.append(one)
    return {"document": document, "claims": claims}


def _worded(part: dict[str, Any], text: str) -> dict[str, Any]:
    span = part.get("span")
    return {**part, "text": text[span[0] : span[1]] if span else None}


def write_gold(gold: dict[str, Any], text: str, folder: Path) -> tuple[Path, Path]:
    """Write text and claims; an existing file of claims is never overwritten.

    Raises:
        FormatError: there is a file of claims already.
    """
    stem = gold["document"]["id"]
    claims = folder / f"{stem}.claims.json"
    if claims.exists():
        raise FormatError("claims are there already", where=str(claims), step="move it away, or check it with --check")
    write_whole(folder / f"{stem}.txt", text.encode())
    write_whole(claims, json.dumps(gold, ensure_ascii=False, indent=1).encode() + b"\n")
    return folder / f"{stem}.txt", claims


def check_gold(path: Path) -> list[str]:
    """What of a file of claims does not fit its text or the scheme, one sentence each.

    Raises:
        FormatError: no JSON, or the text is not there.
    """
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_name(gold["document"]["text_file"]).read_text(encoding="utf-8")
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise FormatError(
            f"no file of claims with its text beside it: {fault}", where=str(path), step="see docs/reading.md"
        ) from None
    faults = []
    if gold["document"].get("sha256") != sha256_bytes(text.encode()):
        faults.append("the text has changed since it was annotated")
    terms = _terms()
    for claim in gold.get("claims", ()):
        name = claim.get("id", "a claim without id")
        faults += [f"{name}: {fault}" for fault in _claim_faults(claim, text, terms)]
    return faults


def _terms() -> dict[str, list[str]]:
    from observance.observations.claims.gold import mapping

    table = mapping()
    found: dict[str, list[str]] = {}
    for field, section in (("event", "event_types"), ("modality", "modality")):
        values = {value for row in table[section].values() for value in row.get("to") or ()}
        found[field] = sorted(values)
    return found


def _claim_faults(claim: dict[str, Any], text: str, terms: dict[str, list[str]]) -> Iterator[str]:
    for field, known in terms.items():
        value = claim.get(field)
        if value not in known:
            near = difflib.get_close_matches(str(value), known, n=1)
            yield f"unknown {field} {value!r}" + (f"; did you mean {near[0]!r}?" if near else "")
    parts = [("trigger", claim.get("trigger") or {})]
    parts += [(key, part) for key in _SPANNED for part in claim.get(key, ())]
    for key, part in parts:
        span = part.get("span")
        if span is None:
            continue
        if not (isinstance(span, list) and len(span) == 2 and 0 <= span[0] < span[1] <= len(text)):
            yield f"{key}: no such span {span!r}"
        elif part.get("text") not in (None, text[span[0] : span[1]]):
            yield f"{key}: at {span} stands {text[span[0] : span[1]]!r}, not {part['text']!r}"
    evidence = claim.get("evidence")
    if not (isinstance(evidence, list) and len(evidence) == 2 and 0 <= evidence[0] < evidence[1] <= len(text)):
        yield f"evidence: no such span {evidence!r}"


def step_through(
    gold: dict[str, Any], text: str, *, ask: Callable[[str], str], say: Callable[[str], None]
) -> dict[str, Any]:
    """Go through the claims: keep, drop, change event or modality, mark optional, add a note.

    Args:
        gold: the draft.
        text: the text.
        ask: shows a question and gives back the answer.
        say: shows a line.
    """
    kept = []
    claims = list(gold["claims"])
    for number, claim in enumerate(claims, start=1):
        start, end = claim["evidence"]
        say(f"\n{number} of {len(claims)}: {claim['modality']} {claim['event']}: “{' '.join(text[start:end].split())}”")
        parties = ", ".join(f"{party['role']} {party['name']}" for party in claim["participants"])
        sources = ", ".join(link["name"] for link in claim["chain"])
        say(f"  {parties or 'nobody named'}; says: {sources or 'the document'}")
        one = dict(claim)
        while True:
            answer = ask("[k]eep [d]rop [e]vent [m]odality [o]ptional [n]ote [q]uit: ").strip().casefold()
            if answer in {"k", ""}:
                kept.append(one)
                break
            if answer == "d":
                break
            if answer == "q":
                kept += [one, *claims[number:]]
                return {**gold, "claims": kept}
            if answer == "o":
                one["optional"] = not one.get("optional")
                say(f"  optional: {one['optional']}")
            elif answer in {"e", "m", "n"}:
                field = {"e": "event", "m": "modality", "n": "note"}[answer]
                value = ask(f"  {field}: ").strip()
                known = _terms().get(field)
                if known is not None and value not in known:
                    say(f"  one of {', '.join(known)}")
                    continue
                one[field] = value
    return {**gold, "claims": kept}
