"""One finding: its statements by layer, what speaks for and against, rivals, gaps, review.

A denial stands beside its claim and takes nothing away; an offer or a rival figure stands beside and supports nothing.
Origins are counted, outlets never.
"""

from __future__ import annotations

from collections.abc import Iterable

from observance.model import Drift, Finding, FindingVersion, Observation, Statement
from observance.report.desk import Desk, finding_anchor
from observance.report.law import verdict_chip
from observance.report.marks import LAYERS
from observance.report.pictures import bars_figure
from observance.report.review import review_sections
from observance.report.tree import (
    Block,
    Bullets,
    Callout,
    Cell,
    Chip,
    Column,
    Day,
    Figure,
    Inline,
    Paragraph,
    Row,
    Section,
    Sentence,
    Support,
    Table,
    Text,
)
from observance.report.words import as_sentence, chain_words, quantity_words

_DRIFTED = 8
_NOTHING = ((Text(text="nothing in this view"),),)

__all__ = [
    "finding_section",
    "layer_chip",
    "lead_chips",
    "spared",
    "statement_sentence",
    "statement_supports",
    "without_parts",
]


def layer_chip(desk: Desk, layer: str) -> Chip:
    """A layer as its word."""
    return Chip(group="layer", value=layer, label=desk.words("layer", layer))


def spared(now: FindingVersion) -> bool:
    """Whether all that the finding tells is, or may be, exempt: it accuses nobody, and says so beside its layer."""
    verdicts = {verdict for _, verdict in now.measures}
    return "possibly_exempt" in verdicts and verdicts <= {"possibly_exempt", "none"}


def lead_chips(desk: Desk, now: FindingVersion) -> tuple[Chip, ...]:
    """The layer, and the mark of what may be exempt."""
    chips = (layer_chip(desk, now.layer),)
    return (*chips, verdict_chip(desk, "possibly_exempt")) if spared(now) else chips


def statement_supports(statement: Statement) -> tuple[Support, ...]:
    """What a statement rests on. A contradiction carries only a sentence that says a thing is not determined."""
    supports = [
        *Support.many("observation", statement.supports),
        *Support.many("judgement", statement.judgements),
        *Support.many("record", statement.records),
    ]
    if statement.layer == "not_determined":
        supports.extend(Support.many("observation", statement.contradicts))
    return tuple(supports)


def statement_sentence(desk: Desk, statement: Statement, *, brief: bool = False) -> Sentence:
    """A statement with its likelihood and footnotes; unless brief, what speaks against it and the paragraphs too."""
    parts: list[Inline] = [Text(text=statement.text)]
    if statement.likelihood:
        parts.append(Chip(group="grade", value="likelihood", label=desk.words("likelihood", statement.likelihood)))
    parts.extend(desk.notes(statement.supports))
    if brief:
        if not statement.supports:
            parts.extend(desk.references((*statement.records, *_measures_of(desk, statement))[:2]))
        return Sentence(parts=tuple(parts), supports=statement_supports(statement))
    if statement.contradicts:
        against = desk.notes(statement.contradicts)
        if against:
            parts.extend((Text(text="against:"), *against))
    links = desk.references((*statement.records, *_measures_of(desk, statement)))
    if links:
        parts.extend((Text(text="·"), *links))
    return Sentence(parts=tuple(parts), supports=statement_supports(statement))


def _measures_of(desk: Desk, statement: Statement) -> tuple[str, ...]:
    found = (str(desk.judgements[one].measure) for one in statement.judgements if one in desk.judgements)
    return tuple(one for one in dict.fromkeys(found) if one not in statement.records)


def finding_section(desk: Desk, finding: Finding, number: int) -> Section:
    """The page of one finding."""
    now = finding.current
    chips = (
        *lead_chips(desk, now),
        Chip(group="status", value=now.status, label=desk.words("status", now.status)),
    )
    anchor = finding_anchor(finding.id)
    title = f"Finding {number}. {now.title}"
    if now.status == "withdrawn":
        title = f"Finding {number}, withdrawn. {now.title}"
    blocks: list[Block] = _frame(desk, now)
    layers = _layers(desk, now, anchor)
    beside = _beside(desk, now, anchor)
    figure = _figures(desk, now, anchor)
    sections = [
        *layers,
        *beside,
        _for_and_against(desk, now, anchor),
        *([figure] if figure else []),
        *_confidence(desk, now, anchor),
        *_rivals(desk, now, anchor),
        *review_sections(desk, finding, anchor),
    ]
    return Section(
        anchor=anchor, title=title, chips=chips, blocks=tuple(blocks), sections=tuple(one for one in sections if one)
    )


