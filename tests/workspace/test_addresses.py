"""Addresses: fetched from a real server on loopback, kept with request, response and redirects."""

import http.server
import threading
from datetime import UTC, datetime

import pytest

from observance.workspace import Workspace
from observance.workspace.archiving import typed_private
from observance.workspace.listing import add_list
from tests.material import shared

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PAGE = (
    b"<!doctype html><html lang='en'><head><title>Port notes</title>"
    b"<meta property='og:site_name' content='Harbour Wire'><meta property='article:published_time' content='2024-05-03'>"
    b"</head><body><article><h1>Port notes</h1><p>A North Korean delegation visited Vladivostok on 2 May, the "
    b"harbour office said.</p><p>The visit lasted two days and ended without a statement.</p></article></body></html>"
)


class Server(http.server.BaseHTTPRequestHandler):
    agents = []

    def do_GET(self):
        self.agents.append(self.headers.get("User-Agent"))
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/page.html")
            self.end_headers()
        elif self.path == "/page.html":
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE)
        elif self.path == "/un.xml":
            data = shared("data/lists/un_consolidated_2026-02-27.xml").read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        else:
            self.send_error(404)

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    found = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{found.server_address[1]}"
    found.shutdown()
    found.server_close()


@pytest.mark.server
def test_an_address_is_kept_with_its_redirects_and_capture(server, tmp_path):
    workspace = Workspace.init(tmp_path / "case", clock=lambda: NOW)
    (result,) = workspace.archive([f"{server}/moved"])
    assert result.fault is None
    record = result.evidence
    assert workspace.archive_.read(record) == PAGE
    assert (record.meta.publisher, record.meta.published) == ("Harbour Wire", "2024-05-03")
    assert record.acquisition.redirects == (f"{server}/moved",) or f"{server}/page.html" in str(record.acquisition)
    capture = workspace.archive_.records()[record.acquisition.capture]
    assert capture.kind == "capture"
    assert "observance" in Server.agents[-1]
    workspace.run()
    assert any(one.event_type == "visit" for one in workspace.view().observations)
    assert workspace.verify().faults == []


@pytest.mark.server
def test_a_missing_page_is_an_error_and_the_good_one_is_kept(server, tmp_path):
    workspace = Workspace.init(tmp_path / "case", clock=lambda: NOW)
    bad, good = workspace.archive([f"{server}/nothing", f"{server}/page.html"])
    assert bad.evidence is None
    assert "404" in str(bad.fault)
    assert good.fault is None


@pytest.mark.server
def test_a_list_is_added_from_its_address(server, tmp_path):
    workspace = Workspace.init(tmp_path / "case", clock=lambda: NOW)
    version = add_list(workspace, f"{server}/un.xml", list_id="un")
    assert version.date == "2026-02-27"
    assert workspace.verify().faults == []


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("http://127.0.0.1:8000/a", True),
        ("http://localhost/", True),
        ("http://[::1]/", True),
        ("http://192.168.1.4/x", True),
        ("https://example.org/", False),
        ("http://8.8.8.8/", False),
        ("http://[bad", False),
    ],
)
def test_only_an_address_typed_as_private_may_reach_a_private_network(address, private):
    assert typed_private(address) is private
