"""Fetching a page as evidence: what was asked, what was answered, by whom, all of it kept as WARC (ISO 28500).

The agent is stated, size and time are limited, each redirect is recorded and checked like the first address. Only
http and https; addresses inside private networks are refused unless the caller allows them, after the name has been
resolved and for the very address that is connected to, so that a name cannot point elsewhere in between.
"""

from __future__ import annotations

import io
import ipaddress
import socket
import time
import uuid
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from observance.errors import FormatError, InputError, LimitError
from observance.model import sha256_bytes

if TYPE_CHECKING:
    import httpx

__all__ = ["FetchLimits", "Fetched", "fetch", "is_public", "names_private", "stated_agent"]

MIB = 1024 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HOP_BODY = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """Limits of one fetch.

    Attributes:
        size: bytes of the answer as sent, and after content encodings are undone.
        seconds: time for all of it, redirects included.
        connect_seconds: time to reach a server, and between two pieces of its answer.
        max_redirects: redirects that are followed.
    """

    size: int = 64 * MIB
    seconds: float = 60.0
    connect_seconds: float = 10.0
    max_redirects: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer, and how it came.

    Attributes:
        url: the address asked for.
        final_url: the address that answered.
        redirects: addresses passed on the way, in order, the first one included; empty without redirects.
        status: HTTP status of the answer.
        headers: header fields of the answer in order.
        body: the answer with content encodings undone; the bytes to archive.
        warc_bytes: request and response of every step as gzipped WARC.
        at: UTC time of the capture, as given.
        address: network address that answered.
    """

    url: str
    final_url: str
    redirects: tuple[str, ...]
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    warc_bytes: bytes
    at: datetime
    address: str = ""

    def header(self, name: str) -> str | None:
        """The first value of a header field."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def stated_agent(version: str, contact: str = "") -> str:
    """The user agent that we state: program, version, and where to ask."""
    return f"observance/{version} ({contact or 'sanctions monitoring; https://observance.readthedocs.io'})"


def fetch(
    url: str,
    *,
    user_agent: str,
    now: datetime,
    limits: FetchLimits = FetchLimits(),
    allow_private: bool = False,
    allow_status: bool = False,
) -> Fetched:
    """Fetch an address.

    Args:
        url: http or https, without a password in it.
        user_agent: what we say we are (`stated_agent`).
        now: UTC time of the capture; it is written into the WARC.
        limits: size, time, redirects.
        allow_private: also connect to loopback and private networks.
        allow_status: give answers like 404 back; else they are errors.

    Raises:
        InputError: an address that we do not fetch, no server there, or an answer that is an error.
        LimitError: larger, slower or with more redirects than the limits.
        FormatError: an answer that does not decode.
    """
    import httpx

    deadline = time.monotonic() + limits.seconds
    here = _checked(url, "")
    passed: list[str] = []
    tape = _Tape(now, user_agent)
    timeout = httpx.Timeout(min(limits.connect_seconds, limits.seconds))
    guard = _transport(allow_private=allow_private, deadline=deadline)
    try:
        with httpx.Client(transport=guard, follow_redirects=False, timeout=timeout, trust_env=False) as client:
            while True:
                step = _step(client, here, user_agent, limits, deadline)
                tape.add(here, step)
                location = step.header("location")
                if step.status not in _REDIRECTS or not location:
                    break
                passed.append(here)
                if len(passed) > limits.max_redirects:
                    raise LimitError(
                        "too many redirects",
                        where=url,
                        got=" -> ".join(passed[-3:]),
                        expected=f"at most {limits.max_redirects}",
                        step="fetch the last address",
                    )
                here = _checked(urljoin(here, location), url)
    except httpx.HTTPError as fault:
        raise _unreachable(here, fault, limits) from None
    if step.status >= 400 and not allow_status:
        raise InputError(
            "the server answered with an error",
            where=here,
            got=f"status {step.status}",
            expected="the page",
            step="check the address in a browser, or look for an archived copy",
        )
    return Fetched(
        url=url,
        final_url=here,
        redirects=tuple(passed),
        status=step.status,
        headers=step.headers,
        body=_decoded(step, here, limits),
        warc_bytes=tape.close(),
        at=now.astimezone(UTC),
        address=step.address,
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """One request and its answer, as sent."""

    status: int
    reason: str
    version: str
    headers: tuple[tuple[str, str], ...]
    raw: bytes
    address: str
    sent: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


def _step(client: httpx.Client, url: str, user_agent: str, limits: FetchLimits, deadline: float) -> _Step:
    sent = {
        "User-Agent": user_agent,
        "Accept": "text/html,application/xhtml+xml,application/pdf,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    request = client.build_request("GET", url, headers=sent)
    response = client.send(request, stream=True)
    try:
        # Before the body is read: the socket is gone with its last byte.
        stream = response.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream is not None else None
        redirect = response.status_code in _REDIRECTS
        most = _HOP_BODY if redirect else limits.size
        chunks: list[bytes] = []
        size = 0
        stated = response.headers.get("content-length", "")
        if not redirect and stated.isdigit() and int(stated) > most:
            raise LimitError(
                "the page is too large",
                where=url,
                got=f"{int(stated):,} bytes",
                expected=f"at most {most:,}",
                step="fetch it by other means and archive the file",
            )
        for chunk in response.iter_raw():
            size += len(chunk)
            if size > most:
                if redirect:
                    break
                raise LimitError(
                    "the page is too large",
                    where=url,
                    got=f"over {most:,} bytes",
                    expected=f"at most {most:,}",
                    step="fetch it by other means and archive the file",
                )
            if time.monotonic() > deadline:
                raise LimitError(
                    "the page took too long",
                    where=url,
                    got=f"{size:,} bytes in {limits.seconds:g} s",
                    expected="the whole page",
                    step="try again later, or with more time",
                )
            chunks.append(chunk)
        return _Step(
            status=response.status_code,
            reason=response.reason_phrase,
            version=response.http_version,
            headers=tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in response.headers.raw),
            raw=b"".join(chunks),
            address=str(peer[0]) if peer else "",
            sent=tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in request.headers.raw),
        )
    finally:
        response.close()