def _all_observations(now: FindingVersion) -> tuple[Support, ...]:
    return Support.many("observation", now.observations or now.contradicting) or Support.many(
        "record", (record for one in now.statements for record in one.records)
    )


def _frame(desk: Desk, now: FindingVersion) -> list[Block]:
    """The facts of the frame: event, origins, States behind them, paragraphs with verdicts."""
    rests = _all_observations(now)
    lines: list[Sentence] = []
    for event_id in now.events:
        event = desk.events.get(event_id)
        if event is None:
            continue
        parts: list[Inline] = [Text(text="Event:", strong=True), Text(text=event.label or event.event_type)]
        if event.date and event.date.value:
            parts.extend((Text(text="·"), Day(value=event.date.value)))
        why = "; ".join(dict.fromkeys(ground.text for ground in event.grounds if ground.text))
        if why and len(event.observations) > 1:
            parts.append(Text(text=f"· one event because of {why}"))
        supports = Support.many("observation", event.observations) or rests
        lines.append(Sentence(parts=tuple(parts), supports=supports))
    reporting = [desk.origins[one].label for one in now.origins if one in desk.origins]
    if reporting:
        count = len(reporting)
        counted = f"{count} independent {'origin' if count == 1 else 'origins'} ({'; '.join(reporting)})."
        lines.append(Sentence(parts=(Text(text="Rests on:", strong=True), Text(text=counted)), supports=rests))
    if now.governments:
        states = ", ".join(desk.words.state(one) for one in now.governments)
        lines.append(
            Sentence(parts=(Text(text="States behind the origins:", strong=True), Text(text=states)), supports=rests)
        )
    if now.measures:
        links: list[Inline] = [Text(text="Paragraphs:", strong=True)]
        for measure, verdict in now.measures:
            links.extend((*desk.references((measure,)), verdict_chip(desk, verdict)))
        lines.append(Sentence(parts=tuple(links), supports=Support.many("judgement", now.judgements) or rests))
    return [Bullets(items=tuple(lines))] if lines else []


def _beside(desk: Desk, now: FindingVersion, anchor: str) -> list[Section]:
    """Denials, drift, and what is shown with the finding and supports nothing."""
    blocks: list[Block] = []
    denials = [one for one in now.contradicting if one in desk.observations]
    if denials:
        speakers = without_parts(_denier(desk.observations[one]) for one in denials)
        blocks.append(
            Callout(
                kind="denial",
                title=f"Denied or contradicted by {', '.join(speakers)}",
                sentences=tuple(
                    Sentence(parts=line, supports=Support.many("observation", denials)) for line in desk.claims(denials)
                ),
            )
        )
    blocks.extend(_drift(desk, desk.drifts[one]) for one in now.drift if one in desk.drifts)
    beside = [one for one in now.beside if one in desk.observations]
    if beside:
        blocks.append(
            Callout(
                kind="note",
                title="Shown beside, supports nothing: offers, agreements and rival figures",
                sentences=tuple(
                    Sentence(parts=line, supports=Support.many("observation", beside)) for line in desk.claims(beside)
                ),
            )
        )
    if not blocks:
        return []
    return [Section(anchor=f"{anchor}-beside", title="Beside it", blocks=tuple(blocks))]


def without_parts(names: Iterable[str]) -> list[str]:
    """Names in their order, each once; a name that is part of a fuller one is left out (`Ministry`)."""
    known = list(dict.fromkeys(names))
    return [one for one in known if not any(one != other and one in other for other in known)]


def _denier(observation: Observation) -> str:
    speaker = observation.speaker
    return speaker.name if speaker else chain_words(observation)


def _drift(desk: Desk, drift: Drift) -> Callout:
    origin = desk.origins.get(drift.origin)
    members = [one for one in (*drift.at_origin, *drift.told_as) if one in desk.observations]
    rests = Support.many("observation", members)
    sentences = [Sentence(parts=(Text(text=drift.text or drift.kind.replace("_", " ")),), supports=rests)]
    for label, ids, quantity in (
        ("At the origin:", drift.at_origin, drift.quantity_at_origin),
        ("Told as:", drift.told_as, drift.quantity_told),
    ):
        known = [one for one in ids if one in desk.observations]
        figure = f"{quantity_words(quantity)}." if quantity else ""
        for one in known[:_DRIFTED]:
            parts: tuple[Inline, ...] = (Text(text=label, strong=True), Text(text=figure), *desk.claim(one))
            sentences.append(Sentence(parts=parts, supports=Support.many("observation", (one,))))
    where = f" of {origin.label}" if origin else ""
    return Callout(kind="drift", title=f"Drift in the retelling{where}", sentences=tuple(sentences))


