"""What each failure of Telegram means, and what becomes of the message."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from bot.channels.base import (
    Delivered,
    Delivery,
    Flaky,
    Misconfigured,
    Moved,
    Outgoing,
    Rejected,
    Throttled,
    Unreachable,
)
from bot.emulators.telegram import BotApi, Fault, too_many
from core.messages import Choice, Message
from db.models import Account, Conversation, OutboxRow
from services import outbox
from services.outbox import Lane
from tests.bot.recorded import LAN, a_line
from tests.chat import Chat, Town
from tests.fakes import FrozenClock
from tests.surfaces import TelegramSurface


def refused(status: int, description: str) -> Fault:
    return Fault("sendMessage", status=status, description=description)


AMBIGUOUS = Flaky(certain=False, why="")
CERTAIN = Flaky(certain=True, why="")
MEANINGS: dict[str, tuple[Fault, Delivery]] = {
    "too fast": (too_many(7), Throttled(7)),
    "too fast, in words alone": (refused(429, "Too Many Requests: retry after 1"), AMBIGUOUS),
    "blocked": (refused(403, "Forbidden: bot was blocked by the user"), Unreachable("")),
    "deactivated": (refused(403, "Forbidden: user is deactivated"), Unreachable("")),
    "never started": (
        refused(403, "Forbidden: bot can't initiate conversation with a user"),
        Unreachable(""),
    ),
    "nobody there": (refused(400, "Bad Request: chat not found"), Unreachable("")),
    "moved": (
        Fault(status=400, description="x", parameters={"migrate_to_chat_id": -100777}),
        Moved("-100777"),
    ),
    "bad markup": (refused(400, "Bad Request: can't parse entities"), Rejected("")),
    "too long": (refused(400, "Bad Request: message is too long"), Rejected("")),
    "wrong token": (refused(401, "Unauthorized"), Misconfigured("InvalidToken")),
    "unknown method": (refused(404, "Not Found"), Misconfigured("InvalidToken")),
    "another process": (refused(409, "Conflict: terminated by other getUpdates"), Misconfigured("Conflict")),
    "server error": (refused(500, "Internal Server Error"), AMBIGUOUS),
    "gateway": (Fault(status=502, raw=b"<html>Bad Gateway</html>"), AMBIGUOUS),
    "gateway after all": (Fault(status=504, raw=b"<html>", accepted=True), AMBIGUOUS),
    "closed before the answer": (Fault(drop=True, accepted=True), AMBIGUOUS),
    "closed before anything": (Fault(drop=True), AMBIGUOUS),
    "no JSON": (Fault(raw=b"\xff<html>", accepted=True), Delivered("")),
    "another shape": (Fault(raw=b'{"ok": true}', accepted=True), Delivered("")),
    "no object": (Fault(raw=b"[1]", accepted=True), Delivered("")),
    "no message": (Fault(raw=b'{"ok": true, "result": true}', accepted=True), Delivered("")),
}


@pytest.mark.parametrize("what", MEANINGS)
async def test_what_a_failure_means(what: str, clock: FrozenClock) -> None:
    fault, meaning = MEANINGS[what]
    line = a_line(BotApi(clock.now))
    line.api.faults.add(Fault(**{name: getattr(fault, name) for name in Fault.__dataclass_fields__}))
    outcome = await line.channel.deliver(Outgoing(line.lan, Message(body="Một")))
    assert type(outcome) is type(meaning)
    match outcome, meaning:
        case Flaky(certain), Flaky(expected):
            assert certain is expected
        case (Unreachable(why), _) | (Rejected(why), _):
            assert why
        case _:
            assert outcome == meaning


async def test_a_network_that_is_down_has_surely_sent_nothing(clock: FrozenClock) -> None:
    line = a_line(BotApi(clock.now))
    line.api.outage = True
    outcome = await line.channel.deliver(Outgoing(line.lan, Message(body="Một")))
    assert outcome == Flaky(certain=True, why="ConnectError")
    assert line.api.ledger.entries == []


async def test_an_edit_that_changes_nothing_has_arrived(clock: FrozenClock) -> None:
    line = a_line(BotApi(clock.now))
    screen = Message(body="Một", rows=((Choice("a", "A"),),))
    first = await line.channel.deliver(Outgoing(line.lan, screen, turn=1))
    assert first == Delivered("1")
    assert await line.channel.deliver(Outgoing(line.lan, screen, turn=1, replaces="1")) == first
    assert line.calls[-1][0] == "editMessageText"


async def test_a_screen_that_cannot_be_edited_is_sent_anew(clock: FrozenClock) -> None:
    line = a_line(BotApi(clock.now))
    outcome = await line.channel.deliver(Outgoing(line.lan, Message(body="Hai"), turn=2, replaces="99"))
    assert isinstance(outcome, Delivered)
    assert [method for method, _ in line.calls] == ["editMessageText", "sendMessage"]
    assert [message.text for message in line.api.view(LAN).messages] == ["Hai"]


async def test_an_edit_may_fail_as_a_send_does(clock: FrozenClock) -> None:
    line = a_line(BotApi(clock.now))
    await line.channel.deliver(Outgoing(line.lan, Message(body="Một"), turn=1))
    line.api.faults.add(too_many(3, method="editMessageText"))
    outcome = await line.channel.deliver(Outgoing(line.lan, Message(body="Hai"), turn=2, replaces="1"))
    assert outcome == Throttled(3)
    line.api.faults.add(Fault("editMessageText", status=400, description="Bad Request: BUTTON_DATA_INVALID"))
    outcome = await line.channel.deliver(Outgoing(line.lan, Message(body="Hai"), turn=2, replaces="1"))
    assert isinstance(outcome, Rejected)


async def test_buttons_that_cannot_be_taken_off_the_old_screen_are_left(clock: FrozenClock) -> None:
    line = a_line(BotApi(clock.now))
    await line.channel.deliver(Outgoing(line.lan, Message(rows=((Choice("a", "A"),),)), turn=1))
    line.api.faults.add(Fault("editMessageReplyMarkup", drop=True))
    await line.channel.retire(line.lan, "1")
    assert line.api.view(1001).last.labels() == ["A"]


# ------------------------------------------------------------------- what becomes of the message


async def post(town: Town, chat: Chat, *texts: str, lane: Lane = Lane.NOTICE) -> None:
    """Queue messages for a chat."""
    async with town.office() as session:
        for text in texts:
            await outbox.post(session, chat.address, Message(body=text), lane, town.clock.now())


async def rows_of(town: Town, *texts: str) -> list[OutboxRow]:
    """The rows with these texts, in the order asked for."""
    rows = {Message.from_json(row.payload).body: row for row in await town.rows(OutboxRow)}
    return [rows[text] for text in texts]


def api_of(town: Town) -> BotApi:
    assert isinstance(town.surface, TelegramSurface)
    return town.surface.api


def heard(town: Town, chat: Chat, among: Sequence[str]) -> list[str]:
    """Which of these texts a person was sent, in order, repetitions included."""
    return [entry.text for entry in api_of(town).ledger.sent(chat.id) if entry.text in among]


@pytest.fixture
async def lan(telegram_town: Town) -> Chat:
    """Lan, who has joined."""
    return await telegram_town.joined("Nguyễn Thị Lan", "NV1")


async def test_a_pause_is_kept_to_the_second_and_costs_no_attempt(telegram_town: Town, lan: Chat) -> None:
    town = telegram_town
    hung = await town.joined("Phạm Văn Hùng", "NV2")
    api_of(town).faults.add(too_many(30, chat_id=lan.id))
    await post(town, lan, "một", "hai")
    await post(town, hung, "ba")
    asked_at = town.clock.now()
    await town.settle()
    first, second = await rows_of(town, "một", "hai")
    assert (first.state, first.attempts, first.repeats) == ("queued", 0, 0)
    assert first.not_before == asked_at + timedelta(seconds=30)
    assert second.state == "queued"
    assert heard(town, hung, ["ba"]) == ["ba"]

    town.clock.move(seconds=29)
    await town.settle()
    assert heard(town, lan, ["một", "hai"]) == []
    town.clock.move(seconds=2)
    await town.settle()
    assert heard(town, lan, ["một", "hai"]) == ["một", "hai"]
    assert [row.state for row in await rows_of(town, "một", "hai")] == ["sent", "sent"]


async def test_who_has_blocked_us_is_marked_and_what_waits_is_withdrawn(
    telegram_town: Town, lan: Chat
) -> None:
    town = telegram_town
    await lan.blocks()
    await lan.blocks(blocked=False)
    api_of(town).faults.add(
        Fault("sendMessage", status=403, description="Forbidden: bot was blocked by the user")
    )
    await post(town, lan, "một", "hai", "ba")
    await town.settle()
    assert [row.state for row in await rows_of(town, "một", "hai", "ba")] == [
        "dead",
        "cancelled",
        "cancelled",
    ]
    (account,) = await town.rows(Account)
    assert not account.reachable
    assert account.unreachable_since == town.clock.now()
    assert account.state == "active"

    await lan.blocks()
    await lan.blocks(blocked=False)
    (account,) = await town.rows(Account)
    assert account.reachable
    await lan.says("menu")
    assert "Việc của tôi" in lan.screen


async def test_whoever_writes_again_is_in_reach_again(telegram_town: Town, lan: Chat) -> None:
    town = telegram_town
    api_of(town).faults.add(refused(400, "Bad Request: chat not found"))
    await post(town, lan, "một")
    await town.settle()
    (account,) = await town.rows(Account)
    assert not account.reachable

    await lan.says("menu")
    (account,) = await town.rows(Account)
    assert (account.reachable, account.unreachable_since) == (True, None)
    assert "Việc của tôi" in lan.screen


async def test_everything_follows_a_chat_that_got_another_number(telegram_town: Town, lan: Chat) -> None:
    town = telegram_town
    await lan.says("menu")
    await post(town, lan, "một", "hai")
    api_of(town).introduce(5005)
    api_of(town).faults.add(
        Fault(
            "sendMessage",
            chat_id=lan.id,
            status=400,
            description="Bad Request: group chat was upgraded to a supergroup chat",
            parameters={"migrate_to_chat_id": 5005},
        )
    )
    await town.settle()
    first, second = await rows_of(town, "một", "hai")
    assert [(row.chat, row.state, row.attempts) for row in (first, second)] == [("5005", "sent", 1)] * 2
    assert [account.chat for account in await town.rows(Account)] == ["5005"]
    assert [row.chat for row in await town.rows(Conversation)] == ["5005"]
    assert [entry.text for entry in api_of(town).ledger.sent(5005)] == ["một", "hai"]
    assert heard(town, lan, ["một", "hai"]) == []


Trouble = Callable[[], Fault]
ONCE_MORE: dict[str, tuple[Trouble, int]] = {
    "the gateway, before anything was taken": (lambda: Fault("sendMessage", status=502, raw=b"<html>"), 1),
    "the gateway, after it was taken": (
        lambda: Fault("sendMessage", status=502, raw=b"<html>", accepted=True),
        2,
    ),
    "closed after it was taken": (lambda: Fault("sendMessage", drop=True, accepted=True), 2),
}


@pytest.mark.parametrize("what", ONCE_MORE)
async def test_what_may_have_arrived_is_sent_again_and_counted(
    what: str, telegram_town: Town, lan: Chat
) -> None:
    trouble, copies = ONCE_MORE[what]
    town = telegram_town
    api_of(town).faults.add(trouble())
    await post(town, lan, "một", "hai")
    await town.settle()
    first, second = await rows_of(town, "một", "hai")
    assert (first.state, first.attempts, first.repeats) == ("queued", 1, 1)
    assert timedelta(0) < first.not_before - town.clock.now() < timedelta(seconds=3)
    assert second.state == "queued"

    town.clock.move(seconds=3)
    await town.settle()
    first, second = await rows_of(town, "một", "hai")
    assert [(row.state, row.repeats) for row in (first, second)] == [("sent", 1), ("sent", 0)]
    assert heard(town, lan, ["một", "hai"]) == ["một"] * copies + ["hai"]


async def test_while_the_network_is_down_nothing_is_charged_and_nothing_repeated(
    telegram_town: Town, lan: Chat
) -> None:
    town = telegram_town
    api_of(town).outage = True
    await post(town, lan, "một")
    for _ in range(60):
        async with town.house() as house:
            await house.couriers["telegram"].empty()
        town.clock.move(seconds=70)
    (row,) = await rows_of(town, "một")
    assert (row.state, row.repeats) == ("queued", 0)

    api_of(town).outage = False
    town.clock.move(seconds=70)
    await town.settle()
    assert heard(town, lan, ["một"]) == ["một"]
    (row,) = await rows_of(town, "một")
    assert (row.state, row.repeats) == ("sent", 0)


async def test_a_wrong_token_stops_the_channel_and_charges_nobody(telegram_town: Town, lan: Chat) -> None:
    town = telegram_town
    hung = await town.joined("Phạm Văn Hùng", "NV2")
    api_of(town).faults.add(Fault("sendMessage", status=401, description="Unauthorized", times=100))
    before = len(api_of(town).ledger.entries)
    for chat in (lan, hung):
        await post(town, chat, f"cho {chat.id}")
    async with town.house() as house:
        courier = house.couriers["telegram"]
        for _ in range(20):
            await courier.empty()
    assert len(api_of(town).ledger.entries) - before <= house.plan.in_flight
    rows = [row for row in await town.rows(OutboxRow) if row.lane == Lane.NOTICE]
    assert [(row.state, row.attempts, row.repeats) for row in rows] == [("queued", 0, 0)] * 2

    api_of(town).faults.clear()
    await town.settle()
    assert {row.state for row in await town.rows(OutboxRow)} == {"sent"}


async def test_what_telegram_will_never_take_is_given_up_and_the_rest_goes_on(
    telegram_town: Town, lan: Chat
) -> None:
    town = telegram_town
    api_of(town).faults.add(refused(400, "Bad Request: can't parse entities: unclosed tag"))
    await post(town, lan, "một", "hai")
    await town.settle()
    first, second = await rows_of(town, "một", "hai")
    assert (first.state, second.state) == ("dead", "sent")
    assert first.error == "Can't parse entities: unclosed tag"
    assert first.finished_at == town.clock.now()


async def test_a_garbled_yes_is_a_yes(telegram_town: Town, lan: Chat) -> None:
    town = telegram_town
    api_of(town).faults.add(Fault("sendMessage", raw=b"<html>OK</html>", accepted=True))
    await post(town, lan, "một")
    await town.settle()
    (row,) = await rows_of(town, "một")
    assert (row.state, row.external_id, row.repeats) == ("sent", "", 0)
    assert heard(town, lan, ["một"]) == ["một"]


async def test_a_screen_whose_number_was_never_told_is_followed_by_a_new_one(
    telegram_town: Town, lan: Chat
) -> None:
    town = telegram_town
    api_of(town).faults.add(Fault("sendMessage", raw=b"<html>OK</html>", accepted=True))
    await lan.says("menu")
    await lan.taps("Tự đánh giá")
    assert "Tự đánh giá" in lan.screen


async def test_a_message_nobody_takes_is_given_up_after_eight_tries(telegram_town: Town, lan: Chat) -> None:
    town = telegram_town
    hung = await town.joined("Phạm Văn Hùng", "NV2")
    api_of(town).faults.add(Fault("sendMessage", chat_id=lan.id, status=500, times=100))
    await post(town, lan, "một")
    tries = 0
    while (await rows_of(town, "một"))[0].state == "queued":
        await post(town, hung, f"khác {tries}")
        await town.settle()
        town.clock.move(seconds=80)
        tries += 1
        assert tries < 20
    (row,) = await rows_of(town, "một")
    assert (row.state, row.attempts, tries) == ("dead", 8, 8)
