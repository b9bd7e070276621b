"""How the house speaks on Zalo: what goes out, what comes in, by polling and by webhook."""

import asyncio
import json
import logging
import time

import httpx
import pytest

from bot import logs
from bot.channels.base import Delivered, Outgoing, OutgoingFile, Rejected
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_api import ZaloApi, ZaloError
from bot.channels.zalo_media import ZaloMedia
from bot.emulators.zalo import TOKEN, EmulatorTransport, Fault
from core.joining import Entrance
from core.messages import Address, Choice, Message, split_message, utf16_length
from core.texts import plain
from tests.bot.restored import logging_restored
from tests.bot.zalo_line import HUNG, LAN, Line, a_line

LINK = "https://thidua.example.vn/tai/abc"
PICTURE = b"\x89PNG picture"


@pytest.fixture
def line() -> Line:
    return a_line()


def pages(content: bytes = PICTURE, *, status: int = 200, mime: str = "image/png") -> httpx.MockTransport:
    """Our web pages, as Zalo reaches them."""
    return httpx.MockTransport(
        lambda _request: httpx.Response(status, content=content, headers={"Content-Type": mime})
    )


# -------------------------------------------------------------------------------------------------- out


async def test_a_screen_is_written_out_and_nothing_unknown_goes_along(line: Line) -> None:
    screen = Message(title="Mức đạt", body="Chọn một.", rows=((Choice("a", "Đạt"),), (Choice("b", "Chưa"),)))
    outcome = await line.channel.deliver(Outgoing(Address("zalo", line.channel.bot, LAN), screen, turn=3))
    assert isinstance(outcome, Delivered)
    assert line.shown() == ["MỨC ĐẠT\n────────────\n\nChọn một.\n\n1. Đạt\n2. Chưa"]
    (sent,) = line.server.ledger.sent()
    assert (sent.method, sent.chat_id, sent.unknown) == ("sendMessage", LAN, ())
    assert outcome.receipt == sent.message_id
    assert line.server.ledger.complaints == []


async def test_a_page_of_ours_stands_below(line: Line) -> None:
    await line.says("Gửi tệp qua trang web.", url=LINK)
    assert line.shown() == [f"Gửi tệp qua trang web.\n\n{plain.page_at(LINK)}"]


async def test_what_shows_nothing_shows_a_mark(line: Line) -> None:
    assert isinstance(await line.says(" \u200b\n"), Delivered)
    assert line.shown() == [plain.NOTHING]


@pytest.mark.parametrize("upload", [0, 7])
async def test_the_longest_screen_goes_out_whole_with_its_choices_last(line: Line, upload: int) -> None:
    rows = tuple((Choice(f"k{place}", f"Lựa chọn thứ {place} 🏥 " * 3),) for place in range(9))
    screen = Message("Tiêu đề " * 9, "Đơn vị 🏥\n" * 900, "Gợi ý " * 9, rows=rows, upload=upload)
    parts = split_message(screen, line.channel.capabilities.text_limit)
    for part in parts:
        url = f"https://x.vn/{'a' * 240}" if part.upload else ""
        outgoing = Outgoing(Address("zalo", line.channel.bot, LAN), part, url=url)
        assert isinstance(await line.channel.deliver(outgoing), Delivered)
    shown = line.shown()
    assert max(map(utf16_length, shown)) <= 2000
    assert [("9. " in one) for one in shown] == [False] * (len(shown) - 1) + [True]


async def test_a_picture_goes_by_its_address_and_is_fetched_twice() -> None:
    line = a_line(reach=pages())
    file = OutgoingFile("so-do.png", "image/png", photo=True, url=LINK)
    assert isinstance(await line.hands(file), Delivered)
    (shown,) = line.server.view(LAN).from_bot()
    assert (shown.kind, shown.text, shown.data, shown.black) == ("photo", "so-do.png", PICTURE, False)
    await line.server.refetch_photos()
    assert line.server.ledger.complaints == []


