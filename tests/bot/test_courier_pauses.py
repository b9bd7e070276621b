"""Pauses a platform asks for go on after a restart, whatever ended the process."""

import signal
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.clock import SystemClock
from bot.emulators.telegram import BotApi, too_many
from bot.emulators.telegram_server import serving
from bot.pace import PaceLimits
from core.messages import Address, Message
from db.models import OutboxPause
from scheduler import housekeeping
from services import outbox, outbox_memory
from services.outbox import Lane
from tests.bot import staff
from tests.bot.lives import LifeServer, Plot
from tests.chat import Town
from tests.surfaces import TelegramSurface

PAUSE = 3


async def queue(folder: Path, api: BotApi, chats: range, lane: Lane = Lane.BULK) -> None:
    """A message for each of these people."""
    house = await staff.house_over(folder, api, SystemClock())
    async with house.transactions() as session:
        for chat in chats:
            api.introduce(chat)
            to = Address("telegram", staff.BOT, str(chat))
            await outbox.post(session, to, Message(body=f"Tin cho {chat}"), lane, house.plan.clock.now())
    await house.close()


def told(folder: Path, chat: str) -> bool:
    """Whether the database knows of a pause."""
    with staff.opened(folder) as database:
        return bool(database.execute("SELECT 1 FROM outbox_pause WHERE chat = ?", [chat]).fetchall())


async def killed_in_a_pause(
    folder: Path, lives: LifeServer, api: BotApi, chat: str, *, gently: bool = False
) -> None:
    """A life that is asked for a pause and ends in it, and another one that sends the rest."""
    async with serving(api) as address:
        plot = Plot(str(folder), address)
        life = await lives.begin(plot)
        await staff.eventually(lambda: told(folder, chat))
        if gently:
            assert await life.stop() == 0
        else:
            assert await life.kill() == -signal.SIGKILL
        life = await lives.begin(plot)
        await staff.eventually(lambda: len(api.ledger.sent()) == 12, within=20)
        assert await life.stop() == 0


async def test_the_whole_bot_rests_on_after_a_kill(tmp_path: Path, lives: LifeServer) -> None:
    api = BotApi(SystemClock().now)
    api.latency = 0.05
    for chat in (5001, 5002):
        api.faults.add(too_many(PAUSE, chat_id=chat))
    await queue(tmp_path, api, range(5001, 5013))
    await killed_in_a_pause(tmp_path, lives, api, "")
    refused = [entry for entry in api.ledger.entries if entry.told == 429]
    asked_at = max(entry.at for entry in refused)
    assert len(refused) == 2
    # What flew beside the second refusal had left before anybody could know.
    flying = [
        entry
        for entry in api.ledger.entries
        if asked_at < entry.at < asked_at + timedelta(seconds=PAUSE - 0.05) and entry.told != 429
    ]
    assert len(flying) <= 2
    assert all(entry.at - asked_at < timedelta(seconds=0.2) for entry in flying)


async def test_after_a_pause_of_the_whole_bot_it_sends_half_as_fast(tmp_path: Path) -> None:
    api = BotApi(SystemClock().now)
    for chat in (5001, 5002):
        api.faults.add(too_many(1, chat_id=chat))
    await queue(tmp_path, api, range(5001, 5021))
    plan = staff.plan_over(tmp_path, staff.telegram_over(api, poll_timeout=25), SystemClock())
    limits = PaceLimits(per_second=30, burst=1, bulk=30)
    async with staff.running(replace(plan, limits=limits)) as house:
        house.couriers["telegram"].nudge()
        await staff.eventually(lambda: len(api.ledger.sent()) == 20, within=10)
    asked_at = max(entry.at for entry in api.ledger.entries if entry.told == 429)
    rested = [entry.at for entry in api.ledger.sent() if entry.at > asked_at + timedelta(seconds=0.9)]
    assert len(rested) >= 10
    # At the whole pace they would take half of that.
    assert rested[-1] - rested[0] >= timedelta(seconds=0.9 * (len(rested) - 2) / 15)


async def test_one_chat_rests_on_after_a_stop_and_the_others_do_not_wait(
    tmp_path: Path, lives: LifeServer
) -> None:
    api = BotApi(SystemClock().now)
    api.faults.add(too_many(PAUSE, chat_id=5001))
    await queue(tmp_path, api, range(5001, 5002))
    await queue(tmp_path, api, range(5001, 5012), Lane.NOTICE)
    await killed_in_a_pause(tmp_path, lives, api, "5001", gently=True)
    (asked_at,) = [entry.at for entry in api.ledger.entries if entry.told == 429]
    assert all(entry.at - asked_at >= timedelta(seconds=PAUSE - 0.05) for entry in api.ledger.sent(5001))
    others = [entry for entry in api.ledger.sent() if entry.chat_id != 5001]
    assert max(entry.at for entry in others) - asked_at < timedelta(seconds=PAUSE - 0.5)


async def test_a_pause_is_never_longer_than_asked_for_and_the_longer_one_counts(telegram_town: Town) -> None:
    now = telegram_town.clock.now()
    minute = timedelta(minutes=1)
    async with telegram_town.office() as session:
        await outbox_memory.keep_pauses(session, "telegram", "1", {"": now + minute, "7": now + minute}, now)
        await outbox_memory.keep_pauses(session, "telegram", "1", {"7": now + 2 * minute}, now)
        await outbox_memory.keep_pauses(session, "telegram", "1", {"7": now + minute / 2}, now)
        day_before = now - timedelta(days=1)
        assert await outbox_memory.pauses(session, "telegram", "1", day_before) == {
            "": minute,
            "7": 2 * minute,
        }
        later = now + 1.5 * minute
        assert await outbox_memory.pauses(session, "telegram", "1", later) == {"7": minute / 2}
        assert await outbox_memory.pauses(session, "telegram", "2", now) == {}


async def test_pauses_that_are_over_are_forgotten_at_night(telegram_town: Town) -> None:
    now = telegram_town.clock.now()
    async with telegram_town.office() as session:
        pauses = {"1": now + timedelta(hours=1), "2": now + timedelta(days=1)}
        await outbox_memory.keep_pauses(session, "telegram", "1", pauses, now)
    async with telegram_town.house() as house:
        await housekeeping.tidy(house.transactions, now + timedelta(hours=2))
    assert [row.chat for row in await telegram_town.rows(OutboxPause)] == ["2"]


async def test_a_pause_is_stored_with_the_outcome_that_tells_of_it(telegram_town: Town) -> None:
    assert isinstance(telegram_town.surface, TelegramSurface)
    api = telegram_town.surface.api
    api.introduce(5001)
    api.faults.add(too_many(30, chat_id=5001))
    async with telegram_town.house() as house:
        async with house.transactions() as session:
            to = Address("telegram", staff.BOT, "5001")
            await outbox.post(session, to, Message(body="a"), Lane.NOTICE, house.plan.clock.now())
        await house.couriers["telegram"].empty()
    (pause,) = await telegram_town.rows(OutboxPause)
    assert (pause.chat, pause.until - pause.told_at) == ("5001", timedelta(seconds=30))
