"""At most ten sentences that say it all, each footnoted; they repeat statements of the findings and add nothing."""

from __future__ import annotations

from observance.model import Finding, FindingVersion, Indicator, Judgement, Statement
from observance.report.desk import Desk, finding_anchor
from observance.report.finding import lead_chips, spared, statement_sentence, without_parts
from observance.report.marks import layer_rank
from observance.report.tree import Bullets, Chip, Inline, Paragraph, Ref, Section, Sentence, Support, Text

__all__ = ["SENTENCES", "summary_section"]

SENTENCES = 10
_NOTES = 5


def summary_section(desk: Desk, findings: tuple[Finding, ...]) -> Section:
    """The findings in order, then the watch list, what is exempt and what was not read, in ten sentences at most."""
    # Counted first and written last: footnotes get their numbers in reading order.
    room = SENTENCES - sum((bool(_lines_watched(desk)), bool(_judged_exempt(desk)), bool(desk.not_read)))
    stand = [one for one in findings if one.current.status != "withdrawn"]
    shown = stand if len(stand) <= room else stand[: room - 1]
    spare = room - len(shown) - (len(stand) > len(shown))
    sentences: list[Sentence] = []
    for finding in shown:
        number = 1 + findings.index(finding)
        sentences.append(_lead(desk, finding, number))
        denial = _denied(desk, finding, number) if spare > 0 else None
        if denial:
            sentences.append(denial)
            spare -= 1
    rest = stand[len(shown) :]
    if rest:
        observations = dict.fromkeys(one for finding in rest for one in finding.current.observations)
        supports = Support.many("observation", observations) or _records(rest)
        sentences.append(
            Sentence(
                parts=(
                    Text(text=f"{len(rest)} further findings stand below, from"),
                    Ref(target=finding_anchor(rest[0].id), text=rest[0].current.title),
                    Text(text="on."),
                ),
                supports=supports,
            )
        )
    sentences.extend(one for one in (_watched(desk), _exempt(desk), _unread(desk)) if one)
    if not sentences:
        words = "Nothing in this view touches a measure. See what was read in the annex, and what was not under gaps."
        empty = Sentence(parts=(Text(text=words),), basis="structural")
        return Section(anchor="summary", title="Summary", blocks=(Paragraph(sentences=(empty,)),))
    return Section(anchor="summary", title="Summary", blocks=(Bullets(items=tuple(sentences), ordered=True),))


def _records(findings: list[Finding]) -> tuple[Support, ...]:
    return Support.many("record", (one for f in findings for s in f.current.statements for one in s.records))


def leading(now: FindingVersion) -> Statement:
    """The statement that carries the finding: the first of its own layer, else the firmest."""
    own = [one for one in now.statements if one.layer == now.layer]
    return own[0] if own else min(now.statements, key=lambda one: layer_rank(one.layer))


def _lead(desk: Desk, finding: Finding, number: int) -> Sentence:
    now = finding.current
    if not now.statements:
        return Sentence(parts=(Text(text=now.title),))
    told = statement_sentence(desk, leading(now), brief=True)
    parts: list[Inline] = [*lead_chips(desk, now)]
    link = Ref(target=finding_anchor(finding.id), text=f"finding {number}")
    # The title says what the finding is about; one claim of several would say less than that.
    rests = [one for one in now.observations if one in desk.observations]
    parts.append(Text(text=now.title.rstrip(".") + _counted(now)))
    parts.extend(desk.notes(rests[:_NOTES]) or told.parts[1:])
    return Sentence(parts=(*parts, link), supports=Support.many("observation", rests) or told.supports)


def _counted(now: FindingVersion) -> str:
    if now.layer == "concluded":
        return "."
    count = len(now.origins)
    return f", by {count} independent {'origin' if count == 1 else 'origins'}." if count else "."


def _denied(desk: Desk, finding: Finding, number: int) -> Sentence | None:
    known = [one for one in finding.current.contradicting if one in desk.observations]
    if not known:
        return None
    names = without_parts(
        speaker.name if speaker else "a document" for speaker in (desk.observations[one].speaker for one in known)
    )
    return Sentence(
        parts=(
            Chip(group="modality", value="denied", label="denied"),
            Text(text=f"Finding {number} is denied or contradicted by {', '.join(names)}."),
            *desk.notes(known[:_NOTES]),
        ),
        supports=Support.many("observation", known),
    )


def _lines_watched(desk: Desk) -> list[Indicator]:
    return [one for one in desk.given.watch if any(member in desk.observations for member in one.observations)]


def _judged_exempt(desk: Desk) -> list[Judgement]:
    """What is or may be exempt and is not told by a finding of its own."""
    told = {
        one
        for finding in desk.given.findings
        if spared(finding.current)
        for one in (*finding.current.observations, *finding.current.events)
    }
    return [
        one
        for one in desk.given.judgements
        if (one.exemption or one.verdict == "possibly_exempt") and one.subject not in told
    ]


def _watched(desk: Desk) -> Sentence | None:
    lines = _lines_watched(desk)
    if not lines:
        return None
    known = dict.fromkeys(member for line in lines for member in line.observations if member in desk.observations)
    first = [next(one for one in line.observations if one in desk.observations) for line in lines[:4]]
    titles = "; ".join(line.title for line in lines[:4]) + ("; and others" if len(lines) > 4 else "")
    return Sentence(
        parts=(
            Chip(group="mark", value="watch", label="not done"),
            Text(text=f"Watched, because offered, agreed, feared or unclear and not an act: {titles}."),
            *desk.notes(first),
            Ref(target="watch", text="watch list"),
        ),
        supports=Support.many("observation", known),
    )


def _exempt(desk: Desk) -> Sentence | None:
    found = _judged_exempt(desk)
    if not found:
        return None
    subjects = dict.fromkeys(one.subject for one in found)
    count = len(subjects)
    words = "One case is" if count == 1 else f"{count} cases are"
    return Sentence(
        parts=(
            Chip(group="verdict", value="possibly_exempt", label="exempt or possibly exempt"),
            Text(text=f"{words} permitted, or permitted if a paper is shown, and no finding."),
            *desk.notes(list(subjects)[:_NOTES]),
            Ref(target="exempt", text="exempt"),
        ),
        supports=Support.many("judgement", (one.id for one in found)),
    )


def _unread(desk: Desk) -> Sentence | None:
    known = desk.not_read
    if not known:
        return None
    count = len(known)
    words = "One document was" if count == 1 else f"{count} documents were"
    supports = Support.many("evidence", (one.evidence for one in known))
    return Sentence(
        parts=(
            Text(text=f"{words} kept and not read."),
            Ref(target="gaps", text="gaps"),
            *map(desk.note, supports[:3]),
        ),
        supports=supports,
    )
