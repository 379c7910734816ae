"""Paragraph by paragraph: ask, take, verify, count. A paragraph that fails is named; the others go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from observance.errors import UnsupportedError
from observance.model import canonical_json, sha256_bytes
from observance.observations.claims.layout import Part, parts
from observance.observations.claims.lexicon import Lexicon, load
from observance.observations.claims.llm.cache import AnswerCache, MemoryCache
from observance.observations.claims.llm.endpoint import Answer, Endpoint, Usage, ask, open_client
from observance.observations.claims.llm.ground import Ground, lay_ground
from observance.observations.claims.llm.prompt import messages, prompt_hash
from observance.observations.claims.llm.schema import Reply, ReplyFault, parse_reply
from observance.observations.claims.llm.verify import Checked, verify
from observance.observations.claims.record import Claim, Page, Source

__all__ = ["Failure", "Reading", "read_with_model"]

Asker = Callable[[list[dict[str, str]]], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A paragraph that the model did not read, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the model reader made of a document.

    Attributes:
        checked: proposals after verification, in the order of the text.
        failures: paragraphs that gave no answer that could be taken.
        usage: questions, cache, tokens, cost.
        model: name of the model.
        prompt: hash of rules, terms and schema.
        unanswered: no paragraph was answered at all.
    """

    checked: tuple[Checked, ...]
    failures: tuple[Failure, ...]
    usage: Usage
    model: str
    prompt: str
    unanswered: bool = False

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that stand, without what was contradicted."""
        return tuple(found.claim for found in self.checked if found.claim is not None)

    def require(self, *, where: str) -> None:
        """Refuse a reading in which every paragraph failed: no answer is a fault and never an empty result.

        Raises:
            UnsupportedError: with the first reason.
        """
        if self.failures and not self.checked and self.unanswered:
            raise UnsupportedError(
                "the model read nothing",
                where=where,
                got=f"{len(self.failures)} paragraphs without an answer: {self.failures[0].reason}",
                expected="an answer for each paragraph",
                step="check `llm_endpoint` and `llm_model`, or take `claims.llm` out of the detectors",
            )

    def outcomes(self) -> dict[str, int]:
        """Fields by outcome."""
        counts = {"confirmed": 0, "unverified": 0, "contradicted": 0}
        for found in self.checked:
            for check in found.checks:
                counts[check.status] += 1
        return counts


def read_with_model(
    page: Page,
    endpoint: Endpoint,
    *,
    rules: tuple[Claim, ...],
    cache: AnswerCache | None = None,
    lexicon: Lexicon | None = None,
    asker: Asker | None = None,
) -> Reading:
    """Read a document with a model and hold every field against the text and the rules reader.

    Args:
        page: the document.
        endpoint: where and how to ask.
        rules: claims of the rules reader on the same page: the referee.
        cache: where answers are kept; none keeps them for this run.
        lexicon: tables of the rules reader.
        asker: another way to ask (recorded answers); none asks the endpoint.
    """
    words = lexicon or load()
    kept = cache if cache is not None else MemoryCache()
    body = [part for part in parts(page) if part.role in {"body", "headline", "caption"}]
    grounds = {
        ground.start: ground for ground in lay_ground(page, words, [(part.start, part.end) for part in body], rules)
    }
    checked: list[Checked] = []
    failures: list[Failure] = []
    answered = 0
    usage = Usage()
    client = open_client(endpoint) if asker is None else None
    try:
        put = asker or (lambda question: ask(client, endpoint, question))  # type: ignore[arg-type]  # open where no asker is
        before = page.opening_speaker
        for part in body:
            ground = grounds.get(part.start)
            if ground is None:
                continue
            reply, spent = _answered(part, ground, before, endpoint, kept, put)
            usage = usage.plus(spent)
            if isinstance(reply, str):
                failures.append(Failure(start=part.start, end=part.end, reason=reply))
            else:
                answered += 1
                found = [
                    verify(proposal, ground, f"m{len(checked) + n + 1}") for n, proposal in enumerate(reply.claims)
                ]
                checked.extend(found)
            before = _speaker(ground) or before
    finally:
        if client is not None:
            client.close()
    checked.sort(key=lambda found: found.claim.trigger[0] if found.claim else -1)
    return Reading(
        checked=tuple(checked),
        failures=tuple(failures),
        usage=usage,
        model=endpoint.model,
        prompt=prompt_hash(),
        unanswered=bool(failures) and not answered,
    )


def _answered(
    part: Part, ground: Ground, before: str, endpoint: Endpoint, cache: AnswerCache, put: Asker
) -> tuple[Reply | str, Usage]:
    """The reply for a paragraph, or the reason why there is none; one more try after a fault."""
    text = ground.page.text[part.start : part.end]
    line = part.dateline
    dateline = ", ".join(filter(None, (line.place, line.day, line.agency))) if line else ""
    question = messages(text, dateline=dateline, speaker=part.turn or before, published=ground.page.published)
    key = sha256_bytes(canonical_json({"question": question[-1], "prompt": prompt_hash(), "model": endpoint.model}))
    old = cache.get(key)
    if old is not None:
        try:
            return parse_reply(old), Usage(cached=1)
        except ReplyFault:
            pass  # a damaged answer is asked for again
    usage = Usage()
    reason = ""
    for _ in range(max(1, endpoint.attempts)):
        try:
            answer = put(question)
        except ReplyFault as fault:
            usage = usage.plus(Usage(asked=1))
            reason = str(fault)
            continue
        usage = usage.plus(replace(answer.usage, asked=1))
        try:
            reply = parse_reply(answer.text)
        except ReplyFault as fault:
            reason = str(fault)
            continue
        cache.put(key, answer.text)
        return reply, usage
    return reason, usage


def _speaker(ground: Ground) -> str:
    """Who holds the floor at the end of a paragraph, by the rules reader."""
    chains = [claim.chain for claim in ground.rules if claim.chain]
    last: Source | None = chains[-1][-1] if chains else None
    return last.name if last is not None and not last.publisher else ""
