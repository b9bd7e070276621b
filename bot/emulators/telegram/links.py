"""Addresses of links, accepted or refused as Telegram does."""

from __future__ import annotations

import re

from bot.emulators.telegram.errors import ApiError

_HTTP_URL = re.compile(r"^(?:(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://)?(?P<host>[^/?#\s]+)(?P<rest>\S*)$")
_LINK_SCHEMES = frozenset({"http", "https", "tg", "ton", "tonsite"})


def checked_url(url: str, what: str) -> str:
    """The address as Telegram keeps it. Raises ApiError for what is not an address."""
    match = _HTTP_URL.match(url)
    if match is None:
        reason = "URL host is empty" if not url.strip() else "Wrong HTTP URL"
        raise ApiError.bad_request(f"{what} '{url}' is invalid: {reason}")
    scheme = (match["scheme"] or "http").lower()
    if scheme not in _LINK_SCHEMES:
        raise ApiError.bad_request(f"{what} '{url}' is invalid: Unsupported URL protocol")
    host = match["host"].lower()
    named = host.rpartition("@")[2].partition(":")[0]
    if scheme in {"http", "https"} and "." not in named and named != "localhost":
        raise ApiError.bad_request(f"{what} '{url}' is invalid: Wrong HTTP URL")
    rest = match["rest"] or ("/" if scheme in {"http", "https"} else "")
    return f"{scheme}://{host}{rest if rest.startswith('/') or not rest else '/' + rest}"