def _layers(desk: Desk, now: FindingVersion, anchor: str) -> list[Section]:
    """Short lists, the firmest layer first."""
    sections = []
    for layer in (*LAYERS, *sorted({one.layer for one in now.statements} - set(LAYERS))):
        told = [one for one in now.statements if one.layer == layer]
        if not told:
            continue
        items = []
        for statement in told:
            sentence = statement_sentence(desk, statement)
            if statement.condition:
                # The text of a condition is often the statement itself: it is named after, and once.
                lead = Chip(group="modality", value="conditional", label="if")
                rest: tuple[Inline, ...] = (Text(text=f"Depends on: {statement.condition}"),)
                if statement.condition.casefold().startswith("if "):
                    rest = ()
                    lead_words: tuple[Inline, ...] = (lead, Text(text=f"{statement.condition}:"))
                else:
                    lead_words = (lead,)
                sentence = Sentence(parts=(*lead_words, *sentence.parts, *rest), supports=sentence.supports)
            items.append(sentence)
        sections.append(
            Section(
                anchor=f"{anchor}-{layer}",
                title=desk.words("layer", layer).capitalize(),
                chips=(layer_chip(desk, layer),),
                blocks=(Bullets(items=tuple(items)),),
            )
        )
    return sections


def _for_and_against(desk: Desk, now: FindingVersion, anchor: str) -> Section | None:
    """Speaks for | speaks against, a row an independent origin."""
    against = set(now.contradicting)
    beside = set(now.beside)
    known = [one for one in dict.fromkeys((*now.observations, *now.contradicting)) if one in desk.observations]
    groups: dict[str, list[str]] = {}
    for one in known:
        if one in beside and one not in against:
            continue
        origin = desk.origin_of.get(one)
        groups.setdefault(origin.id if origin else "", []).append(one)
    if not groups:
        return None
    rank = {one: place for place, one in enumerate((*now.origins, *now.origins_indicator, *now.origins_secondary))}
    rows = [
        _origin_row(desk, now, origin, members, against)
        for origin, members in sorted(groups.items(), key=lambda one: (rank.get(one[0], len(rank)), one[0]))
    ]
    return Section(
        anchor=f"{anchor}-sides",
        title="What speaks for it, and what against",
        blocks=(
            Table(
                anchor=f"t-{anchor}-sides",
                caption="Claims by independent origin; relays of one origin share a row and count once",
                columns=(Column(title="Origin"), Column(title="Speaks for"), Column(title="Speaks against")),
                rows=tuple(rows),
                even=True,
            ),
        ),
    )


def _origin_row(desk: Desk, now: FindingVersion, origin_id: str, members: list[str], against: set[str]) -> Row:
    origin = desk.origins.get(origin_id)
    head: list[tuple[Inline, ...]] = [(Text(text=origin.label if origin else "Origin not determined", strong=True),)]
    if origin and origin.relays:
        head.append((Text(text=f"reached us through {', '.join(origin.relays)}"),))
    if origin_id in now.origins_indicator:
        head.append((Chip(group="mark", value="indicator", label="indicator only, not counted"),))
    if origin_id in now.origins_secondary:
        head.append((Chip(group="mark", value="secondary", label="rests on others, not counted"),))
    sides: tuple[list[str], list[str]] = ([], [])
    for one in members:
        sides[one in against].append(one)
    return Row(
        cells=(
            Cell(lines=tuple(head)),
            *(Cell(lines=desk.claims(side) or _NOTHING) for side in sides),
        ),
        supports=Support.many("observation", members),
    )


def _figures(desk: Desk, now: FindingVersion, anchor: str) -> Section | None:
    """Figures told for the event, side by side and never added, where there are at least two in one unit."""
    members = [*now.observations, *now.contradicting, *now.beside]
    for drift in (desk.drifts[one] for one in now.drift if one in desk.drifts):
        members.extend((*drift.at_origin, *drift.told_as))
    figures: tuple[Figure, ...] = bars_figure(desk, dict.fromkeys(members), anchor)
    if not figures:
        return None
    return Section(anchor=f"{anchor}-figures", title="Figures as told", blocks=figures)


