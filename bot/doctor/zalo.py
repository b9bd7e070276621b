"""Examines whether Zalo answers to the token.

Nobody is asked for messages: on Zalo that could take them from the bot that runs. So whether another
program polls with the same token cannot be seen from here.
"""

import re
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.config import Settings
from bot.config_channels import Zalo
from bot.doctor.check import Check, bad, doubtful, good
from bot.doctor.reach import Reached, Resolve, Stage, ask, hindrance, resolve
from bot.doctor.web import hook
from core.texts import doctor as texts

_TOKEN = re.compile(r"\d+:\S{8,}", re.ASCII)
_UNAUTHORIZED, _NOT_FOUND, _SERVER_ERRORS = 401, 404, 500


def zalo(settings: Settings, timeout: float, resolver: Resolve = resolve) -> Iterator[Check]:
    """The token is good; if not, whether it is the token or the way there."""
    channel = settings.zalo
    if channel.token is None:
        yield good("zalo", texts.ZALO_OFF)
        return
    token = channel.token.get_secret_value()
    if not _TOKEN.fullmatch(token):
        yield bad("zalo", texts.ACCESS_MISTYPED, texts.RENEW_ZALO)
        return
    began = time.monotonic()
    me = ask(f"{channel.base_url.rstrip('/')}/bot{token}/getMe", timeout=timeout, resolver=resolver)
    took = round((time.monotonic() - began) * 1000)
    found = _judged(me, took)
    server = None if channel.base_url == Zalo().base_url else urlsplit(channel.base_url).hostname
    yield Check(found.name, found.level, texts.by_way_of(found.said, server, proxy=False), found.next)
    if not _told(me):
        return
    asked = ask(
        f"{channel.base_url.rstrip('/')}/bot{token}/getWebhookInfo", timeout=timeout, resolver=resolver
    )
    if posts := hook(settings, "zalo", _told(asked), wanted=channel.webhook):
        yield posts


def _judged(me: Reached, took: int) -> Check:
    """What an answer to getMe, or its absence, means."""
    if me.stage is not Stage.ANSWERED:
        return bad("zalo", hindrance(me), texts.ZALO_BLOCKED)
    if told := _told(me):
        return good("zalo", texts.zalo_found(str(told.get("account_name", "")), took))
    # One observer met a wrong token answered without JSON.
    if me.status in {_UNAUTHORIZED, _NOT_FOUND}:
        return bad("zalo", texts.ZALO_REFUSED, texts.RENEW_ZALO)
    if me.status >= _SERVER_ERRORS:
        return doubtful("zalo", texts.strange_answer(me.status), texts.CHECK_LATER)
    return bad("zalo", texts.strange_answer(me.status), texts.CHECK_ZALO_URL)


def _told(reached: Reached) -> dict[str, object]:
    content = reached.content if isinstance(reached.content, dict) else {}
    result = content.get("result")
    return dict(result) if content.get("ok") is True and isinstance(result, dict) else {}
