"""URLs: fetched from a server of the test's own, each failure in clear words."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.documents import read, web
from kg.errors import SourceError
from kg.model import Document

WORDS = "Northwind agreed on Thursday to buy Tailspin for $2.4 billion, the companies said."
PAGE = f"<html><head><title>A deal</title></head><body><article><p>{WORDS}</p></article></body></html>".encode()
HTML = "text/html; charset=utf-8"

ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, {"Content-Type": HTML}, PAGE),
    "/text": (200, {"Content-Type": "text/plain"}, WORDS.encode()),
    "/untyped": (200, {}, PAGE),
    "/latin": (200, {"Content-Type": "text/html; charset=ISO-8859-1"}, PAGE.replace(b"Tailspin", b"M\xfcller")),
    "/gzip": (200, {"Content-Type": HTML, "Content-Encoding": "gzip"}, gzip.compress(PAGE, mtime=0)),
    "/broken-gzip": (200, {"Content-Type": HTML, "Content-Encoding": "gzip"}, b"words, not gzip"),
    "/moved": (302, {"Location": "/page"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/elsewhere": (302, {"Location": "file:///a.txt"}, b""),
    "/missing": (404, {"Content-Type": HTML}, b"<html>no</html>"),
    "/odd": (599, {}, b""),
    "/pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF-"),
    "/empty": (200, {"Content-Type": HTML}, b""),
    "/huge": (200, {"Content-Type": HTML}, b"x" * 20_000_001),
    "/bomb": (200, {"Content-Type": HTML, "Content-Encoding": "gzip"}, gzip.compress(b"x" * 30_000_000, mtime=0)),
    "/short": (200, {"Content-Type": HTML, "Content-Length": "100000"}, PAGE),
    "/page?q=a%20b": (200, {"Content-Type": HTML}, PAGE),
}


class _Handler(BaseHTTPRequestHandler):
    agents: list[str]

    def do_GET(self) -> None:
        self.agents.append(self.headers["User-Agent"])
        if self.path == "/slow":
            time.sleep(1)
        status, headers, body = ANSWERS.get(self.path, ANSWERS["/missing"])
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):  # the reader stops where it has seen enough
            self.close_connection = True

    def log_message(self, *arguments: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def server() -> Iterator[str]:
    _Handler.agents = []
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as running:
        running.daemon_threads = True
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{running.server_port}"
        finally:
            running.shutdown()
            thread.join()


@pytest.mark.parametrize("path", ["/page", "/text", "/untyped", "/gzip", "/moved", "/page?q=a%20b"])
def test_pages(server: str, path: str) -> None:
    (document,) = read([server + path])
    assert isinstance(document, Document), document
    assert WORDS in document.text
    assert document.origin == server + path
    final = server + ("/page" if path == "/moved" else path)
    assert document.url == document.source == final
    assert all(agent.startswith("kg") for agent in _Handler.agents)


def test_encoding_of_the_header(server: str) -> None:
    (document,) = read([f"{server}/latin"])
    assert isinstance(document, Document)
    assert "Müller" in document.text


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/missing", "the server answers 404 Not Found; check the address"),
        ("/odd", "the server answers 599; check the address"),
        ("/loop", "redirects more than 5 times"),
        ("/elsewhere", "redirects to what is no http or https URL"),
        ("/pdf", "is application/pdf, not HTML or text"),
        ("/empty", "is empty"),
        ("/huge", "is over 20 MB"),
        ("/bomb", "is over 20 MB"),
        ("/broken-gzip", "cannot be unpacked"),
        ("/short", "the connection broke before the page was whole"),
    ],
)
def test_failures(server: str, path: str, problem: str) -> None:
    (error,) = read([server + path])
    assert isinstance(error, SourceError)
    assert str(error).startswith(f"{server}{path}: ")
    assert problem in str(error)
    assert "\n" not in str(error)


def test_a_server_that_does_not_answer_in_time(server: str) -> None:
    with pytest.raises(SourceError, match="does not answer in time"):
        web.fetch(f"{server}/slow", seconds=0.2)


def test_an_answer_that_never_ends(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MOST_SECONDS", -1.0)
    with pytest.raises(SourceError, match="takes longer than"):
        web.fetch(f"{server}/page")


def test_nobody_listens() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(SourceError, match="cannot be reached"):
        web.fetch(f"http://127.0.0.1:{port}/")


def test_unknown_name() -> None:
    with pytest.raises(SourceError, match=r"name is unknown|cannot be reached|in time"):
        web.fetch("http://no-such-host.invalid/", seconds=5)


@pytest.mark.parametrize("url", ["http://", "http://[::1", "http://a:port/", "https://\ud800/", "http://a b/"])
def test_no_url_at_all(url: str) -> None:
    with pytest.raises(SourceError):
        web.fetch(url, seconds=1)