async def test_a_picture_that_works_once_is_black_and_is_complained_of() -> None:
    answers = iter([httpx.Response(200, content=PICTURE, headers={"Content-Type": "image/png"})])
    line = a_line(reach=httpx.MockTransport(lambda _: next(answers, httpx.Response(410))))
    await line.hands(OutgoingFile("a.png", "image/png", photo=True, url=LINK))
    (shown,) = line.server.view(LAN).from_bot()
    assert shown.black
    assert line.server.ledger.complaints == [f"photo gone at its second fetching: {LINK}"]


async def test_a_picture_zalo_does_not_take_goes_as_where_to_find_it() -> None:
    line = a_line(reach=pages(status=302))
    assert isinstance(await line.hands(OutgoingFile("a.png", "image/png", photo=True, url=LINK)), Delivered)
    assert line.shown() == [plain.file_at("a.png", LINK)]


async def test_a_document_goes_as_where_to_find_it(line: Line) -> None:
    file = OutgoingFile("biên bản.docx", "application/msword", url=LINK)
    assert isinstance(await line.hands(file), Delivered)
    assert line.shown() == [f"Tệp «biên bản.docx», tải về tại: {LINK}"]


async def test_a_file_without_an_address_cannot_go(line: Line) -> None:
    assert isinstance(await line.hands(OutgoingFile("a.docx", "", b"content")), Rejected)
    assert line.shown() == []


def test_files_go_only_where_there_is_a_page_to_fetch_them_from() -> None:
    bare, linked = a_line(by_link=False).channel.capabilities, a_line().channel.capabilities
    assert (bare.files_out, bare.files_by_link) == (False, False)
    assert (linked.files_out, linked.files_by_link) == (True, True)
    assert (bare.buttons, bare.edits, bare.files_in, bare.metered) == (False, False, False, True)


async def test_typing_while_a_photo_is_taken_in_and_never_else(line: Line) -> None:
    line.server.user_sends_photo(LAN, b"\xff\xd8")
    (photo,) = await line.hears()
    await line.channel.acknowledge("", photo)
    assert line.server.view(LAN).typing
    line.server.user_says(LAN, "chào")
    (text,) = await line.hears()
    line.server.ledger.clear()
    await line.channel.acknowledge("", text)
    assert line.server.ledger.counts == {}


async def test_who_the_bot_is(line: Line) -> None:
    assert await line.channel.introduce() == "Emulated Zalo bot"
    assert line.channel.bot == TOKEN.partition(":")[0]
    address = f"https://bot.zaloplatforms.com/bots/{line.channel.bot}"
    assert line.channel.entrance == Entrance("Emulated Zalo bot", address)


# --------------------------------------------------------------------------------------------------- in


async def test_an_empty_poll_is_no_trouble(line: Line) -> None:
    assert await line.channel.poll() == []


async def test_what_could_not_be_stored_is_told_again_though_zalo_has_forgotten_it(line: Line) -> None:
    line.server.user_says(LAN, "một")
    first = await line.channel.poll()
    assert not line.server.waiting
    assert await line.channel.poll() == first
    line.channel.confirm(first)
    assert await line.channel.poll() == []


async def test_a_message_told_again_and_again_is_known_again(line: Line) -> None:
    line.server.switches.poll = "replay"
    line.server.switches.replay_reads = 4
    line.server.user_says(LAN, "một")
    line.server.user_says(LAN, "hai")
    heard = await line.hears()
    assert [one.text for one in heard] == ["một"] * 4 + ["hai"] * 4
    assert len({one.external_id for one in heard}) == 2


async def test_polls_keep_their_distance() -> None:
    line = a_line()
    channel = ZaloChannel(
        ZaloApi(TOKEN, transport=EmulatorTransport(line.server)), ZaloMedia(), poll_timeout=0, poll_floor=0.1
    )
    began = time.monotonic()
    for _ in range(3):
        await channel.poll()
    assert time.monotonic() - began >= 0.2


