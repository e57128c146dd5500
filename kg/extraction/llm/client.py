"""Messages → the model's answer, over ``POST {url}/chat/completions`` as OpenAI-compatible servers understand it.

Only the address that the user names is spoken to: no proxy of the environment, no redirect. The key comes from the
environment variable ``KG_LLM_API_KEY`` alone and is never sent unencrypted to another machine.
"""

from __future__ import annotations

import ipaddress
import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import urllib3
from urllib3 import exceptions

from kg.errors import ModelError, SourceError
from kg.version import version

KEY_VARIABLE = "KG_LLM_API_KEY"
SECONDS = 300.0
"""Longest wait for an answer, which a large model without a GPU may need minutes to write."""

SEED = 7
"""Servers that know seeds give the same answer to the same question, as far as temperature 0 alone does not."""

_CONNECT_SECONDS = 10.0
_ATTEMPTS = 5
_FIRST_PAUSE = 1.0  # seconds; each further pause is twice as long
_LONGEST_PAUSE = 60.0
_MOST_BYTES = 16_000_000
_PATH = "/chat/completions"
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_REFUSING = frozenset({400, 415, 422})
_LONGEST_REASON = 200

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model wrote; ``whole`` is false when it was cut off at the server's limit."""

    text: str
    whole: bool


class Client:
    """One model behind one endpoint.

    ``sleep`` is what waits between attempts. Raises ``ModelError`` for an address or a key that cannot be used.
    """

    def __init__(
        self, url: str, model: str, *, seconds: float = SECONDS, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.model = model
        self._address = _address(url)
        self._key = _key(self._address)
        self._sleep = sleep
        timeout = urllib3.Timeout(connect=min(_CONNECT_SECONDS, seconds), read=seconds)
        self._pool = urllib3.PoolManager(timeout=timeout, retries=False)
        # What servers understand differs: asked for strictly first, then loosely, then only by the instructions.
        self._formats: list[str] = ["json_schema", "json_object", "text"]
        self._settings: JSON = {"temperature": 0, "seed": SEED}

    def ask(self, source: str, messages: Sequence[Mapping[str, str]], schema: JSON, *, seed: int = SEED) -> Answer:
        """Return the model's answer to the messages, in the form of the schema where the server can see to that.

        Raises ``ModelError`` when no document will fare better (no such server, key or model), ``SourceError`` for
        ``source`` when this question was not answered.
        """
        body: JSON = {"model": self.model, "messages": list(messages), "stream": False}
        for position, kind in enumerate(self._formats):
            status, data = self._settled(source, {**body, **_response_format(kind, schema)}, seed)
            if status == HTTPStatus.OK:
                self._formats = self._formats[position:]
                return self._answer(source, data)
            if status not in _REFUSING:
                break
        raise self._refusal(source, status, data)

    def _settled(self, source: str, body: JSON, seed: int) -> tuple[int, bytes]:
        """Send with temperature and seed, but without those that the server says it does not take."""
        while True:
            settings = {**self._settings, "seed": seed} if "seed" in self._settings else self._settings
            status, data = self._post(source, json.dumps({**body, **settings}).encode())
            refused = [name for name in self._settings if status in _REFUSING and name in self._told(data)]
            if not refused:
                return status, data
            for name in refused:
                del self._settings[name]

    def _post(self, source: str, body: bytes) -> tuple[int, bytes]:
        """Send once, and again when the server is busy or fails, with pauses that grow."""
        for attempt in range(1, _ATTEMPTS + 1):
            pause = _FIRST_PAUSE * 2 ** (attempt - 1)
            try:
                status, data, wanted = self._send(body)
            except (exceptions.NewConnectionError, exceptions.ConnectTimeoutError, exceptions.SSLError) as error:
                raise ModelError(f"{self._address}: {_unreachable(error)}") from None
            except exceptions.ReadTimeoutError:
                raise self._failure(source, "gives no answer in time; try a smaller or faster model") from None
            except (exceptions.HTTPError, OSError):
                if attempt == _ATTEMPTS:
                    raise self._failure(source, "breaks the connection off again and again") from None
            else:
                if status not in _PASSING or attempt == _ATTEMPTS:
                    return status, data
                pause = pause if wanted is None else wanted
            self._sleep(min(pause, _LONGEST_PAUSE))
        raise AssertionError("the last attempt returns or raises")

    def _send(self, body: bytes) -> tuple[int, bytes, float | None]:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": f"kg/{version()}"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        response = self._pool.request(
            "POST", self._address, body=body, headers=headers, redirect=False, preload_content=False
        )
        try:
            data = response.read(_MOST_BYTES + 1)
            if len(data) > _MOST_BYTES:
                raise ModelError(
                    f"{self._address}: answers with more than {_MOST_BYTES // 10**6} MB; check the address"
                )
            return response.status, data, _seconds(response.headers.get("Retry-After"))
        finally:
            response.close()  # a response that was read to its end has given its connection back before

    def _answer(self, source: str, data: bytes) -> Answer:
        try:
            choice = json.loads(data)["choices"][0]
            text = choice["message"]["content"]
            reason = choice.get("finish_reason")
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
            raise ModelError(
                f"{self._address}: does not answer as an OpenAI-compatible server does; check --llm-url"
            ) from None
        if not isinstance(text, str):
            raise self._failure(source, "declines to answer for this article")
        return Answer(text, reason != "length")

    def _refusal(self, source: str, status: int, data: bytes) -> ModelError | SourceError:
        """The error for a status that is no answer: of the whole run, or of this document alone."""
        told = self._told(data)
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            wanted = f"set {KEY_VARIABLE}" if not self._key else f"check the key in {KEY_VARIABLE}"
            return ModelError(f"{self._address}: the server refuses access ({status}{told}); {wanted}")
        if status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
            return ModelError(
                f"{self._address}: the server has no such address or no model {self.model!r} ({status}{told}); "
                "check --llm-url and --llm-model"
            )
        if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
            return ModelError(f"{self._address}: the server redirects ({status}); give the final address as --llm-url")
        if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.PAYMENT_REQUIRED):
            return ModelError(f"{self._address}: the server allows no more requests ({status}{told}); try again later")
        return self._failure(source, f"answers {status}{told}")

    def _failure(self, source: str, problem: str) -> SourceError:
        return SourceError(source, f"not extracted, because the server at {self._address} {problem}")

    def _told(self, data: bytes) -> str:
        """What the server says is wrong, on one line, without the key."""
        try:
            error = json.loads(data)
            error = error.get("error", error)
            said = error.get("message", "") if isinstance(error, dict) else error
        except (ValueError, AttributeError, RecursionError):
            said = ""
        words = str(said or "")
        if self._key:  # before anything is cut off, lest a part of the key stay
            words = words.replace(self._key, "…")
        words = " ".join(words.split()).rstrip(".")[:_LONGEST_REASON]
        return f": {words}" if words else ""


