"""The one place where text from outside is made safe for the page.

Names, titles and quotes are hostile until they have passed here: they enter the page as JSON in a data block or as HTML
text. The scripts of the page then make text nodes of them, never markup.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

# Explicit embeddings, overrides and isolates can make text read other than it is written; control characters and halves
# of surrogate pairs cannot be shown at all. The plain direction marks of Arabic and Hebrew text are left alone.
_BIDI_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_UNSAFE_IN_SCRIPT = re.compile("[<>&\u2028\u2029]")


def shown(text: str) -> str:
    """Return the text as a reader may see it: direction controls spelt out (``⟨U+202E⟩``), the unshowable replaced."""
    return _UNSHOWABLE.sub("\ufffd", _BIDI_CONTROL.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text))


def html_text(text: str) -> str:
    """Return the text escaped for HTML content and for double-quoted attribute values."""
    return html.escape(shown(text), quote=True)


def script_json(value: object) -> str:
    """Return the value as JSON for a ``<script type="application/json">`` block, safe whatever its strings hold."""
    text = json.dumps(_shown_all(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return _UNSAFE_IN_SCRIPT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def web_link(url: str | None) -> str | None:
    """Return the URL when it is an ``http`` or ``https`` one that can be linked to, otherwise ``None``."""
    if not url or _UNSHOWABLE.search(url) or _BIDI_CONTROL.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _shown_all(value: object) -> object:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, Mapping):
        return {shown(str(key)): _shown_all(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_shown_all(item) for item in value]
    return value
