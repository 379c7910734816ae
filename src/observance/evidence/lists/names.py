"""Names as lists write them: several in one cell, quoted or bracketed acronyms, other scripts in brackets.

Rules come from the layout of the published lists and no rule drops a name: what cannot be taken apart stays whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace

from observance.evidence.lists.records import ListedName

__all__ = ["clean", "script_of", "spread"]

# Blocks of the scripts that lists use; everything else is looked up by the character's Unicode name.
_BLOCKS = (
    (0x0041, 0x024F, "Latn"),
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0530, 0x058F, "Armn"),
    (0x0590, 0x05FF, "Hebr"),
    (0x0600, 0x077F, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x1000, 0x109F, "Mymr"),
    (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, "Hang"),
    (0x1E00, 0x1EFF, "Latn"),
    (0x3040, 0x30FF, "Kana"),
    (0x3130, 0x318F, "Hang"),
    (0x3400, 0x9FFF, "Hani"),
    (0xAC00, 0xD7AF, "Hang"),
    (0xF900, 0xFAFF, "Hani"),
    (0xFB50, 0xFDFF, "Arab"),
    (0xFE70, 0xFEFF, "Arab"),
    (0xFF21, 0xFF5A, "Latn"),
    (0x20000, 0x2FA1F, "Hani"),
)
_QUOTES = "\"'“”‘’«»„‟`"
_BLANKS = re.compile(r"\s+")
_TRAILING = re.compile(r"^(?P<before>[^()]+?)\s*\((?P<inside>.+)\)\s*[.,]?\s*$", re.DOTALL)
_REFERENCE = re.compile(r"[A-Z]{2}[ie]\.\s?\d{3}", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:original script|also known as|formerly|a\.?k\.?a\.?|f\.?k\.?a\.?|aka|fka)\s*[:.]?\s+", re.IGNORECASE
)
_LABEL_AFTER = re.compile(
    r"\s*(?:\((?:original script|birth name|combat name|previously listed as)\)|- sub-unit name)\s*$", re.IGNORECASE
)
_LETTERED = re.compile(r"(?:^|\s)[b-h]\)\s+")


def clean(text: str | None) -> str:
    """Blanks folded to one, ends stripped, NFC; empty for None."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip() if text else ""


def script_of(text: str) -> str:
    """ISO 15924 code of the script that most letters are in; `Zyyy` where there is no letter."""
    if text.isascii():
        return "Latn" if any(letter.isalpha() for letter in text) else "Zyyy"
    seen: Counter[str] = Counter()
    for letter in text:
        if not letter.isalpha():
            continue
        point = ord(letter)
        seen[next((code for low, high, code in _BLOCKS if low <= point <= high), "Zzzz")] += 1
    return seen.most_common(1)[0][0] if seen else "Zyyy"


def spread(name: ListedName, *, acronyms: bool = True) -> tuple[ListedName, ...]:
    """The names that one cell holds, the written one first where it is a name itself.

    `A; B; C` are three names. `FULL NAME (ACR)` stays and gives `FULL NAME` and the acronym. `Name (原文)` and
    `原文 (Name; Name)` give the name in each script. `NAME (KPe.018)` points to another entry. `"KOMID"` is an
    acronym (not with `acronyms=False`, for persons: a quoted word is a nickname). Brackets that say something else (a
    country, a branch) stay part of the name.
    """
    written = name.exact
    value = clean(written).strip(";, ")
    out: list[ListedName] = []
    for part in _parts(value):
        out.extend(_one(replace(name, value=part, written=written), acronyms))
    unique: dict[str, ListedName] = {}
    for found in out:
        unique.setdefault(found.value, found)
    return tuple(
        replace(found, script=script_of(found.value), written="" if found.value == written else written)
        for found in unique.values()
    )


def _parts(value: str) -> list[str]:
    """Split at `;` outside brackets, and at lettered points (`a) ... b) ...`)."""
    parts: list[str] = []
    depth, start = 0, 0
    for at, letter in enumerate(value):
        if letter in "(（":
            depth += 1
        elif letter in ")）":
            depth = max(0, depth - 1)
        elif letter in ";；" and not depth:
            parts.append(value[start:at])
            start = at + 1
    parts.append(value[start:])
    split = [piece for part in parts for piece in _LETTERED.split(part)]
    return [stripped for part in split if (stripped := part.strip(" ,;"))] or ([value] if value else [])


def _one(name: ListedName, acronyms: bool) -> list[ListedName]:
    value = _LABEL_AFTER.sub("", name.value)
    quoted = value.strip(_QUOTES + " ")
    if len(value) > 2 and value[0] in _QUOTES and value[-1] in _QUOTES and not set(quoted) & set('"“”«»'):
        return [replace(name, value=quoted, kind="acronym" if acronyms and _is_acronym(quoted) else name.kind)]
    found = _TRAILING.match(value)
    if not found:
        return [replace(name, value=value)]
    before, inside = found["before"].strip(), found["inside"].strip()
    if _REFERENCE.fullmatch(inside):
        target = inside[:2].upper() + inside[2:].lower().replace(" ", "")
        return [replace(name, value=before, kind="cross_reference", refers_to=target)]
    labelled = _LABEL.sub("", inside)
    if labelled != inside or script_of(before) != script_of(inside) != "Zyyy":
        other = [replace(name, value=part) for part in _parts(labelled)]
        return [replace(name, value=before), *(deeper for part in other for deeper in _one(part, acronyms))]
    if acronyms and _is_acronym(inside) and _stands_for(inside, before):
        quality = "good" if sum(letter.isalpha() for letter in inside) > 3 else "low"
        return [
            replace(name, value=value),
            replace(name, value=before),
            replace(name, value=inside, kind="acronym", quality=quality),
        ]
    return [replace(name, value=value)]


def _is_acronym(text: str) -> bool:
    """Capitals without blanks, two to nine letters, as in `KOMID` or `LRM/A`."""
    letters = [letter for letter in text if letter.isalpha()]
    return (
        2 <= len(letters) <= 9
        and " " not in text
        and script_of(text) == "Latn"
        and sum(letter.isupper() for letter in letters) * 3 >= len(letters) * 2
    )


def _stands_for(acronym: str, name: str) -> bool:
    """Whether the letters follow each other in the name, from the start of a word on: `(PAKISTAN)` is no acronym."""
    letters = [letter for letter in acronym.casefold() if letter.isalpha()]
    folded = "".join(
        letter for letter in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(letter)
    )
    starts = [at for at, letter in enumerate(folded) if letter == letters[0] and not folded[at - 1 : at].isalpha()]
    for start in starts:
        at = start
        for letter in letters[1:]:
            at = folded.find(letter, at + 1)
            if at < 0:
                break
        else:
            return True
    return False
