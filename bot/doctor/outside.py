"""Examines who must answer from outside: Telegram and the virus scanner."""

import asyncio
import re
import time
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from bot.config import Settings, Telegram
from bot.doctor.check import Check, bad, doubtful, good
from bot.doctor.reach import Reached, Resolve, Stage, ask, hindrance, resolve
from bot.doctor.web import hook
from bot.inspection.clamd import Clamd, ScannerDownError
from core.texts import doctor as texts

SKEW = 60
"""Seconds the clock may differ from the server's."""

_TOKEN = re.compile(r"\d+:[\w-]{20,}", re.ASCII)
_OFFICIAL = Telegram().base_url
_UNAUTHORIZED, _NOT_FOUND, _SERVER_ERRORS = 401, 404, 500


def scanner(settings: Settings, timeout: float) -> Check:
    """The scanner answers, if there is to be one."""
    clamav = settings.evidence.clamav
    if clamav.socket is None:
        return good("scanner", texts.SCANNER_OFF)
    try:
        asyncio.run(Clamd(clamav.socket, timeout).ping())
    except ScannerDownError as error:
        waits = clamav.policy == "required"
        told = texts.scanner_down(str(error), waits=waits)
        return (bad if waits else doubtful)("scanner", told, texts.START_SCANNER)
    return good("scanner", texts.SCANNER_FOUND)


def telegram(
    settings: Settings, now: datetime, program: str, timeout: float, resolver: Resolve = resolve
) -> Iterator[Check]:
    """The token is good; if not, whether it is the token or the way there."""
    channel = settings.telegram
    renew = texts.renew_token(f"{program} init")
    if channel.token is None:
        served = settings.zalo.token is not None
        off = doubtful("telegram", texts.TELEGRAM_OFF, f"{program} init")
        yield good("telegram", texts.TELEGRAM_OFF) if served else off
        return
    token = channel.token.get_secret_value()
    if not _TOKEN.fullmatch(token):
        yield bad("telegram", texts.ACCESS_MISTYPED, renew)
        return
    proxy = channel.proxy.get_secret_value() if channel.proxy is not None else None
    began = time.monotonic()
    me = ask(f"{channel.base_url}{token}/getMe", timeout=timeout, proxy=proxy, resolver=resolver)
    took = round((time.monotonic() - began) * 1000)
    server = None if channel.base_url == _OFFICIAL else urlsplit(channel.base_url).hostname
    found = _judged(me, took, renew, direct=proxy is None)
    yield Check(
        found.name, found.level, texts.by_way_of(found.said, server, proxy=proxy is not None), found.next
    )
    skew = _skew(me, now)
    if skew > SKEW:
        yield doubtful("clock", texts.clock_off(skew), texts.SET_CLOCK)
    if _name(me):
        asked = ask(
            f"{channel.base_url}{token}/getWebhookInfo", timeout=timeout, proxy=proxy, resolver=resolver
        )
        if posts := hook(settings, "telegram", _result(asked), wanted=channel.webhook):
            yield posts


def bot_name(settings: Settings, timeout: float) -> str:
    """The bot's own name on Telegram; nothing when it cannot be asked."""
    channel = settings.telegram
    if channel.token is None:
        return ""
    proxy = channel.proxy.get_secret_value() if channel.proxy is not None else None
    return _name(
        ask(f"{channel.base_url}{channel.token.get_secret_value()}/getMe", timeout=timeout, proxy=proxy)
    )


def _judged(me: Reached, took: int, renew: str, *, direct: bool) -> Check:
    """What an answer to getMe, or its absence, means."""
    blocked = texts.NETWORK_BLOCKED if direct else texts.CHECK_PROXY
    if me.stage is not Stage.ANSWERED:
        return bad("telegram", hindrance(me), blocked)
    return _judged_answer(me, took, renew)


def _judged_answer(me: Reached, took: int, renew: str) -> Check:
    if name := _name(me):
        return good("telegram", texts.telegram_found(name, took))
    is_bot_api = isinstance(me.content, dict) and "ok" in me.content
    # Telegram answers 404 to a token whose number it does not know, 401 to a wrong secret.
    if is_bot_api and me.status in {_UNAUTHORIZED, _NOT_FOUND}:
        return bad("telegram", texts.TELEGRAM_REFUSED, renew)
    if me.status >= _SERVER_ERRORS:
        return doubtful("telegram", texts.strange_answer(me.status), texts.CHECK_LATER)
    return bad("telegram", texts.strange_answer(me.status), texts.CHECK_BASE_URL)


def _result(reached: Reached) -> dict[str, object]:
    if isinstance(reached.content, dict) and isinstance(reached.content.get("result"), dict):
        return dict(reached.content["result"])
    return {}


def _name(me: Reached) -> str:
    name = _result(me).get("username")
    return name if isinstance(name, str) and re.fullmatch(r"\w{1,64}", name) else ""


def _skew(me: Reached, now: datetime) -> int:
    """Seconds between the two clocks; nought when the server does not say."""
    try:
        there = parsedate_to_datetime(me.date)
        return abs(round((there - now).total_seconds()))
    except (ValueError, TypeError):
        return 0
