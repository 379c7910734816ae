"""Any OpenAI-compatible endpoint: one question, one answer, with limits and a count of what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from observance.errors import UnsupportedError
from observance.observations.claims.llm.schema import ReplyFault, reply_schema

if TYPE_CHECKING:
    import httpx

__all__ = ["Answer", "Endpoint", "Usage", "ask", "open_client"]

MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a model answers, and how it is asked.

    Attributes:
        url: base address, with or without `/v1`.
        model: its name there.
        key: secret for the Authorization field; never recorded.
        seconds: time for one answer.
        max_tokens: longest answer; one that is cut off counts as failed.
        price_in, price_out: price of a million tokens asked and answered, in one currency; 0 where it costs nothing.
        attempts: tries for one paragraph.
    """

    url: str
    model: str
    key: str = ""
    seconds: float = 60.0
    max_tokens: int = 2048
    price_in: float = 0.0
    price_out: float = 0.0
    attempts: int = 2

    def __post_init__(self) -> None:
        """Refuse what cannot be asked, with the next step."""
        if not self.url.startswith(("http://", "https://")) or not self.model:
            raise UnsupportedError(
                "the model reader has no endpoint",
                got=f"address {self.url!r}, model {self.model!r}",
                expected="an OpenAI-compatible address and the name of a model there",
                step="set `llm_endpoint` and `llm_model` in observance.toml (for example http://127.0.0.1:8080/v1), "
                "or use the rules reader, which needs none",
            )

    @property
    def address(self) -> str:
        """The address of chat completions."""
        base = self.url.rstrip("/")
        return f"{base if base.endswith('/v1') else base + '/v1'}/chat/completions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What reading cost: questions sent, answers from the cache, tokens, price in the currency of the endpoint."""

    asked: int = 0
    cached: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0

    def plus(self, other: Usage) -> Usage:
        """The sum of two."""
        return Usage(
            asked=self.asked + other.asked,
            cached=self.cached + other.cached,
            tokens_in=self.tokens_in + other.tokens_in,
            tokens_out=self.tokens_out + other.tokens_out,
            cost=round(self.cost + other.cost, 6),
        )

    def sentence(self) -> str:
        """For a person: what was asked, kept and spent."""
        return (
            f"{self.asked} questions to the model, {self.cached} answers from the cache, {self.tokens_in} tokens in, "
            f"{self.tokens_out} out, cost {self.cost:.4f}"
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """The words of an answer and what they cost."""

    text: str
    usage: Usage


def open_client(endpoint: Endpoint) -> httpx.Client:
    """A client for the endpoint; the environment is not asked for proxies or keys."""
    try:
        import httpx
    except ImportError:
        raise UnsupportedError("the model reader is not installed", step="pip install 'observance[llm]'") from None
    headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    return httpx.Client(timeout=endpoint.seconds, headers=headers, trust_env=False, follow_redirects=False)


def ask(client: httpx.Client, endpoint: Endpoint, messages: list[dict[str, str]]) -> Answer:
    """Ask once.

    Raises:
        ReplyFault: no answer, an error, an answer that is cut off, too long or not of the protocol.
    """
    import httpx

    question = {
        "model": endpoint.model,
        "messages": messages,
        "temperature": 0,
        "seed": 0,
        "max_tokens": endpoint.max_tokens,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "claims", "strict": True, "schema": reply_schema()},
        },
    }
    try:
        with client.stream("POST", endpoint.address, json=question) as response:
            body = b""
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise ReplyFault(f"the answer is longer than {MOST_BYTES} bytes")
            status = response.status_code
    except httpx.TimeoutException:
        raise ReplyFault(f"no answer in {endpoint.seconds:g} s") from None
    except httpx.HTTPError as fault:
        raise ReplyFault(f"the endpoint cannot be reached: {str(fault)[:120]}") from None
    if status != 200:
        raise ReplyFault(f"the endpoint answered with status {status}: {body[:160].decode('utf-8', errors='replace')}")
    return _answer(body, endpoint)


def _answer(body: bytes, endpoint: Endpoint) -> Answer:
    import json

    try:
        plain: Any = json.loads(body)
        choice = plain["choices"][0]
        text, reason = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, RecursionError, KeyError, IndexError, TypeError):
        raise ReplyFault("the endpoint did not answer in its protocol") from None
    if reason != "stop":
        raise ReplyFault(f"the answer is cut off (finish reason {reason!r})")
    if not isinstance(text, str):
        raise ReplyFault("the answer has no text")
    usage = plain.get("usage") if isinstance(plain.get("usage"), dict) else {}
    tokens_in, tokens_out = _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))
    cost = (tokens_in * endpoint.price_in + tokens_out * endpoint.price_out) / 1_000_000
    return Answer(text, Usage(asked=1, tokens_in=tokens_in, tokens_out=tokens_out, cost=round(cost, 6)))


def _count(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value < 10**9 else 0
