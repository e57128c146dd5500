"""A server on this machine that speaks the chat completions protocol, and says what a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

JSON = dict[str, Any]


class Reply:
    """One HTTP answer: a status, the body's bytes, and headers."""

    def __init__(self, status: int, body: bytes = b"{}", **headers: str) -> None:
        self.status = status
        self.body = body
        self.headers = headers


def says(content: str | None, finish: str = "stop") -> Reply:
    """The answer of a model that writes this."""
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content}}
    return Reply(200, json.dumps({"object": "chat.completion", "choices": [choice]}).encode())


def finds(entities: list[JSON], facts: list[JSON]) -> Reply:
    """The answer of a model that found these."""
    return says(json.dumps({"entities": entities, "facts": facts}))


def fails(status: int, message: str = "", **headers: str) -> Reply:
    """An error as servers of this protocol tell it."""
    return Reply(status, json.dumps({"error": {"message": message}}).encode(), **headers)


class ChatServer:
    """What it was asked stands in ``asked`` (bodies) and ``heads`` (headers)."""

    def __init__(self, answer: Callable[[JSON], Reply]) -> None:
        self.answer = answer
        self.asked: list[JSON] = []
        self.heads: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.url = ""


@contextmanager
def serving(answer: Callable[[JSON], Reply] | list[Reply]) -> Iterator[ChatServer]:
    """Run a server within the block; a list of replies is given in order, the last one from then on."""
    if isinstance(answer, list):
        replies = list(answer)
        server = ChatServer(lambda _: replies.pop(0) if len(replies) > 1 else replies[0])
    else:
        server = ChatServer(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append(body)
            server.heads.append(dict(self.headers))
            server.paths.append(self.path)
            reply = server.answer(body)
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *arguments: object) -> None:
            """Keep the test's output clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        server.url = f"http://127.0.0.1:{running.server_port}/v1"
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            running.shutdown()
            thread.join()
