"""The page before its sentences: paragraphs, boilerplate, headline, dateline, turns of a transcript.

Plain text comes without roles, so they are told from the lines themselves. Boilerplate stays in the text (and
citable) but nothing is read from it. A dateline ("SEOUL, July 24 (Agency) --") is taken off before parsing; place,
day and agency are kept. A turn ("MR. KIRBY:", "Q") names who speaks until the next one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from observance.observations.claims.record import Page, Span

_BOILERPLATE = re.compile(
    r"""^\W{0,3}(?:
      unlock\b | subscribe\b | sign\ (?:up|in)\b | log\ in\b | register\ (?:now|for|here|to)\b | newsletter\b
    | (?:read|see|view|continue|click|tap)\ (?:the\ )?(?:full|more|here|also|original|reading|next|related)\b
    | (?:share|follow|print|e-?mail|save|bookmark)\ (?:this|us|article|on|via|page)\b
    | advertisement\b | sponsored\b | related\ (?:articles?|stories|content|topics|coverage)\b | recommended\b
    | most\ read\b | trending\b
    | (?:\(c\)|©|copyright)\s | all\ rights\ reserved | cookies?\b | terms\ (?:of|and)\b | privacy\ policy
    | (?:photo|image|picture|video|graphic)\s?(?:credit|:|by\b|courtesy)
    | (?:this\ )?(?:article|story)\ (?:was\ )?(?:originally|first)\ (?:appeared|published)
    | get\ (?:the|our|more)\b.{0,60}(?:newsletter|inbox|app|alerts?)\b
    | (?:reporting|additional\ reporting|writing|editing)\ by\b | by\ clicking\b | to\ comment\b
    | skip\ to\b | back\ to\ top\b
    | download\ (?:the|our)\ app | our\ standards: | ends?\b\.?$ | more\ on\ this\ (?:story|topic) | listen\ to\ this
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_BOILERPLATE_IN = re.compile(
    r"(?:\b(?:weekly|daily|free|our|this|morning|editor'?’?s) newsletter\b|editor[’']s digest|for free\W*$|"
    r"your inbox|support our journalism|"
    r"become a (?:member|subscriber)|with a subscription|selects? (?:her|his|their) favourite)",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATELINE = re.compile(
    rf"""^\s{{0,3}}(?P<place>[A-Z][A-Z.'/ -]{{2,30}}(?:,\ [A-Z][A-Za-z. ]{{2,20}})?)
    (?:,?\s(?P<day>{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?)?
    ,?\s{{0,2}}(?:\((?P<agency>[^()]{{1,40}})\))?\s{{0,2}}(?:--|\u2013|\u2014|\.-|\s-)\s{{0,2}}(?=\S)""",
    re.VERBOSE,
)
_TURN = re.compile(
    r"""^\s{0,3}(?:(?P<q>Q(?:UESTION)?)(?::\s{0,2}|\s{1,3})(?=[A-Z"\u201c\u2014(])
    |(?P<who>(?:[A-Z][A-Z.'\u2019-]{1,20}\ ?){1,5}(?:,\ [A-Z][A-Z\ .-]{2,30})?(?:\ ?\([^()]{1,30}\))?):\s{0,2}
    |(?P<title>(?:Mr|Ms|Mrs|Dr|Sen|Rep|Secretary|Minister|Ambassador|President|Host
      |Anchor|Reporter|Spokesperson|Spokesman)\.?(?:\ [A-Z][\w'\u2019-]{1,20}){0,3}):\s{0,2})""",
    re.VERBOSE,
)
_NOT_A_TURN = re.compile(
    r"^(?:FACT|SUMMARY|BACKGROUND|INTRODUCTION|STATEMENT|REMARKS|HIGHLIGHTS|CONTACT|DATE|TO|FROM|SUBJECT|RE|VIA|MEMORANDUM|PRESS|JOINT|READOUT|NOTE|UPDATE|WATCH|PHOTO|SEE|CORRECTION|SOURCE|BREAKING|ANNEX|TABLE|FIGURE)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Place, day and agency before the first sentence."""

    place: str
    day: str | None
    agency: str | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A paragraph to be read: `start` to `end` of the text, with what was taken off it."""

    start: int
    end: int
    role: str
    dateline: Dateline | None = None
    turn: str | None = None
    turn_span: Span | None = None


def parts(page: Page) -> list[Part]:
    """The paragraphs of the page in order, boilerplate among them with its role."""
    raw = [(b.start, b.end, b.role) for b in page.blocks] or [(s, e, "") for s, e in _paragraphs(page.text)]
    out: list[Part] = []
    turn: str | None = page.opening_speaker or None
    turn_span: Span | None = None
    for n, (block_start, end, given) in enumerate(raw):
        start = block_start
        line = page.text[start:end]
        if not line.strip():
            continue
        role = given if given and given != "body" else _role(line, first=n == 0, more=len(raw) > 1)
        dateline: Dateline | None = None
        if role in {"body", "headline"}:
            label = _TURN.match(line)
            if label and not _NOT_A_TURN.match(line) and not _DATELINE.match(line):
                turn = "Q" if label["q"] else (label["who"] or label["title"]).strip()
                turn_span = (start, start + len(label.group(0).rstrip(": ")))
                start += label.end()
                role = "body"
            elif found := _DATELINE.match(line):
                dateline = Dateline(
                    place=found["place"].strip(" ,"),
                    day=found["day"],
                    agency=found["agency"],
                    span=(start, start + found.end()),
                )
                start += found.end()
                role = "body"
        out.append(Part(start=start, end=end, role=role, dateline=dateline, turn=turn, turn_span=turn_span))
    return out


def _role(line: str, *, first: bool, more: bool) -> str:
    bare = line.strip()
    if len(bare) < 220 and (_BOILERPLATE.match(bare) or _BOILERPLATE_IN.search(bare)):
        return "boilerplate"
    if first and more and len(bare) < 160 and bare[-1] not in '.!?:"\u201d':
        return "headline"
    return "body"


def _paragraphs(text: str) -> list[Span]:
    """Lines, or blocks between empty lines where lines were wrapped by hand."""
    lines = [m.span() for m in re.finditer(r"[^\n]+", text)]
    filled = [(s, e) for s, e in lines if text[s:e].strip()]
    if "\n\n" in text or "\n \n" in text:
        blocks = [m.span() for m in re.finditer(r"[^\n]+(?:\n(?![ \t\r]*\n)[^\n]+)*", text)]
        inner = [
            text[s:e].rstrip()
            for bs, be in blocks
            for s, e in ((bs + m.start(), bs + m.end()) for m in re.finditer(r"[^\n]+(?=\n)", text[bs:be]))
        ]
        wrapped = [line for line in inner if line and line[-1] not in '.!?:"\u201d']
        if inner and len(wrapped) > len(inner) / 2 and max(map(len, inner)) < 130:
            return [(s, e) for s, e in blocks if text[s:e].strip()]
    return filled
