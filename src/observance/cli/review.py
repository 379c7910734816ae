"""`observance review ...`: states, replies, dissent, corrections, recommendations, claims accepted or rejected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from observance.cli.output import emit_json, say
from observance.cli.session import day, opened

if TYPE_CHECKING:
    from observance.model.decision import Decision

_BY = typer.Option("", "--by", help="Who decides (default: the account).")
_JSON = typer.Option(False, "--json", help="Print JSON.")
_FINDING = typer.Argument(..., help="Id of a finding, or the beginning of one.")


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    review = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Review findings; every decision is kept.")
    app.add_typer(review, name="review")
    _states(review)
    _replies(review)
    _claims(review)


def _done(decision: Decision, *, as_json: bool) -> None:
    from observance.model import to_plain

    if as_json:
        emit_json(to_plain(decision))
    else:
        say(f"{decision.id}  {decision.kind} of {decision.subject}, by {decision.by}; `observance run` takes it up")


def _states(review: typer.Typer) -> None:
    @review.command("status")
    def status(
        context: typer.Context,
        finding: str = _FINDING,
        state: str = typer.Argument(..., help="draft, under_review, open_for_reply, final, corrected or withdrawn."),
        reason: str = typer.Option("", "--reason", help="Why."),
        by: str = _BY,
        as_json: bool = _JSON,
    ) -> None:
        """Set the state of review of a finding."""
        from observance.workspace.reviewing import set_status

        _done(set_status(opened(context, by=by), finding, state, reason=reason), as_json=as_json)

    @review.command("withdraw")
    def withdraw(
        context: typer.Context,
        finding: str = _FINDING,
        reason: str = typer.Option(..., "--reason", help="Why; shown with the finding."),
        by: str = _BY,
        as_json: bool = _JSON,
    ) -> None:
        """Withdraw a finding; it stays visible as withdrawn."""
        from observance.workspace.reviewing import withdraw as take_back

        _done(take_back(opened(context, by=by), finding, reason=reason), as_json=as_json)

    @review.command("correct")
    def correct(
        context: typer.Context,
        finding: str = _FINDING,
        was: str = typer.Option(..., "--was", help="What was said."),
        now: str = typer.Option(..., "--now", help="What is right."),
        reason: str = typer.Option(..., "--reason", help="Why."),
        by: str = _BY,
        as_json: bool = _JSON,
    ) -> None:
        """Put a correction on record; history is never rewritten."""
        from observance.workspace.reviewing import correct as put_right

        _done(put_right(opened(context, by=by), finding, was=was, now=now, reason=reason), as_json=as_json)

    @review.command("dissent")
    def dissent(
        context: typer.Context,
        finding: str = _FINDING,
        reason: str = typer.Option(..., "--reason", help="The dissenting view."),
        statement: int | None = typer.Option(None, "--statement", help="Number of the statement, from 1."),
        by: str = _BY,
        as_json: bool = _JSON,
    ) -> None:
        """Put a dissenting view on record, with name and reason."""
        from observance.workspace.reviewing import dissent as disagree

        _done(disagree(opened(context, by=by), finding, reason=reason, statement=statement), as_json=as_json)

    @review.command("recommend")
    def recommend(
        context: typer.Context,
        finding: str = _FINDING,
        addressee: str = typer.Option(..., "--to", help="To whom."),
        text: str = typer.Option(..., "--text", help="What; specific, and tied to the finding."),
        priority: str = typer.Option("normal", "--priority", help="low, normal or high."),
        follow_up: str = typer.Option("", "--follow-up", help="What became of it."),
        status: str = typer.Option("open", "--status", help="open, done or dropped."),
        by: str = _BY,
        as_json: bool = _JSON,
    ) -> None:
        """Put a recommendation, or the follow-up of one, on record."""
        from observance.workspace.reviewing import recommend as advise

        decision = advise(
            opened(context, by=by),
            finding,
            addressee=addressee,
            text=text,
            priority=priority,
            follow_up=follow_up,
            status=status,
        )
        _done(decision, as_json=as_json)

    @review.command("history")
    def history(context: typer.Context, finding: str = _FINDING, as_json: bool = _JSON) -> None:
        """Show versions and decisions of a finding, oldest first."""
        from observance.workspace.reviewing import history as told

        lines = told(opened(context), finding)
        if as_json:
            emit_json(lines)
            return
        for line in lines:
            say(line)


def _replies(review: typer.Typer) -> None:
    @review.command("ask")
    def ask(
        context: typer.Context,
        finding: str = _FINDING,
        party: str = typer.Option(..., "--party", help="Who is asked."),
        due: str | None = typer.Option(None, "--due", help="Day by which to answer."),
        output: Path | None = typer.Option(None, "-o", "--output", help="Write the letter to this file."),
        by: str = _BY,
        as_json: bool = _JSON,
    ) -> None:
        """Ask a party named for its reply; prints the letter."""
        from observance.store.files import write_whole
        from observance.workspace.reviewing import ask as ask_for_reply

        decision, text = ask_for_reply(opened(context, by=by), finding, party=party, due=day(due, "--due"))
        if output is not None:
            write_whole(output, text.encode())
        if as_json:
            _done(decision, as_json=True)
        else:
            say(text)

    @review.command("answer")
    def answer(
        context: typer.Context,
        finding: str = _FINDING,
        party: str = typer.Option(..., "--party", help="Who answers."),
        text: str | None = typer.Option(None, "--text", help="The answer, in its words."),
        evidence: str | None = typer.Option(None, "--evidence", help="Hash of the archived answer."),
        assessment: str | None = typer.Option(None, "--assessment", help="What we make of it."),
        silent: bool = typer.Option(False, "--silent", help="Nothing came by the day."),
        by: str = _BY,
        as_json: bool = _JSON,
    ) -> None:
        """Put an answer, silence, or an assessment on record."""
        from observance.workspace.reviewing import answer as put_answer

        decision = put_answer(
            opened(context, by=by),
            finding,
            party=party,
            text=text,
            evidence=evidence,
            assessment=assessment,
            silent=silent,
        )
        _done(decision, as_json=as_json)


def _claims(review: typer.Typer) -> None:
    @review.command("accept")
    def accept(
        context: typer.Context,
        claim: str = typer.Argument(..., help="Id of a claim or match, or the beginning of one."),
        reason: str = typer.Option("", "--reason", help="Why."),
        by: str = _BY,
        as_json: bool = _JSON,
    ) -> None:
        """Accept a claim or a match as read."""
        from observance.workspace.reviewing import claim as decide_claim

        _done(decide_claim(opened(context, by=by), claim, accepted=True, reason=reason), as_json=as_json)

    @review.command("reject")
    def reject(
        context: typer.Context,
        claim: str = typer.Argument(..., help="Id of a claim or match, or the beginning of one."),
        reason: str = typer.Option("", "--reason", help="Why."),
        by: str = _BY,
        as_json: bool = _JSON,
    ) -> None:
        """Set a claim or a match aside; it stays in the file and supports nothing."""
        from observance.workspace.reviewing import claim as decide_claim

        _done(decide_claim(opened(context, by=by), claim, accepted=False, reason=reason), as_json=as_json)

    @review.command("join")
    def join(
        context: typer.Context,
        claims: list[str] = typer.Argument(..., help="Ids of two or more claims."),
        what: str = typer.Option("events", "--as", help="events or origins."),
        apart: bool = typer.Option(False, "--apart", help="Part them instead."),
        reason: str = typer.Option("", "--reason", help="Why."),
        by: str = _BY,
        as_json: bool = _JSON,
    ) -> None:
        """Hold claims to be one event or one origin, or part them; kept over later runs."""
        from observance.errors import UsageError
        from observance.workspace.reviewing import group

        if what not in {"events", "origins"}:
            raise UsageError("--as takes events or origins", got=what)
        _done(group(opened(context, by=by), claims, what=what, apart=apart, reason=reason), as_json=as_json)
