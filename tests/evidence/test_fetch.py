"""Fetching from a real server on loopback: what is kept, what is limited, what is refused."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from observance.errors import FormatError, InputError, LimitError
from observance.evidence.fetch import Fetched, FetchLimits, fetch, is_public, names_private, stated_agent
from observance.evidence.readers import Limits, read_document
from observance.evidence.readers.capture import captured
from tests.evidence.readers import making

pytestmark = pytest.mark.server
NOW = datetime(2024, 6, 19, 8, 0, tzinfo=UTC)


class Site(BaseHTTPRequestHandler):
    """A small site with good pages and bad habits."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[tuple[str, str]]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["User-Agent"]))
        page = making.page()
        match self.path.split("?")[0]:
            case "/ship":
                self.give(page)
            case "/packed":
                self.give(gzip.compress(page), ("Content-Encoding", "gzip"))
            case "/bomb":
                self.give(gzip.compress(bytes(30_000_000)), ("Content-Encoding", "gzip"))
            case "/cut":
                self.give(gzip.compress(page)[:-40], ("Content-Encoding", "gzip"))
            case "/odd":
                self.give(page, ("Content-Encoding", "br"))
            case "/chunks":
                self.send_response(200)
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                for at in range(0, len(page), 500):
                    piece = page[at : at + 500]
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                self.wfile.write(b"0\r\n\r\n")
            case "/old":
                self.give(b"moved", ("Location", "/older?x=1"), status=301)
            case "/older":
                self.give(b"", ("Location", "/ship#top"), status=302)
            case "/circle":
                self.give(b"", ("Location", "/circle"), status=302)
            case "/file":
                self.give(b"", ("Location", "file:///etc/passwd"), status=302)
            case "/large":
                self.give(bytes(3_000_000))
            case "/endless":
                self.send_response(200)
                self.end_headers()
                self.close_connection = True
                for _ in range(200):
                    self.wfile.write(b"x" * 100_000)
            case "/drip":
                self.send_response(200)
                self.end_headers()
                self.close_connection = True
                for _ in range(60):
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    time.sleep(0.1)
            case "/silent":
                time.sleep(5)
            case _:
                self.give(b"not here", status=404)

    def give(self, body: bytes, *headers: tuple[str, str], status: int = 200) -> None:
        self.send_response(status)
        for key, value in headers:
            self.send_header(key, value)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Clients that hang up are the point of these tests."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = Quiet(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def get(url: str, **more: object) -> Fetched:
    return fetch(url, user_agent=stated_agent("0.1"), now=NOW, allow_private=True, **more)  # type: ignore[arg-type]


def test_a_page_is_fetched_with_a_stated_agent_and_kept_with_its_exchange(site: str) -> None:
    found = get(f"{site}/ship")
    assert found.body == making.page()
    assert (found.status, found.redirects, found.address) == (200, (), "127.0.0.1")
    assert Site.asked[-1][1].startswith("observance/0.1 (")
    document = read_document(found.warc_bytes, name="c.warc.gz")
    assert document.meta.url == f"{site}/ship"
    assert document.text == read_document(found.body, name="a.html").text


def test_the_same_exchange_gives_the_same_capture(site: str) -> None:
    # The server's own Date field differs from second to second; all else is ours.
    for _ in range(5):
        first, second = get(f"{site}/ship"), get(f"{site}/ship")
        if first.headers == second.headers:
            break
    assert first.headers == second.headers
    assert first.warc_bytes == second.warc_bytes


def test_each_redirect_is_recorded(site: str) -> None:
    found = get(f"{site}/old")
    assert found.redirects == (f"{site}/old", f"{site}/older?x=1")
    assert found.final_url == f"{site}/ship"
    steps = list(captured(found.warc_bytes, name="c", limits=Limits()))
    assert [(step.url, step.status) for step in steps] == [
        (f"{site}/old", "301"),
        (f"{site}/older?x=1", "302"),
        (f"{site}/ship", "200"),
    ]
    assert all(step.at.startswith("2024-06-19T08:00:00") for step in steps)
    assert all(step.digest_ok is not False for step in steps)


@pytest.mark.parametrize("path", ["/packed", "/chunks"])
def test_packed_and_chunked_pages_come_out_whole(site: str, path: str) -> None:
    found = get(site + path)
    assert found.body == making.page()
    assert read_document(found.warc_bytes, name="c.warc.gz").text == read_document(making.page(), name="a.html").text


@pytest.mark.parametrize(
    ("path", "limits", "kind", "says"),
    [
        ("/circle", FetchLimits(), LimitError, "redirects"),
        ("/large", FetchLimits(size=1_000_000), LimitError, "too large"),
        ("/endless", FetchLimits(size=1_000_000), LimitError, "too large"),
        ("/bomb", FetchLimits(size=1_000_000), LimitError, "unpacks"),
        ("/drip", FetchLimits(seconds=1.0), LimitError, "too long"),
        ("/silent", FetchLimits(connect_seconds=0.5), LimitError, "too long"),
        ("/cut", FetchLimits(), FormatError, "cut off"),
        ("/odd", FetchLimits(), FormatError, "encoding"),
        ("/none", FetchLimits(), InputError, "404"),
        ("/file", FetchLimits(), InputError, "no address that we fetch"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_habits_of_servers_are_told(
    site: str, path: str, limits: FetchLimits, kind: type[InputError], says: str
) -> None:
    began = time.monotonic()
    with pytest.raises(kind) as caught:
        get(site + path, limits=limits)
    assert says in str(caught.value)
    assert caught.value.where
    assert caught.value.step
    assert time.monotonic() - began < 10


def test_an_error_page_can_be_kept_where_it_is_the_evidence(site: str) -> None:
    found = get(f"{site}/none", allow_status=True)
    assert (found.status, found.body) == (404, b"not here")


def test_private_addresses_are_refused_unless_allowed(site: str) -> None:
    asked = len(Site.asked)
    for url in (f"{site}/ship", site.replace("127.0.0.1", "localhost") + "/ship"):
        with pytest.raises(InputError, match="private network"):
            fetch(url, user_agent="x", now=NOW)
    assert len(Site.asked) == asked


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http:///x",
        "example.org",
        "http://[::1",
        "http://a:b@example.org/",
    ],
)
def test_other_addresses_are_refused_before_anything_is_asked(url: str) -> None:
    with pytest.raises(InputError):
        get(url)


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(InputError, match="cannot be reached"):
        get("http://127.0.0.1:9/")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("192.168.0.1", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("224.0.0.1", False),
        ("2002:7f00:1::", False),
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("no address", False),
    ],
)
def test_public_addresses_are_told_from_inner_ones(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("http://127.0.0.1:80/", True),
        ("http://localhost/x", True),
        ("http://[::1]/", True),
        ("http://10.0.0.1/", True),
        ("https://example.org/", False),
        ("http://8.8.8.8/", False),
        ("http://[bad", False),
    ],
)
def test_an_address_that_names_a_private_network_says_so(url: str, private: bool) -> None:
    assert names_private(url) is private
