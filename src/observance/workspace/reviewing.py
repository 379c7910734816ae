"""Review of findings: who did what when, kept as decisions; the finding takes them up as new versions.

Right of reply (S/2006/997, para. 28): the party named gets the statement, the passages and the paragraphs, and a day
by which it may answer; the answer or the silence, and the assessment of it, stay with the finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, get_args

from observance.errors import UsageError
from observance.model.citation import Citation, TextSpan
from observance.model.decision import Decision
from observance.model.finding import Finding, FindingVersion, Status
from observance.workspace.deciding import decide, finding_id
from observance.workspace.finding import decisions, stored_findings

if TYPE_CHECKING:
    from observance.workspace import Workspace

__all__ = [
    "answer",
    "ask",
    "claim",
    "correct",
    "dissent",
    "group",
    "history",
    "letter",
    "recommend",
    "set_status",
    "withdraw",
]

_SHOWN = 8


def set_status(workspace: Workspace, finding: str, status: str, *, reason: str = "") -> Decision:
    """Set the state of review.

    Raises:
        UsageError: no such finding or state.
    """
    if status not in get_args(Status):
        raise UsageError("no such state", got=status, expected=", ".join(get_args(Status)))
    return decide(workspace, "status", finding_id(workspace, finding), reason=reason, values=[("status", status)])


def withdraw(workspace: Workspace, finding: str, *, reason: str) -> Decision:
    """Withdraw a finding; it stays visible as withdrawn, with the reason."""
    return decide(workspace, "withdrawn", finding_id(workspace, finding), reason=reason)


def correct(workspace: Workspace, finding: str, *, was: str, now: str, reason: str) -> Decision:
    """Put a correction on record; what was said before stays readable."""
    values = [("was", was), ("now", now)]
    return decide(workspace, "correction", finding_id(workspace, finding), reason=reason, values=values)


def dissent(workspace: Workspace, finding: str, *, reason: str, statement: int | None = None) -> Decision:
    """Put a dissenting view on record, of the whole finding or of one statement (from 1)."""
    key = finding_id(workspace, finding)
    if statement is not None:
        count = len(stored_findings(workspace)[key].current.statements)
        if not 1 <= statement <= count:
            raise UsageError("no such statement", got=str(statement), expected=f"1 to {count}")
    values = [("statement", str(statement - 1))] if statement is not None else []
    return decide(workspace, "dissent", key, reason=reason, values=values)


def recommend(
    workspace: Workspace,
    finding: str,
    *,
    addressee: str,
    text: str,
    priority: str = "normal",
    follow_up: str = "",
    status: str = "open",
) -> Decision:
    """Put a recommendation on record, or news of one with the same addressee and text."""
    values = [
        ("addressee", addressee), ("text", text), ("priority", priority), ("follow_up", follow_up), ("status", status)
    ]  # fmt: skip
    return decide(workspace, "recommendation", finding_id(workspace, finding), values=values)


def ask(workspace: Workspace, finding: str, *, party: str, due: str | None = None) -> tuple[Decision, str]:
    """Ask a party for its reply; returns the decision and the letter."""
    key = finding_id(workspace, finding)
    day = due or (workspace.clock().date() + timedelta(days=workspace.config.reply_days)).isoformat()
    text = letter(workspace, stored_findings(workspace)[key], party=party, due=day)
    values = [("party", party), ("due", day), ("letter", text)]
    decision = decide(workspace, "reply", key, values=values)
    decide(workspace, "status", key, values=[("status", "open_for_reply")], reason=f"reply asked of {party}")
    return decision, text


def answer(
    workspace: Workspace,
    finding: str,
    *,
    party: str,
    text: str | None = None,
    evidence: str | None = None,
    assessment: str | None = None,
    silent: bool = False,
) -> Decision:
    """Put an answer, silence, or the assessment of an answer on record.

    Raises:
        UsageError: none of the three, or evidence that is not in the archive.
    """
    if not (text or assessment or silent):
        raise UsageError("nothing to put on record", expected="an answer, --silent or an assessment")
    if evidence and evidence not in {str(sha) for sha in workspace.archive_.records()}:
        raise UsageError("no such evidence", got=evidence, expected="the hash of an archived answer")
    values = [("party", party)]
    values += [("answer", text)] if text else []
    values += [("evidence", evidence)] if evidence else []
    values += [("assessment", assessment)] if assessment else []
    values += [("silent", "yes")] if silent else []
    return decide(workspace, "reply", finding_id(workspace, finding), values=values)


def claim(workspace: Workspace, observation: str, *, accepted: bool, reason: str = "") -> Decision:
    """Accept or reject a claim; the decision binds to its passage and kind and survives a better reader."""
    from observance.workspace.observing import current_observations

    hits = [one for one in current_observations(workspace) if one.id.startswith(observation)]
    if len(hits) != 1:
        raise UsageError("no claim with this id" if not hits else "several claims begin so", got=observation)
    found = hits[0]
    kind = "match" if found.kind == "match" else "claim"
    word = {("claim", True): "claim_accepted", ("claim", False): "claim_rejected"}.get(
        (kind, accepted), "match_true" if accepted else "match_false"
    )
    return decide(workspace, word, found.id, reason=reason, about=found.event_type, citations=found.citations[:1])


def group(workspace: Workspace, observations: Sequence[str], *, what: str, apart: bool, reason: str = "") -> Decision:
    """Join or part claims as one event or one origin.

    Raises:
        UsageError: fewer than two claims, or one that is not known.
    """
    from observance.workspace.observing import current_observations

    known = current_observations(workspace)
    found = []
    for name in observations:
        hits = [one for one in known if one.id.startswith(name)]
        if len(hits) != 1:
            raise UsageError("no claim with this id" if not hits else "several claims begin so", got=name)
        found.append(hits[0])
    if len(found) < 2:
        raise UsageError("one claim alone is neither joined nor parted", expected="two or more ids")
    return decide(
        workspace,
        f"{'part' if apart else 'join'}_{what}",
        ",".join(one.id for one in found),
        reason=reason,
        about=found[0].event_type,
        citations=[one.citations[0] for one in found],
    )


def history(workspace: Workspace, finding: str) -> list[str]:
    """Versions and decisions of a finding, oldest first, one line each."""
    key = finding_id(workspace, finding)
    found = stored_findings(workspace)[key]
    lines = [(record.at, _version_words(record)) for record in found.versions]
    lines += [(one.at, _decision_words(one)) for one in decisions(workspace) if one.subject == key]
    return [f"{at.isoformat().replace('+00:00', 'Z')}  {text}" for at, text in sorted(lines, key=lambda line: line[0])]


def _version_words(record: FindingVersion) -> str:
    state = f"{record.layer}, {record.status}".replace("_", " ")
    return f"version {record.number} by {record.by}: {state}, {record.title}"


def _decision_words(one: Decision) -> str:
    told = "; ".join(f"{name} {value[:80]}" for name, value in one.values if name != "letter")
    return f"{one.kind} by {one.by}: {'; '.join(filter(None, (one.reason, told)))}"


def letter(workspace: Workspace, finding: Finding, *, party: str, due: str) -> str:
    """The letter that asks a party for its reply: statements, passages with hashes, paragraphs, and the day due."""
    from observance.workspace.observing import current_observations

    version = finding.current
    rows = {one.id: one for one in current_observations(workspace)}
    passages = []
    for key in version.observations[:_SHOWN]:
        one = rows.get(key)
        spans = [citation for citation in (one.citations if one else ()) if isinstance(citation.selector, TextSpan)]
        passages += [f"  “{_quoted(citation)}”\n    evidence sha256 {citation.evidence}" for citation in spans[:1]]
    measures = ", ".join(f"{measure} ({verdict.replace('_', ' ')})" for measure, verdict in version.measures)
    pack = workspace.pack(finding.regime)
    lines = [
        f"To: {party}",
        f"From: {workspace.operator}, on the case “{workspace.config.name}”",
        f"Date: {workspace.clock().date().isoformat()}",
        f"Reply requested by: {due}",
        "",
        f"Subject: {version.title}",
        "",
        "We are preparing a finding in which you are named, and ask for your reply before it is concluded.",
        "It is a draft and judges nobody. It states:",
        "",
        *(f"  - ({statement.layer.replace('_', ' ')}) {statement.text}" for statement in version.statements),
        "",
        f"Paragraphs held against it, under {pack.name}: {measures or 'none'}.",
        f"{pack.warning}",
        "",
        "It rests on these passages:",
        "",
        *passages,
        "",
        "Please tell us what is wrong or missing, and send documents that show it. Your reply will be kept unchanged,",
        "shown with the finding, and assessed. If we hear nothing by the day above, the finding will say so.",
        "",
        f"Reference: {finding.id}, version {version.number}",
    ]
    return "\n".join(lines)


def _quoted(citation: Citation) -> str:
    selector = citation.selector
    return " ".join(selector.exact.split()) if isinstance(selector, TextSpan) else ""
