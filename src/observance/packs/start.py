"""A new pack: the smallest that loads, with one measure, one exemption and one case to replace."""

from __future__ import annotations

import re
from pathlib import Path

from observance.errors import InputError
from observance.packs.find import vocabulary_path

__all__ = ["start_pack"]

MANIFEST = """\
# What the regime is. Fields: docs/packs.md.
id: {id}
name: {id} (give it its full name)
target: XXX   # ISO 3166 alpha-3 of the State under the measures
target_label: the target
directions: [from_target, to_target, both, none]
committee: the body that lists names and grants exemptions
files:
  measures: measures/*.yaml
  vocabulary: ../vocabulary.yaml
  exemptions: exemptions.yaml
  sources: ../sources.yaml
  cases: cases.yaml
as_of: 2026-01-01
reviewed: false
warning: No record has been compared with its text by a person.
not_encoded: []
"""
MEASURES = """\
# One file a resolution: its measures in your own words, one record a paragraph. Ids are strings: keep the quotes.
regime: {id}
resolution: 1000
document: S/RES/1000 (2000)
adopted: 2000-01-01
subject: an example to replace
measures:
- id: '1000:1'
  resolution: 1000
  paragraph: '1'
  title: No arms to the target (an example to replace)
  kind: prohibition
  direction: to_target
  duty_bearers: [all_states]
  acts: [supply, sell, transfer]
  items: [arms_all]
  hs: []
  flag_condition: null
  actor_condition: null
  trigger: null
  caps: []
  in_force_from: 2000-01-01
  in_force_to: null
  status: in_force
  superseded_by: []
  amended_by: []
  wind_down: null
  exemptions: [EX-1000-2]
  reporting: null
  responds_to: []
  notes: []
  sources:
  - {{id: memory, supports: both, seen: memory}}
  content_confidence: C
  paragraph_confidence: medium
  checked_by: null
  checked_on: null
"""
EXEMPTIONS = """\
regime: {id}
exemptions:
- id: EX-1000-2
  title: Committee approval, case by case
  kind: case_by_case
  basis: '1000:2'
  applies_to: ['1000:1']
  decided_by: committee
  conditions:
  - approved before
  when:
  - {{fact: committee_approval, is: [granted]}}
  in_force_from: 2000-01-01
  in_force_to: null
  notes: []
  sources:
  - {{id: memory, seen: memory}}
  content_confidence: C
  checked_by: null
  checked_on: null
"""
CASES = """\
# The pack is tried by its cases: what an engine that is right must say. A twin changes one fact of its base case.
regime: {id}
cases:
- id: rifles-to-the-target
  title: Rifles to the target
  observation:
    event_type: arms_transfer
    act: supply
    items: [small_arms]
    direction: to_target
    date: '2010-05-01'
    modality: asserted
    parties: {{giver: {{role: supplier, type: state, state: null}}}}
  expect: [{{measure: '1000:1', verdict: engaged}}]
  why: all arms are inside
- id: rifles-before-the-measure
  twin_of: rifles-to-the-target
  flips: {{date: '1999-05-01'}}
  expect: [{{measure: '1000:1', verdict: none}}]
  why: not yet in force
- id: rifles-offered
  twin_of: rifles-to-the-target
  flips: {{modality: offered}}
  expect: [{{measure: '1000:1', verdict: prospective}}]
  why: an offer has moved nothing
"""
SOURCES = """\
# Where each statement comes from; kind decides the grade of a record (docs/packs.md).
sources:
- id: memory
  title: remembered, not seen
  publisher: null
  kind: memory
  address: null
"""


def start_pack(folder: Path) -> tuple[Path, ...]:
    """Write a new pack; the vocabulary is copied beside it where there is none.

    Raises:
        InputError: the folder holds something already, or its name makes no id.
    """
    ident = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")
    if not ident:
        raise InputError(
            "no id can be made of the name of the folder", got=str(folder), expected="a name such as my-regime"
        )
    if folder.exists() and any(folder.iterdir()):
        raise InputError("the folder is not empty", where=str(folder), step="name a new one")
    (folder / "measures").mkdir(parents=True, exist_ok=True)
    texts = {
        folder / "regime.yaml": MANIFEST,
        folder / "measures" / "1000.yaml": MEASURES,
        folder / "exemptions.yaml": EXEMPTIONS,
        folder / "cases.yaml": CASES,
    }
    written = []
    for path, text in texts.items():
        path.write_text(text.format(id=ident), encoding="utf-8")
        written.append(path)
    around = {
        folder.parent / "vocabulary.yaml": vocabulary_path().read_text(encoding="utf-8"),
        folder.parent / "sources.yaml": SOURCES,
    }
    for path, text in around.items():
        if not path.exists():
            path.write_text(text, encoding="utf-8")
            written.append(path)
    return tuple(written)
