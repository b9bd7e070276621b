"""What each of Zalo's refusals means for a message on its way."""

import pytest

from bot.channels.base import (
    Delivered,
    Delivery,
    Exhausted,
    Flaky,
    Misconfigured,
    OutgoingFile,
    Rejected,
    Unreachable,
)
from bot.channels.zalo import classify
from bot.channels.zalo_api import ZaloError
from bot.emulators.zalo import BAD_GATEWAY, Fault, Switches
from tests.bot.zalo_line import HUNG, LAN, Line, a_line


@pytest.fixture
def line() -> Line:
    return a_line()


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault(status=401), Misconfigured("401")),
        (Fault(status=404), Misconfigured("404")),
        (Fault(status=429), Exhausted()),
        (Fault(status=403), Flaky(certain=False, why="403")),
        (Fault(status=408), Flaky(certain=False, why="408")),
        (Fault(status=500), Flaky(certain=False, why="500")),
        (Fault(status=502, raw=BAD_GATEWAY), Flaky(certain=False, why="502")),
        (Fault(status=400), Rejected("400")),
        (Fault(status=413), Rejected("413")),
        (Fault(raw=BAD_GATEWAY), Flaky(certain=False, why="200")),
        (Fault(raw=b"[]"), Flaky(certain=False, why="200")),
        (Fault(raw=b'{"ok":false}'), Flaky(certain=False, why="200")),
        (Fault(raw=b'{"ok":false,"errorCode":429}'), Exhausted()),
        (Fault(raw=b'{"ok":false,"error_code":401}'), Misconfigured("401")),
        (Fault(raw=b'{"ok":true,"error_code":0}'), Delivered("")),
        (Fault(raw=b'{"ok":true,"result":{"message_id":7}}'), Delivered("")),
        (Fault(status=401, raw=b"<html>"), Misconfigured("401")),
        (Fault(drop=True), Flaky(certain=False, why="RemoteProtocolError")),
        (Fault(unreachable=True), Flaky(certain=True, why="ConnectError")),
    ],
)
async def test_what_a_failed_call_means(line: Line, fault: Fault, outcome: Delivery) -> None:
    line.server.faults.add(fault)
    assert await line.says("chào") == outcome
    assert line.shown() == []


@pytest.mark.parametrize("fault", [Fault(drop=True, accepted=True), Fault(status=502, accepted=True)])
async def test_what_may_have_arrived_is_not_certain_to_have_failed(line: Line, fault: Fault) -> None:
    line.server.faults.add(fault)
    outcome = await line.says("chào")
    assert isinstance(outcome, Flaky)
    assert not outcome.certain
    assert line.shown() == ["chào"]


async def test_an_answer_that_comes_too_late_is_not_certain(line: Line) -> None:
    line.server.faults.add(Fault("sendChatAction", delay=5.0))
    with pytest.raises(ZaloError) as caught:
        await line.channel._api.call(  # noqa: SLF001 - the patience of a call is not to be set from outside
            "sendChatAction", {"chat_id": LAN, "action": "typing"}, wait=0.02
        )
    assert classify(caught.value) == Flaky(certain=False, why="ReadTimeout")
    assert line.server.view(LAN).typing


@pytest.mark.parametrize("switches", [Switches(), Switches(refuses_with_200=True)])
async def test_somebody_who_never_wrote_cannot_be_written_to(line: Line, switches: Switches) -> None:
    line.server.switches = switches
    assert await line.says("chào", to=HUNG) == Unreachable("400")


async def test_a_person_zalo_does_not_know_stops_nobody_elses_messages(line: Line) -> None:
    line.server.switches = Switches(stranger_status=404)
    assert await line.says("chào", to=HUNG) == Unreachable("404")
    line.server.faults.add(Fault(status=404, times=3))
    assert await line.says("chào", to=HUNG) == Misconfigured("404")


async def test_somebody_who_blocked_the_bot_cannot_be_written_to_until_they_let_it_in(line: Line) -> None:
    line.server.user_blocks(LAN)
    assert await line.says("một") == Unreachable("400")
    line.server.user_unblocks(LAN)
    assert isinstance(await line.says("hai"), Delivered)
    assert line.shown() == ["hai"]


async def test_a_message_zalo_does_not_like_says_nothing_of_its_reader(line: Line) -> None:
    line.server.faults.add(Fault("sendMessage", status=400))
    assert await line.says("chào") == Rejected("400")


async def test_where_typing_tells_nothing_the_message_alone_is_given_up(line: Line) -> None:
    line.server.switches.typing_refused = False
    assert await line.says("chào", to=HUNG) == Rejected("400")


async def test_a_server_that_fails_is_no_person_that_refuses(line: Line) -> None:
    """403 is documented as an error of the server: in an outage nobody is marked as out of reach."""
    line.server.faults.add(Fault(status=403, times=9))
    assert isinstance(await line.says("chào"), Flaky)
    line.server.faults.clear()
    line.server.faults.add(Fault("sendMessage", status=400))
    line.server.faults.add(Fault("sendChatAction", status=502))
    assert isinstance(await line.says("chào"), Rejected)


async def test_a_used_up_month_ends_with_the_next(line: Line) -> None:
    line.server.switches.monthly = 2
    outcomes = [await line.says(str(place)) for place in range(3)]
    assert outcomes[2] == Exhausted()
    assert line.shown() == ["0", "1"]
    line.clock.move(days=8)
    assert isinstance(await line.says("tháng mới"), Delivered)


async def test_what_comes_in_may_count_too(line: Line) -> None:
    line.server.switches.monthly, line.server.switches.counts_inbound = 1, True
    line.server.user_says(LAN, "chào")
    assert await line.says("chào") == Exhausted()


async def test_a_picture_in_a_used_up_month_is_not_tried_as_text(line: Line) -> None:
    line.server.faults.add(Fault("sendPhoto", status=429))
    file = OutgoingFile("a.png", "image/png", photo=True, url="https://x.vn/a")
    assert await line.hands(file) == Exhausted()
    assert line.shown() == []


@pytest.mark.parametrize("body", ["json", "html"])
async def test_a_wrong_token_is_told_from_a_network_that_is_down(body: str) -> None:
    line = a_line(token="41:wrong")
    line.server.switches.stranger_body = "json" if body == "json" else "html"
    assert await line.channel.introduce() == Misconfigured("401")
    line.server.outage = True
    assert await line.channel.introduce() == Flaky(certain=True, why="ConnectError")


async def test_successes_with_a_code_of_nought_are_successes(line: Line) -> None:
    line.server.switches.success_code = True
    assert isinstance(await line.says("chào"), Delivered)
    line.server.user_says(LAN, "chào")
    assert [one.text for one in await line.hears()] == ["chào"]


async def test_the_fifty_first_is_not_heard(line: Line) -> None:
    line.server.switches.users = 2
    line.server.user_says(HUNG, "thứ hai")
    line.server.user_says("0a1b2c3d4e5f60718295", "thứ ba")
    assert [one.text for one in await line.hears()] == ["thứ hai"]
    assert line.server.ledger.dropped == ["0a1b2c3d4e5f60718295"]
