"""Bytes → text, never by guessing.

Plain text is UTF-8, or UTF-16 with its byte order mark. A page says its encoding in the HTTP header or a ``meta`` tag;
one that says nothing is UTF-8 or else Windows-1252, as browsers read it.
"""

from __future__ import annotations

import codecs
import re

from kg.errors import SourceError

_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_META = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_META_WITHIN = 4_096
_LATIN_SHARE = 0.5


def decode_text(data: bytes, source: str) -> str:
    """Return the text exactly as written, without a byte order mark; raises ``SourceError`` when it is undecodable."""
    for mark, encoding in _UTF16.items():
        if data.startswith(mark):
            return _decode_utf16(data[len(mark) :], encoding, source)
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        found = f"byte 0x{error.object[error.start]:02X} at offset {error.start + len(data) - len(error.object)}"
        raise SourceError(source, f"is not UTF-8 text ({found}); convert it to UTF-8") from None


def decode_markup(data: bytes, source: str, charset: str | None = None) -> str:
    """Return a page's markup, decoded as its HTTP header, its byte order mark or its own declaration says."""
    if data.startswith((codecs.BOM_UTF8, *_UTF16)):
        return decode_text(data, source)
    declared = _META.search(data, 0, _META_WITHIN)
    for name in (charset, declared and declared[1].decode("ascii"), "utf-8", "cp1252"):
        encoding = _known(name)
        if encoding:
            try:
                return data.decode(encoding)
            except UnicodeError:
                continue
    raise SourceError(source, "cannot be decoded as the text of any web page; save it as UTF-8")


def _decode_utf16(data: bytes, encoding: str, source: str) -> str:
    """Decode UTF-16, refusing what only by chance begins with its mark: hardly any character of it is Latin."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise SourceError(source, "is not the UTF-16 text that it begins as; convert it to UTF-8") from None
    if text and sum(character < "\u0250" for character in text) <= _LATIN_SHARE * len(text):
        raise SourceError(source, "is not readable UTF-16 text; convert it to UTF-8")
    return text


def _known(name: str | None) -> str | None:
    """Return the codec for a declared encoding, read as browsers do: Latin-1 and ASCII mean Windows-1252."""
    try:
        encoding = codecs.lookup(name).name if name else None
    except (LookupError, ValueError):
        return None
    if encoding in ("iso8859-1", "ascii"):
        return "cp1252"
    return encoding if encoding in _TEXT_ENCODINGS else None


_TEXT_ENCODINGS = frozenset(
    codecs.lookup(name).name
    for name in (
        *("utf-8", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
        *("iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-9"),
        *("iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "koi8-r", "koi8-u", "mac-roman"),
        *("gb2312", "gbk", "gb18030", "big5", "shift_jis", "euc-jp", "iso2022-jp", "euc-kr", "utf-16"),
    )
)