def _address(url: str) -> str:
    """Return where to post to; raises ``ModelError`` for what is no http(s) URL or holds a password."""
    try:
        parts = urlsplit(url.strip())
        usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or any(character.isspace() for character in url.strip()):
        raise ModelError(f"{url!r} is no http or https URL; give --llm-url like http://127.0.0.1:8080/v1")
    if parts.username is not None or parts.password is not None:
        raise ModelError(f"the URL of the model holds a user name; leave it out and put a key into {KEY_VARIABLE}")
    if parts.query or parts.fragment:
        raise ModelError("the URL of the model has a query; give the address that /chat/completions stands under")
    path = parts.path.rstrip("/").removesuffix(_PATH)
    return f"{parts.scheme}://{parts.netloc}{path}{_PATH}"


def _key(address: str) -> str | None:
    """Return the key of the environment; raises ``ModelError`` when it would travel for all to read."""
    key = os.environ.get(KEY_VARIABLE, "").strip()
    if not key:
        return None
    if not (key.isascii() and key.isprintable()):
        raise ModelError(f"the key in {KEY_VARIABLE} has characters that no key has; set it again")
    parts = urlsplit(address)
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        raise ModelError(
            f"{address}: the key in {KEY_VARIABLE} would travel unencrypted; use an https URL, or unset {KEY_VARIABLE}"
        )
    return key


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _response_format(kind: str, schema: JSON) -> JSON:
    if kind == "json_schema":
        wanted: JSON = {"type": kind, "json_schema": {"name": "extraction", "strict": True, "schema": schema}}
        return {"response_format": wanted}
    return {"response_format": {"type": kind}} if kind == "json_object" else {}


def _seconds(header: str | None) -> float | None:
    """Return how long the server asks to wait, where it says so in seconds."""
    return float(header) if header is not None and header.isascii() and header.isdigit() else None


def _unreachable(error: Exception) -> str:
    if isinstance(error, exceptions.NameResolutionError):
        return "the server's name is unknown; check --llm-url and the network"
    if isinstance(error, exceptions.SSLError):
        return "the server has no valid certificate; check --llm-url"
    return "the server cannot be reached; check --llm-url, and that the server runs"