async def test_a_poll_waits_for_what_comes(line: Line) -> None:
    line.server.switches.poll_cap = 5.0
    channel = ZaloChannel(ZaloApi(TOKEN, transport=EmulatorTransport(line.server)), ZaloMedia())

    async def writes() -> None:
        await asyncio.sleep(0.01)
        line.server.user_says(LAN, "vừa viết")

    async with asyncio.timeout(2):
        arrivals, _ = await asyncio.gather(channel.poll(), writes())
    assert len(arrivals) == 1


async def test_two_pollers_take_from_each_other(line: Line) -> None:
    for place in range(4):
        line.server.user_says(LAN, str(place))
    other = ZaloChannel(ZaloApi(TOKEN, transport=EmulatorTransport(line.server)), ZaloMedia(), poll_timeout=0)
    mine, theirs = await line.channel.poll(), await other.poll()
    assert {one.external_id for one in mine}.isdisjoint(one.external_id for one in theirs)


@pytest.mark.parametrize(
    ("method", "refused"), [("getUpdates", 401), ("getUpdates", 502), ("getUpdates", 429)]
)
async def test_a_poll_that_fails_says_so_without_the_token(line: Line, method: str, refused: int) -> None:
    line.server.faults.add(Fault(method, status=refused))
    with pytest.raises(ZaloError) as caught:
        await line.channel.poll()
    assert caught.value.code == refused
    assert "Emulated" not in repr(caught.value) + str(caught.value)


