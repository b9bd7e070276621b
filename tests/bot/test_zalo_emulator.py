"""The emulated Zalo answers as the documents and the observers say, by whatever way it is asked."""

import json
from collections.abc import Mapping

import httpx
import pytest

from bot.channels.base import Delivered, Flaky, OutgoingFile
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_api import ZaloApi
from bot.channels.zalo_media import ZaloMedia
from bot.emulators.zalo import TOKEN, EmulatorTransport, Fault, ZaloServer
from tests.bot.zalo_line import HUNG, LAN, MONDAY, Line
from tests.bot.zalo_served import serving
from tests.fakes import FrozenClock

AAC = "https://x.vn/a.aac"


@pytest.fixture
def server() -> ZaloServer:
    clock = FrozenClock(MONDAY)
    pages = httpx.MockTransport(
        lambda _: httpx.Response(200, content=b"png", headers={"Content-Type": "image/png"})
    )
    server = ZaloServer(clock.now, reach=pages)
    server.introduce(LAN)
    return server


async def asked(
    server: ZaloServer, method: str, fields: Mapping[str, object] | None = None, **more: object
) -> tuple[int, dict[str, object]]:
    """Status and body of one call by POST and JSON."""
    async with httpx.AsyncClient(transport=EmulatorTransport(server)) as client:
        answer = await client.post(f"http://z/bot{TOKEN}/{method}", json={**(fields or {}), **more})
    return answer.status_code, json.loads(answer.content)


@pytest.mark.parametrize("method", ["sendmessage", "sendFile", "getFile", "editMessageText", "getme", "x"])
@pytest.mark.parametrize("status", [404, 400])
async def test_what_is_no_method(server: ZaloServer, method: str, status: int) -> None:
    server.switches.unknown_method = 404 if status == 404 else 400
    assert (await asked(server, method, chat_id=LAN, text="a"))[0] == status


@pytest.mark.parametrize(
    ("method", "fields"),
    [
        ("sendMessage", {"text": "a"}),
        ("sendMessage", {"chat_id": LAN}),
        ("sendMessage", {"chat_id": LAN, "text": ""}),
        ("sendMessage", {"chat_id": LAN, "text": " \n"}),
        ("sendMessage", {"chat_id": LAN, "text": "a" * 2001}),
        ("sendMessage", {"chat_id": LAN, "text": "🏥" * 1001}),
        ("sendMessage", {"chat_id": HUNG, "text": "a"}),
        ("sendPhoto", {"chat_id": LAN, "photo": "a.png"}),
        ("sendPhoto", {"chat_id": LAN, "photo": "https://x.vn/a.png", "caption": "a" * 2001}),
        ("sendSticker", {"chat_id": LAN}),
        ("sendVoice", {"chat_id": LAN, "voice_url": "https://x.vn/a.mp3"}),
        ("sendChatAction", {"chat_id": LAN, "action": "upload_photo"}),
        ("setWebhook", {"url": "http://x.vn/h", "secret_token": "s" * 8}),
        ("setWebhook", {"url": "https://localhost/h", "secret_token": "s" * 8}),
        ("setWebhook", {"url": "https://x.vn/h", "secret_token": "s" * 7}),
        ("deleteWebhook", {}),
    ],
)
async def test_what_is_refused(server: ZaloServer, method: str, fields: dict[str, object]) -> None:
    status, body = await asked(server, method, fields)
    assert (status, body["ok"], body["error_code"]) == (400, False, 400)
    assert server.ledger.sent() == []


@pytest.mark.parametrize(
    ("method", "fields"),
    [
        ("sendMessage", {"text": "a" * 2000}),
        ("sendMessage", {"text": "*đậm*", "parse_mode": "markdown"}),
        ("sendPhoto", {"photo": "https://x.vn/a.png", "caption": "Ảnh"}),
        ("sendSticker", {"sticker": "bfe4"}),
        ("sendVoice", {"voice_url": AAC}),
    ],
)
async def test_what_is_sent(server: ZaloServer, method: str, fields: dict[str, object]) -> None:
    status, body = await asked(server, method, fields, chat_id=LAN)
    assert status == 200
    assert isinstance(body["result"], dict)
    assert sorted(body["result"]) == ["date", "message_id"]
    assert [entry.method for entry in server.ledger.sent(LAN)] == [method]


