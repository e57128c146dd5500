"""A URL that the user names → its bytes. Nothing else in ``kg`` reaches the network."""

from __future__ import annotations

import time
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3 import exceptions

from kg.documents.checks import MOST_MARKUP
from kg.errors import SourceError
from kg.version import version

SECONDS = 15.0
"""Longest wait for a connection, and for each further piece of the answer."""

MOST_SECONDS = 60.0
"""Longest time that one whole answer may take."""

_REDIRECTS = 5
_PIECE = 65_536
_NO_URL = "is no URL that can be fetched; check how it is written"
_MARKUP_TYPES = ("text/html", "application/xhtml+xml")
_TYPES = (*_MARKUP_TYPES, "text/plain", "text/markdown", "text/x-markdown")


# The first kind that fits counts: a refused connection is a timeout to urllib3 as well.
_REASONS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (exceptions.NameResolutionError, "the server's name is unknown; check the address and the network"),
    (exceptions.NewConnectionError, "the server cannot be reached; check the address and the network"),
    (exceptions.TimeoutError, "the server does not answer in time; try again later"),
    (exceptions.SSLError, "the server has no valid certificate; check the address"),
    (exceptions.LocationValueError, _NO_URL),
    (exceptions.DecodeError, "the server's answer cannot be unpacked; try again later"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a web server answered: the data, the URL after redirects, the media type and encoding that it named."""

    data: bytes
    url: str
    media_type: str | None
    charset: str | None

    @property
    def is_html(self) -> bool:
        """Whether the server says that this is HTML."""
        return self.media_type in _MARKUP_TYPES


def fetch(url: str, seconds: float = SECONDS) -> Page:
    """Return what the server has at this ``http(s)`` URL, following at most five redirects.

    Raises ``SourceError`` when the server cannot be reached, answers with an error, takes too long, or has something
    other than HTML or text of at most 20 MB.
    """
    timeout = urllib3.Timeout(connect=seconds, read=seconds)
    headers = {"User-Agent": _user_agent(), "Accept": ", ".join(_TYPES), "Accept-Encoding": "gzip, deflate"}
    try:
        with urllib3.PoolManager(timeout=timeout, retries=False, headers=headers) as pool:
            return _follow(pool, url)
    except exceptions.HTTPError as error:
        raise SourceError(url, _reason(error)) from None
    except (OSError, ValueError):
        raise SourceError(url, _NO_URL) from None


def _follow(pool: urllib3.PoolManager, url: str) -> Page:
    """Return the page at the end of the redirects; they may only lead to other ``http(s)`` URLs."""
    address = url
    for _ in range(_REDIRECTS + 1):
        response = pool.request("GET", address, preload_content=False, redirect=False)
        try:
            location = response.get_redirect_location()
            if not location:
                return _page(response, url, address)
        finally:
            response.close()
        address = urljoin(address, location)
        if urlsplit(address).scheme not in ("http", "https"):
            raise SourceError(url, "the server redirects to what is no http or https URL; check the address")
    raise SourceError(url, f"the server redirects more than {_REDIRECTS} times; check the address")


def _page(response: urllib3.BaseHTTPResponse, url: str, address: str) -> Page:
    if response.status >= HTTPStatus.BAD_REQUEST:
        raise SourceError(url, f"the server answers {_status(response.status)}; check the address")
    header = Message()
    header["Content-Type"] = response.headers.get("Content-Type") or ""
    media_type = header.get_content_type() if header["Content-Type"] else None
    if media_type is not None and media_type not in _TYPES:
        raise SourceError(url, f"is {media_type}, not HTML or text; save the article as text and give the file")
    return Page(_body(response, url), address, media_type, header.get_content_charset())


def _body(response: urllib3.BaseHTTPResponse, url: str) -> bytes:
    deadline = time.monotonic() + MOST_SECONDS
    data = bytearray()
    while piece := response.read1(_PIECE, decode_content=True):
        data += piece
        if len(data) > MOST_MARKUP:
            raise SourceError(url, f"is over {MOST_MARKUP // 1_000_000} MB; save the article alone and give the file")
        if time.monotonic() > deadline:
            raise SourceError(url, f"takes longer than {MOST_SECONDS:.0f} seconds; try again later")
    return bytes(data)


def _status(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


def _reason(error: exceptions.HTTPError) -> str:
    for kinds, reason in _REASONS:
        if isinstance(error, kinds):
            return reason
    return "the connection broke before the page was whole; try again later"


def _user_agent() -> str:
    return f"kg/{version()}"