async def test_nothing_of_a_broken_line_tells_the_token(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    line.server.outage = True
    with pytest.raises(ZaloError) as caught:
        await line.channel.poll()
    assert caught.value.__cause__ is caught.value.__context__ is None
    assert "Emulated" not in f"{caught.value!r}{vars(caught.value)}{caplog.text}{line.channel!r}"


async def test_the_log_blacks_out_the_token(line: Line) -> None:
    """Httpx writes every address into its log; the log holds it back, and knows the token besides."""
    with logging_restored():
        redactor = logs.configure(secrets=[TOKEN])
        assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
        assert redactor(f"POST https://bot-api.zaloplatforms.com/bot{TOKEN}/getMe").count(TOKEN) == 0
    await line.channel.introduce()


# ---------------------------------------------------------------------------------------------- webhook

HOOK, SECRET = "https://thidua.example.vn/zalo", "bi-mat-rat-dai"


class Postbox:
    """Our web application, as far as Zalo's posts go: what came is kept."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("X-Bot-Api-Secret-Token") != SECRET:
            return httpx.Response(403)
        self.bodies.append(request.content)
        return httpx.Response(200)


@pytest.mark.parametrize("shape", ["flat", "enveloped"])
async def test_posted_messages_are_the_same_as_polled_ones(shape: str) -> None:
    postbox = Postbox()
    line = a_line(reach=httpx.MockTransport(postbox))
    line.server.switches.webhook_shape = "flat" if shape == "flat" else "enveloped"
    line.server.switches.duplicates = 2
    await line.channel.hook(HOOK, SECRET)
    line.server.user_says(LAN, "chào")
    (event,) = line.server.waiting
    await line.server.pump()

    trial, first, second = [line.channel.arrival(body) for body in postbox.bodies]
    assert trial is None
    assert first == second
    assert first is not None
    line.server.webhook = ""
    line.server.redeliver([event])
    assert await line.channel.poll() == [first]
    assert [one.status for one in line.server.ledger.posted] == [200, 200, 200]


async def test_posted_with_another_secret_nothing_is_taken() -> None:
    postbox = Postbox()
    line = a_line(reach=httpx.MockTransport(postbox))
    await line.channel.hook(HOOK, SECRET)
    line.server.switches.webhook_secret = "khac"
    line.server.user_says(LAN, "chào")
    await line.server.pump()
    assert [one.status for one in line.server.ledger.posted] == [200, 403]
    assert len(postbox.bodies) == 1


async def test_events_posted_in_any_order_keep_their_own_moments() -> None:
    postbox = Postbox()
    line = a_line(reach=httpx.MockTransport(postbox))
    await line.channel.hook(HOOK, SECRET)
    line.server.switches.out_of_order = True
    for text in ("một", "hai"):
        line.server.user_says(LAN, text)
        line.clock.move(seconds=5)
    await line.server.pump()
    meant = [line.channel.parse(one.raw) for body in postbox.bodies if (one := line.channel.arrival(body))]
    assert [one.text for one in sorted(filter(None, meant), key=lambda one: one.sent_at)] == ["một", "hai"]
    assert [one.text for one in meant if one] == ["hai", "một"]


async def test_an_address_that_zalo_cannot_reach_is_kept_all_the_same(line: Line) -> None:
    line = a_line(reach=httpx.MockTransport(lambda _: httpx.Response(403)))
    await line.channel.hook(HOOK, SECRET)
    assert line.server.webhook == HOOK


async def test_a_webhook_told_too_often_in_a_day_stays_where_it_is(line: Line) -> None:
    too_often = Fault("setWebhook", raw=b'{"ok":false,"errorCode":426}', status=426, times=2)
    await line.channel.hook("https://thidua.example.vn/hook/zalo", "s" * 43)
    line.server.faults.add(too_often)
    await line.channel.hook("https://thidua.example.vn/hook/zalo", "s" * 43)
    with pytest.raises(ZaloError, match="426"):
        await line.channel.hook("https://elsewhere.example.vn/hook/zalo", "s" * 43)


@pytest.mark.parametrize("secret", ["", "ngan", "d" * 257])
async def test_a_secret_of_the_wrong_length_is_refused(line: Line, secret: str) -> None:
    with pytest.raises(ZaloError) as caught:
        await line.channel.hook(HOOK, secret)
    assert caught.value.code == 400


async def test_a_webhook_left_behind_is_taken_down_by_polling(line: Line) -> None:
    line = a_line(reach=httpx.MockTransport(Postbox()))
    await line.channel.hook(HOOK, SECRET)
    line.server.user_says(LAN, "chào")
    with pytest.raises(ZaloError):
        await line.channel.poll()
    assert [one.text for one in await line.hears()] == ["chào"]


async def test_a_poll_refused_for_another_reason_takes_nothing_down(line: Line) -> None:
    line.server.faults.add(Fault("getUpdates", status=400))
    with pytest.raises(ZaloError):
        await line.channel.poll()
    assert line.server.ledger.counts["deleteWebhook"] == 0
    assert line.server.ledger.counts["getWebhookInfo"] == 1


@pytest.mark.parametrize("body", [b"", b" \n", b"{}", b"[]", b"null", b'{"ok":true,"result":{}}'])
def test_a_trial_of_the_address_brings_nothing(line: Line, body: bytes) -> None:
    assert line.channel.arrival(body) is None


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_not_written_as_zalo_writes_is_a_value_error(line: Line, body: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        line.channel.arrival(body)


async def test_groups_are_not_spoken_in(line: Line) -> None:
    line.server.user_says("zgr-1", "@Bot mẫu chào", by=HUNG)
    line.server.user_says("zgr-1", "không nhắc tới bot", by=HUNG, mentions=False)
    assert len(line.server.waiting) == 1
    assert await line.hears() == []
    assert line.channel.crowd("zgr-1")


async def test_a_protected_person_is_told_that_nothing_can_be_read(line: Line) -> None:
    line.server.add_person(HUNG, "Hùng", protected=True)
    line.server.user_says(HUNG, "chào")
    (heard,) = await line.hears()
    assert (heard.unsupported, heard.text) == (True, "")


async def test_raw_events_are_kept_flat(line: Line) -> None:
    line.server.user_says(LAN, "chào")
    (arrival,) = await line.channel.poll()
    assert sorted(json.loads(arrival.raw)) == ["event_name", "message"]