def _confidence(desk: Desk, now: FindingVersion, anchor: str) -> list[Section]:
    """Confidence with its parts, and the Admiralty grade of each source with both reasons."""
    rests = _all_observations(now)
    blocks: list[Block] = []
    if now.confidence:
        lines = [
            Sentence(
                parts=(Text(text="Confidence:", strong=True), Text(text=f"{now.confidence.level}.")), supports=rests
            )
        ]
        lines.extend(
            Sentence(
                parts=(Text(text=f"{name.replace('_', ' ').capitalize()}:", strong=True), Text(text=as_sentence(says))),
                supports=rests,
            )
            for name, says in now.confidence.parts
        )
        blocks.append(Bullets(items=tuple(lines)))
    within = frozenset((*now.observations, *now.contradicting, *now.beside))
    rows = [
        Row(
            cells=(
                Cell(lines=(_subject(desk, grade.subject, within),)),
                Cell(lines=((Text(text=f"{grade.source}{grade.information}", strong=True),),)),
                Cell(
                    lines=(
                        (Text(text=as_sentence(grade.source_reason)),),
                        (Text(text=as_sentence(grade.information_reason)),),
                    )
                ),
            ),
            supports=_subject_supports(desk, grade.subject, within) or rests,
        )
        for grade in now.grades
    ]
    if rows:
        blocks.append(
            Table(
                anchor=f"t-{anchor}-grades",
                caption="Grades: letter for the source (A-F), digit for the information (1-6)",
                columns=(Column(title="Source"), Column(title="Grade"), Column(title="Reasons")),
                rows=tuple(rows),
            )
        )
    if not blocks:
        return []
    return [Section(anchor=f"{anchor}-confidence", title="Confidence and grades", blocks=tuple(blocks))]


def _subject(desk: Desk, subject: str, within: frozenset[str]) -> tuple[Inline, ...]:
    origin = desk.origins.get(subject)
    if origin:
        return (Text(text=origin.label), *desk.notes(one for one in origin.observations if one in within))
    if subject in desk.observations:
        return (Text(text=chain_words(desk.observations[subject])), *desk.notes((subject,)))
    return (Text(text=subject),)


def _subject_supports(desk: Desk, subject: str, within: frozenset[str]) -> tuple[Support, ...]:
    origin = desk.origins.get(subject)
    members: Iterable[str] = (one for one in origin.observations if one in within) if origin else (subject,)
    return Support.many("observation", (one for one in members if one in desk.observations))


def _rivals(desk: Desk, now: FindingVersion, anchor: str) -> list[Section]:
    """Rival hypotheses and which evidence is consistent with each (analysis of competing hypotheses)."""
    if not now.hypotheses:
        return []
    rests = _all_observations(now)
    rows = []
    for hypothesis in now.hypotheses:
        head: list[tuple[Inline, ...]] = [(Text(text=hypothesis.text, strong=hypothesis.lead),)]
        if hypothesis.lead:
            head.append((Chip(group="mark", value="lead", label="the one this finding tells"),))
        columns = (hypothesis.consistent, hypothesis.inconsistent, hypothesis.neutral)
        rows.append(
            Row(
                cells=(
                    Cell(lines=tuple(head)),
                    *(Cell(lines=((desk.notes(one),) if desk.notes(one) else _NOTHING)) for one in columns),
                    Cell(lines=((Text(text=hypothesis.discriminator or "not stated"),),)),
                ),
                supports=Support.many("observation", (one for side in columns for one in side)) or rests,
            )
        )
    return [
        Section(
            anchor=f"{anchor}-rivals",
            title="Rival explanations",
            blocks=(
                Paragraph(
                    sentences=(
                        Sentence(parts=(Text(text="Numbers are those of the passages cited."),), basis="structural"),
                    )
                ),
                Table(
                    anchor=f"t-{anchor}-rivals",
                    caption="Explanations against the evidence",
                    columns=(
                        Column(title="Explanation"),
                        Column(title="Consistent"),
                        Column(title="Inconsistent"),
                        Column(title="Neutral"),
                        Column(title="What would tell it apart"),
                    ),
                    rows=tuple(rows),
                ),
            ),
        )
    ]
