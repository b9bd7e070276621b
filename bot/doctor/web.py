"""Examines the public address, and where platforms post what comes in."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.config import Settings
from bot.doctor.check import Check, doubtful, good
from bot.doctor.reach import Resolve, Stage, ask, hindrance, resolve
from core.texts import doctor_web as texts

_OK = 200
_LONGEST = 120


def pages(settings: Settings, timeout: float, resolver: Resolve = resolve) -> Check:
    """The public address leads here; from inside a network that may not show, so it is never an error."""
    address = settings.web.address
    if not address:
        return good("web", texts.WEB_OFF)
    host = urlsplit(address).hostname or ""
    asked = ask(f"{address}/health", timeout=timeout, resolver=resolver)
    if asked.stage is not Stage.ANSWERED:
        return doubtful("web", hindrance(asked), texts.SEE_PROXY)
    if asked.status != _OK:
        return doubtful("web", texts.not_ours(host, asked.status), texts.START_WEB)
    return good("web", texts.found(host))


def hook(settings: Settings, channel: str, told: Mapping[str, object], *, wanted: bool) -> Check | None:
    """Where a platform posts, as it tells of its webhook; `None` where it is asked, as it should be."""
    set_to = str(told.get("url") or "")
    host = urlsplit(set_to).hostname or ""
    if wanted and set_to == f"{settings.web.address}/hook/{channel}":
        trouble = re.sub(r"[^\w .,:()-]", "", str(told.get("last_error_message") or ""))[:_LONGEST]
        if trouble:
            return doubtful("webhook", texts.hook_troubled(host, trouble), texts.SEE_PROXY)
        return good("webhook", texts.hook_here(host))
    if set_to:
        return doubtful("webhook", texts.hook_elsewhere(host), texts.ONE_PLACE)
    return doubtful("webhook", texts.HOOK_MISSING, texts.START_BOT) if wanted else None
