"""What kind of block a line or paragraph is, told from its words: datelines, by-lines, boilerplate, time stamps.

The rules are those of news writing (the dateline of agency style: place in capitals, day, agency in brackets, a dash)
and of web pages (imperatives to the reader: sign up, read more, accept cookies). A line is boilerplate only where it
is short and speaks to the reader of the page; a sentence about someone who signs up to a treaty is not.
"""

from __future__ import annotations

import re

from observance.evidence.readers.document import Block, BlockKind, Part

__all__ = ["classify", "find_dateline", "is_boilerplate", "is_byline"]

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_DATE = rf"{_DAY}(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{1,2}} {_MONTH}(?:,? \d{{4}})?)"
_CAPITALS = r"[A-Z][A-Z.'’\-]+(?:[ /\-][A-Z][A-Z.'’\-]*){0,4}"
_TITLED = r"[A-Z][\w.'’\-]+(?:[ /][A-Z][\w.'’\-]+){0,3}"
_REGION = r"(?:, [A-Z][A-Za-z.'’\-]+(?: [A-Z][A-Za-z.'’\-]+){0,2})?"
_AGENCY = r"(?:\((?P<agency>[^()\n]{2,40})\)|/(?P<slashed>[A-Z][A-Za-z ]{1,20})/)"
_DASH = r"(?:\s*(?:--+|—|–|―|\.\s?[-—–])\s*|\s+-\s+)"
_DATELINES = (
    # SEOUL, July 24 (Agency) --   SEOUL (Agency) -   WASHINGTON —   SEOUL, (NAME-AGENCY).-
    re.compile(rf"(?P<place>{_CAPITALS}{_REGION})(?:,? (?P<date>{_DATE}),?)?(?:,? ?{_AGENCY})?(?:{_DASH})(?=\S)"),
    # MOSCOW, March 5. /TASS/. Text    SEOUL, July 24 (Agency): Text
    re.compile(rf"(?P<place>{_CAPITALS}{_REGION}),? (?P<date>{_DATE})[.,]? ?{_AGENCY}[.:]?\s+(?=\S)"),
    # Seoul, July 24 (Agency) --   Seoul, 24 July 2024 –
    re.compile(rf"(?P<place>{_TITLED}),? (?P<date>{_DATE})(?:,? ?{_AGENCY})?(?:{_DASH})(?=\S)"),
    # Seoul (Agency) --
    re.compile(rf"(?P<place>{_TITLED}) \((?P<agency>[A-Z][^()\n]{{1,30}})\)(?:{_DASH})(?=\S)"),
    # (Seoul=Agency) Text     [Seoul, 24 July 2024] Text
    re.compile(rf"[(\[](?P<place>{_TITLED}|{_CAPITALS}) ?= ?(?P<agency>[A-Z][\w ]{{1,30}})[)\]]\s+(?=\S)"),
    re.compile(rf"\[(?P<place>{_TITLED}|{_CAPITALS}), (?P<date>{_DATE})\]\s+(?=\S)"),
)

_NAME = r"(?:[A-Z][\w’'.\-]*|de|van|von|der|al|bin|el)"
_BYLINE = re.compile(
    rf"(?:By|BY|Written by|Reported by|Reporting by) (?P<author>{_NAME}(?:,? (?:and )?{_NAME}){{0,14}})"
)
_BYLINE_IN = re.compile(rf"(?P<author>{_NAME}(?: {_NAME}){{1,3}}) in {_NAME}(?: {_NAME}){{0,2}}")
_CREDIT = re.compile(r"\(?(?:Additional )?(?:Reporting|Editing|Writing|Compiled) by [A-Z]")
_STAMP = re.compile(
    rf"(?:(?:Published|Updated|Posted|Last (?:updated|modified)|First published|Issued)\b.{{0,80}}|"
    rf"{_DATE}(?:,? (?:at )?\d{{1,2}}[:.]\d{{2}}.{{0,20}})?|\d{{4}}-\d{{2}}-\d{{2}}(?:[T ]\d{{2}}:\d{{2}}.{{0,16}})?|"
    r"\d+ (?:minutes?|hours?|days?) ago|\d+ min(?:ute)?s? read)\W*",
    re.IGNORECASE,
)