async def test_typing_has_no_result(server: ZaloServer) -> None:
    assert await asked(server, "sendChatAction", chat_id=LAN, action="typing") == (200, {"ok": True})


async def test_voice_in_a_group_is_taken_and_does_not_arrive(server: ZaloServer) -> None:
    server.user_says("zgr-1", "@Bot", by=HUNG)
    assert (await asked(server, "sendVoice", chat_id="zgr-1", voice_url=AAC))[0] == 200
    assert server.view("zgr-1").from_bot() == []


async def test_buttons_are_taken_and_seen_by_nobody_but_us(server: ZaloServer) -> None:
    status, _ = await asked(server, "sendMessage", chat_id=LAN, text="a", reply_markup={"keyboard": []})
    assert status == 200
    assert server.ledger.entries[-1].unknown == ("reply_markup",)
    assert server.ledger.complaints == ["sendMessage with reply_markup: nobody sees it"]


async def test_before_there_ever_was_a_webhook(server: ZaloServer) -> None:
    expected = {"ok": False, "description": "Not Found", "error_code": 404}
    assert await asked(server, "getWebhookInfo") == (404, expected)


async def test_a_webhook_is_tried_told_and_taken_down(server: ZaloServer) -> None:
    _, body = await asked(server, "setWebhook", url="https://x.vn/h", secret_token="s" * 8)
    assert isinstance(body["result"], dict)
    assert body["result"]["verification"]["outcome"] == "webhook.ok"
    assert (await asked(server, "getUpdates", timeout=0))[0] == 400
    _, told = await asked(server, "getWebhookInfo")
    assert "s" * 8 not in json.dumps(told)
    assert (await asked(server, "deleteWebhook"))[0] == 200
    assert (await asked(server, "getUpdates", timeout="0"))[0] == 408


async def test_an_empty_poll_in_the_words_that_were_observed(server: ZaloServer) -> None:
    expected = {"ok": False, "description": "Request timeout", "error_code": 408}
    assert await asked(server, "getUpdates", timeout=0) == (408, expected)


async def test_every_way_to_hand_over_parameters(server: ZaloServer) -> None:
    address, fields = f"http://z/bot{TOKEN}/sendMessage", {"chat_id": LAN, "text": "ấm"}
    async with httpx.AsyncClient(transport=EmulatorTransport(server)) as client:
        for answer in (
            await client.get(address, params=fields),
            await client.post(address, data=fields),
            await client.post(address, files={"x": ("x", b"")}, data=fields),
            await client.post(address, json=fields),
        ):
            assert answer.status_code == 200
    assert [one.text for one in server.view(LAN).from_bot()] == ["ấm"] * 4


async def test_over_a_socket_as_in_memory(server: ZaloServer) -> None:
    async with serving(server) as address:
        channel = ZaloChannel(
            ZaloApi(TOKEN, address), ZaloMedia([address]), by_link=True, poll_timeout=0, poll_floor=0.0
        )
        line = Line(server, channel, FrozenClock(MONDAY))
        server.user_sends_photo(LAN, b"\xff\xd8")
        (photo,) = await line.hears()
        assert b"".join([piece async for piece in channel.fetch(photo.files[0])]) == b"\xff\xd8"
        assert isinstance(await line.says("chào"), Delivered)
        assert isinstance(await line.hands(OutgoingFile("a.pdf", "", url="https://x.vn/a")), Delivered)
        server.faults.add(Fault("sendMessage", drop=True, accepted=True))
        outcome = await line.says("đứt")
        assert isinstance(outcome, Flaky)
        assert not outcome.certain
        await channel.close()
    assert line.shown()[0] == "chào"
    assert line.shown()[-1] == "đứt"
