"""The doctor and the public address: who answers there, and where platforms post."""

from collections.abc import Iterator

import pytest

from bot.config import Settings, Web
from bot.doctor.check import Level
from bot.doctor.web import hook, pages
from core.texts import doctor_web as texts
from tests.bot.servers import Api, an_api

ADDRESS = "https://thidua.example.vn"
OURS, THEIRS = f"{ADDRESS}/hook/zalo", "https://other.example/secret"


@pytest.fixture
def api() -> Iterator[str]:
    """Address of something that answers."""
    with an_api() as address:
        yield address


@pytest.mark.parametrize(("status", "level"), [(200, Level.OK), (502, Level.WARNING), (404, Level.WARNING)])
def test_the_public_address_is_asked_whether_all_is_well(api: str, status: int, level: Level) -> None:
    Api.answers = {"health": (status, "ok")}
    assert pages(Settings(web=Web.model_construct(address=f"{api}/thidua")), 0.5).level is level
    assert Api.asked == ["/thidua/health"]


def test_an_address_nobody_answers_at_is_doubtful_and_none_is_well() -> None:
    found = pages(Settings(web=Web.model_construct(address="http://127.0.0.1:9")), 0.5)
    assert (found.level, found.next) == (Level.WARNING, texts.SEE_PROXY)
    assert pages(Settings(), 0.5).said == texts.WEB_OFF


@pytest.mark.parametrize(
    ("told", "wanted", "said"),
    [
        ({"url": ""}, False, ""),
        ({}, False, ""),
        ({"url": THEIRS}, False, texts.hook_elsewhere("other.example")),
        ({"url": THEIRS}, True, texts.hook_elsewhere("other.example")),
        ({"url": OURS}, False, texts.hook_elsewhere("thidua.example.vn")),
        ({"url": OURS}, True, texts.hook_here("thidua.example.vn")),
        (
            {"url": OURS, "last_error_message": "Wrong response: 502 <x>"},
            True,
            texts.hook_troubled("thidua.example.vn", "Wrong response: 502 x"),
        ),
        ({"url": ""}, True, texts.HOOK_MISSING),
    ],
)
def test_where_a_platform_posts(*, told: dict[str, object], wanted: bool, said: str) -> None:
    found = hook(Settings(web=Web(address=ADDRESS)), "zalo", told, wanted=wanted)
    assert (found.said if found else "") == said
    assert found is None or (found.level is Level.OK) == (said == texts.hook_here("thidua.example.vn"))