# (pattern at the start of the block, longest block it holds for)
_OPENERS = tuple(
    (re.compile(pattern, re.IGNORECASE), longest)
    for pattern, longest in (
        (
            r"(?:please )?(?:sign (?:up|in)|subscribe|register|log ?in)\b(?= (?:to|for|now|here|with|and|in)\b|\W*$)",
            220,
        ),
        (r"unlock (?:the|your|this|all|full|unlimited)\b", 160),
        (r"(?:read|see|view) (?:more|also|next|the (?:full|original|rest)|full|original|our)\b", 200),
        (r"continue reading\b", 120),
        (r"click (?:here|to|on|the)\b|tap (?:here|to)\b", 200),
        (r"(?:follow|like|join|find) (?:us|our|@)", 200),
        (r"share (?:this|on|via|article)\b.{0,60}$", 70),
        (r"(?:get|receive|have) .{0,40}\b(?:inbox|newsletter|alerts?|e-?mails?|app)\b", 220),
        (r"(?:download|get|try) (?:the|our) .{0,30}app\b", 160),
        (r"(?:advertisement|sponsored|promoted|paid content)\b.{0,40}$", 60),
        (r"skip (?:to|past)\b", 80),
        (r"(?:accept|manage|reject) (?:all )?(?:cookies|preferences|settings)\b", 160),
        (r"(?:we|this (?:site|website|page)) uses? cookies\b", 400),
        (r"(?:most (?:read|popular|viewed)|trending|recommended|related|more stories|up next)\b[^.]{0,50}$", 80),
        (r"(?:more (?:on|from|in) this|latest (?:news|stories)|editor['’]?s['’]? picks?)\b[^.]{0,50}$", 80),
        (r"you (?:may|might) (?:also )?like\b[^.]{0,50}$", 80),
        (r"(?:copyright\b|©|\(c\) ?\d{4})", 240),
        (r"(?:support|donate to) (?:our|us|independent|quality)\b", 240),
        (r"(?:enable|turn on|please enable) (?:javascript|notifications)\b", 160),
        (r"(?:already|not yet|are you) (?:a )?(?:subscriber|subscribed|member|registered)\b", 160),
        (
            r"(?:listen to|watch|play|print|save|bookmark|email|comment on) th(?:is|e) (?:article|story|page|video)\b",
            120,
        ),
        (r"(?:home|menu|search|close|share|comments?|print|copy link|back to top|next|previous)\W*$", 24),
        (r"(?:facebook|twitter|x|linkedin|whatsapp|telegram)\W*$", 24),
        (
            r"this (?:article|story|content) (?:was|is|has been) (?:originally |first )?(?:published|provided)\b",
            240,
        ),
        (r"this (?:e-?mail|message)\b.{0,80}\b(?:confidential|intended (?:only|solely))\b", 400),
        (r"our standards:", 160),
    )
)
_ANYWHERE = tuple(
    (re.compile(pattern, re.IGNORECASE), longest)
    for pattern, longest in (
        (r"\ball rights reserved\b", 400),
        (
            r"\b(?:terms (?:of|and) (?:use|service|conditions)|privacy (?:policy|notice)|cookie (?:policy|settings))\b",
            160,
        ),
        (r"\b(?:weekly|daily|free|morning|evening|our) (?:e-?mail )?newsletter\b", 220),
        (r"\bnewsletter\b.{0,80}\b(?:sign up|subscribe|inbox|your)\b", 260),
        (r"\b(?:sign up|subscribe|inbox|your)\b.{0,80}\bnewsletter\b", 260),
        (r"\b(?:your|you) (?:consent|agree|accept)\b.{0,80}\bcookies?\b", 400),
        (r"\bcookies?\b.{0,80}\byour (?:consent|browser|device|experience)\b", 400),
        (r"\bstraight to your inbox\b|\bin your inbox\b", 240),
        (r"\bclick here\b", 160),
        (r"\bto (?:continue|keep) reading\b|\bto read the (?:full|rest)\b|\bfree trial\b|\bcancel any ?time\b", 200),
    )
)