def _checked(url: str, origin: str) -> str:
    """The address without fragment, if it is one that we fetch."""
    where = origin or url
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or port == 0:
        raise InputError(
            "this is no address that we fetch",
            where=where,
            got=url[:200],
            expected="http:// or https:// and a host",
            step="give a web address, or archive the file itself",
        )
    if parts.username or parts.password:
        raise InputError(
            "the address holds a password, which would be recorded",
            where=parts.hostname,
            got="user and password before the host",
            expected="an address without them",
            step="fetch it by other means and archive the file",
        )
    return urlunsplit((parts.scheme.lower(), parts.netloc, parts.path or "/", parts.query, ""))


def is_public(address: str) -> bool:
    """True for an address of the public internet, also behind an IPv6 form of an IPv4 address."""
    try:
        found = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if found in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not found.is_multicast


def names_private(url: str) -> bool:
    """True where the address itself names this machine or a private network, so that whoever wrote it means it.

    For a command line: what a person types may point inside; what a page or a redirect names may not.
    """
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(host.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    return not is_public(host)


def _resolved(host: str, port: int, *, allow_private: bool) -> list[str]:
    """Addresses of a host; all must be public, so that a mixed answer cannot slip one in."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise InputError(
            "there is no such host",
            where=host,
            got=str(fault),
            expected="a name that resolves",
            step="check the address and the network",
        ) from None
    addresses = list(dict.fromkeys(str(item[4][0]) for item in found))
    inner = [address for address in addresses if not is_public(address)]
    if inner and not allow_private:
        raise InputError(
            "the address lies inside a private network",
            where=host,
            got=", ".join(inner[:3]),
            expected="an address of the public internet",
            step="allow private addresses if you mean it",
        )
    return addresses


def _transport(*, allow_private: bool, deadline: float) -> httpx.BaseTransport:
    """A transport that resolves names itself and connects to the very address that was checked."""
    import httpcore
    import httpx

    class Backend(httpcore.NetworkBackend):
        def __init__(self) -> None:
            self.plain = httpcore.SyncBackend()

        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Iterable[Any] | None = None,
        ) -> httpcore.NetworkStream:
            last: Exception | None = None
            for address in _resolved(host, port, allow_private=allow_private):
                if time.monotonic() > deadline:
                    break
                try:
                    return self.plain.connect_tcp(address, port, timeout, local_address, socket_options)
                except (httpcore.ConnectError, httpcore.ConnectTimeout) as fault:
                    last = fault
            raise last or httpcore.ConnectTimeout("no address answered in time")

    class Guarded(httpx.HTTPTransport):
        def __init__(self) -> None:
            super().__init__(verify=True, trust_env=False)
            self._pool = httpcore.ConnectionPool(
                ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=Backend(), retries=0
            )

    return Guarded()


def _unreachable(url: str, fault: httpx.HTTPError, limits: FetchLimits) -> InputError:
    import httpx

    if isinstance(fault, httpx.TimeoutException):
        return LimitError(
            "the server took too long",
            where=url,
            got=f"no answer in {limits.connect_seconds:g} s",
            expected="an answer",
            step="try again later",
        )
    return InputError(
        "the server cannot be reached",
        where=url,
        got=str(fault)[:200] or type(fault).__name__,
        expected="an answer",
        step="check the address and the network",
    )


def _decoded(step: _Step, url: str, limits: FetchLimits) -> bytes:
    """The body with its content encodings undone, last one first (RFC 9110, 8.4)."""
    body = step.raw
    codings = [part.strip().lower() for part in step.header("content-encoding").split(",") if part.strip()]
    for coding in reversed(codings):
        if coding == "identity":
            continue
        if coding not in {"gzip", "x-gzip", "deflate"}:
            raise FormatError(
                "the answer has an encoding that we did not ask for",
                where=url,
                got=coding[:40],
                expected="gzip, deflate or none",
                step="fetch it by other means and archive the file",
            )
        body = _inflated(body, url, limits)
    return body


def _inflated(body: bytes, url: str, limits: FetchLimits) -> bytes:
    fault: Exception | None = None
    # gzip and zlib by their heads; some servers send bare deflate streams.
    for bits in (47, -15):
        machine = zlib.decompressobj(bits)
        try:
            out = machine.decompress(body, limits.size + 1)
        except zlib.error as found:
            fault = found
            continue
        if len(out) > limits.size:
            raise LimitError(
                "the page unpacks to more than it may",
                where=url,
                got=f"over {limits.size:,} bytes",
                expected=f"at most {limits.size:,}",
                step="fetch it by other means and archive the file",
            )
        if not machine.eof:
            raise FormatError(
                "the answer is cut off",
                where=url,
                got=f"{len(out):,} bytes of a packed page",
                expected="the whole page",
                step="fetch it again",
            )
        return out
    raise FormatError(
        "the answer does not unpack", where=url, got=str(fault), expected="gzip or deflate", step="fetch it again"
    )


class _Tape:
    """The WARC of a fetch. Ids are made of content and time, so that the same exchange gives the same file."""

    def __init__(self, now: datetime, user_agent: str) -> None:
        from warcio.warcwriter import WARCWriter

        self.when = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.out = io.BytesIO()
        self.writer = WARCWriter(self.out, gzip=True, warc_version="1.1")
        info = {"software": user_agent, "format": "WARC File Format 1.1"}
        record = self.writer.create_warcinfo_record("fetch.warc.gz", info)
        record.rec_headers.replace_header("WARC-Record-ID", self._id("info", user_agent))
        record.rec_headers.replace_header("WARC-Date", self.when)
        self.writer.write_record(record)

    def _id(self, *parts: str) -> str:
        return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, ' '.join((self.when, *parts)))}>"

    def add(self, url: str, step: _Step) -> None:
        """Record a request and its response."""
        from warcio.statusandheaders import StatusAndHeaders

        digest = sha256_bytes(step.raw)
        answer_id, request_id = self._id("response", url, digest), self._id("request", url, digest)
        parts = urlsplit(url)
        target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        # The body is kept without its chunks; the field that speaks of them keeps its value under another name.
        kept = [
            ("X-Archive-Orig-" + key if key.lower() == "transfer-encoding" else key, value)
            for key, value in step.headers
        ]
        head = StatusAndHeaders(f"{step.status} {step.reason}".strip(), kept, protocol=step.version)
        about = {"WARC-Record-ID": answer_id, "WARC-Date": self.when}
        if step.address:
            about["WARC-IP-Address"] = step.address
        self.writer.write_record(
            self.writer.create_warc_record(
                url, "response", payload=io.BytesIO(step.raw), http_headers=head, warc_headers_dict=about
            )
        )
        asked = StatusAndHeaders(f"GET {target} HTTP/1.1", list(step.sent), is_http_request=True)
        about = {"WARC-Record-ID": request_id, "WARC-Date": self.when, "WARC-Concurrent-To": answer_id}
        self.writer.write_record(
            self.writer.create_warc_record(
                url, "request", payload=io.BytesIO(b""), http_headers=asked, warc_headers_dict=about
            )
        )

    def close(self) -> bytes:
        """The bytes of the WARC."""
        return self.out.getvalue()
