"""The doctor and Zalo: a wrong token is told apart from a blocked way, and no message is taken."""

from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from bot.config import Settings, Zalo
from bot.doctor.check import Check, Level
from bot.doctor.diagnose import as_json, as_text
from bot.doctor.zalo import zalo
from core.texts import doctor as texts
from tests.bot.servers import Api, an_api

SECRET = "canary-canary-canary"
TOKEN = f"4100000000000000001:{SECRET}"
ME = {"ok": True, "error_code": 0, "result": {"id": "41", "account_name": "bot.mau", "account_type": "BASIC"}}
NONE_SET = {"ok": False, "description": "Not Found", "error_code": 404}


@pytest.fixture
def api() -> Iterator[str]:
    """Address of a running Bot API."""
    with an_api() as address:
        Api.answers = {"getMe": (200, ME), "getWebhookInfo": (404, NONE_SET)}
        yield address


def asked(base_url: str, token: str = TOKEN) -> list[Check]:
    settings = Settings(zalo=Zalo(token=SecretStr(token), base_url=base_url))
    found = list(zalo(settings, 0.5))
    assert SECRET not in as_text(found) + as_json(found)
    return found


def test_a_good_token_names_its_bot_and_no_message_is_asked_for(api: str) -> None:
    (found,) = asked(api)
    assert (found.name, found.level) == ("zalo", Level.OK)
    assert found.said.startswith("kết nối được, bot là bot.mau, ")
    assert Api.asked == [f"/bot{TOKEN}/getMe", f"/bot{TOKEN}/getWebhookInfo"]


def test_without_a_token_it_is_off_and_that_is_well() -> None:
    assert list(zalo(Settings(), 0.5)) == [Check("zalo", Level.OK, texts.ZALO_OFF)]


@pytest.mark.parametrize(
    ("answer", "level", "said"),
    [
        ((401, {"ok": False, "error_code": 401}), Level.ERROR, texts.ZALO_REFUSED),
        ((401, "<html>"), Level.ERROR, texts.ZALO_REFUSED),
        ((502, "<html>"), Level.WARNING, texts.strange_answer(502)),
        ((200, "<html>"), Level.ERROR, texts.strange_answer(200)),
        ((200, {"ok": False}), Level.ERROR, texts.strange_answer(200)),
    ],
)
def test_what_else_may_answer(api: str, answer: tuple[int, object], level: Level, said: str) -> None:
    Api.answers["getMe"] = answer
    (found,) = asked(api)
    assert (found.level, found.said) == (level, f"{said} (máy chủ riêng 127.0.0.1)")


def test_a_token_of_another_shape_asks_nobody(api: str) -> None:
    (found,) = asked(api, token="not a token")
    assert (found.level, found.said) == (Level.ERROR, texts.ACCESS_MISTYPED)
    assert Api.asked == []


def test_nobody_there_is_no_wrong_token() -> None:
    (found,) = asked("http://127.0.0.1:1")
    assert (found.level, found.next) == (Level.ERROR, texts.ZALO_BLOCKED)


def test_messages_posted_elsewhere_are_told(api: str) -> None:
    Api.answers["getWebhookInfo"] = (200, {"ok": True, "result": {"url": "https://khac.vn/hook"}})
    _, found = asked(api)
    assert (found.name, found.level) == ("webhook", Level.WARNING)
    assert "khac.vn" in found.said