def is_boilerplate(text: str) -> bool:
    """True for a short block that speaks to the reader of the page and not of the world."""
    line = text.strip()
    if not line:
        return True
    if len(line) > 400:
        return False
    if any(len(line) <= longest and pattern.match(line) for pattern, longest in _OPENERS):
        return True
    if any(len(line) <= longest and pattern.search(line) for pattern, longest in _ANYWHERE):
        return True
    return bool(_CREDIT.match(line)) and len(line) < 200


def is_byline(text: str) -> re.Match[str] | None:
    """The match of a by-line with its `author`, or None. A by-line is short and ends without a full stop."""
    line = text.strip()
    if len(line) > 160 or line.endswith((".", "!", "?", ":")):
        return None
    found = _BYLINE.match(line)
    if found:
        return found
    return (
        _BYLINE_IN.match(line) if len(line) < 120 and not re.search(r"\b(?:is|was|are|has|have|said)\b", line) else None
    )


def is_stamp(text: str) -> bool:
    """True for a line that is only a date, a time or "Published ..."."""
    line = text.strip()
    return len(line) <= 120 and bool(_STAMP.fullmatch(line))


def find_dateline(text: str) -> tuple[int, tuple[Part, ...]] | None:
    """Where the dateline at the start of a paragraph ends, and its place, date and agency; None without one.

    Offsets count from the start of `text`. The end is that of the first word after the dash.
    """
    head = text[:160]
    for pattern in _DATELINES:
        found = pattern.match(head)
        if not found or not _likely(found):
            continue
        parts = tuple(
            Part(kind=kind, start=found.start(group), end=found.end(group), text=found[group])
            for group, kind in (("place", "place"), ("date", "date"), ("agency", "agency"), ("slashed", "agency"))
            if group in pattern.groupindex and found[group]
        )
        return found.end(), parts
    return None


def _likely(found: re.Match[str]) -> bool:
    """Capitals and a dash alone may be an acronym ("NATO - which ...") or a speaker; ask for a place of some length."""
    groups = found.groupdict()
    if groups.get("date") or groups.get("agency") or groups.get("slashed"):
        return True
    place = groups.get("place") or ""
    return len(re.sub(r"[^A-Z]", "", place.split(",")[0])) >= 4 and not re.match(
        r"(?:THE|NATO|ASEAN|OPEC|BREAKING)\b", place
    )


def classify(text: str, start: int, end: int, *, kind: BlockKind = "paragraph", page: int | None = None) -> list[Block]:
    """Blocks of the characters `[start, end)`: the kind given, unless the words say better.

    A dateline becomes a block of its own before its paragraph. Blanks at the edges belong to no block.
    """
    body = text[start:end]
    inner = body.strip()
    if not inner:
        return []
    start += len(body) - len(body.lstrip())
    end = start + len(inner)
    if kind in {"paragraph", "list_item", "heading", "caption"}:
        if is_boilerplate(inner):
            return [Block(start=start, end=end, kind="boilerplate", page=page)]
        byline = is_byline(inner) if kind == "paragraph" else None
        if byline:
            at = start + byline.start("author")
            part = Part(kind="author", start=at, end=at + len(byline["author"]), text=byline["author"])
            return [Block(start=start, end=end, kind="byline", parts=(part,), page=page)]
        if kind == "paragraph" and is_stamp(inner):
            return [Block(start=start, end=end, kind="metadata", page=page)]
    if kind == "paragraph":
        dateline = find_dateline(inner)
        if dateline:
            length, parts = dateline
            moved = tuple(
                Part(kind=part.kind, start=part.start + start, end=part.end + start, text=part.text) for part in parts
            )
            cut = start + length
            head_end = start + len(text[start:cut].rstrip())
            return [
                Block(start=start, end=head_end, kind="dateline", parts=moved, page=page),
                Block(start=cut, end=end, kind="paragraph", page=page),
            ]
    return [Block(start=start, end=end, kind=kind, page=page)]
