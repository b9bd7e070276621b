"""A button is a piece of text that anybody can send: pressing what one was never shown does nothing."""

import pytest

from db.models import InboxRow
from tests.bot.forgeries import FROZEN, REVOKED, a_den
from tests.chat import Town, attend


async def forgeries_do_nothing(town: Town, *, seed: int, count: int) -> None:
    """Let everybody press so many buttons they were never shown."""
    den = await a_den(town)
    assert len(den.files) == 5
    before = await den.precious()
    assert [await den.knows(owner) for owner in den.files] == [True] * 5
    async with town.house() as house:
        assert await den.forge(house, count, seed) >= count

    assert await den.precious() == before
    assert await den.leaks() == []
    assert len(den.visited) > 12, den.visited
    rows = await town.rows(InboxRow)
    assert {(row.state, row.errors) for row in rows} == {("done", 0)}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("seed", [20261122])
async def test_forged_presses_do_nothing_and_show_nothing(seed: int, telegram_town: Town) -> None:
    await forgeries_do_nothing(telegram_town, seed=seed, count=800)


@pytest.mark.parametrize("whose", [REVOKED, FROZEN])
async def test_old_buttons_are_worth_nothing_once_rights_are_gone(whose: str, telegram_town: Town) -> None:
    den = await a_den(telegram_town)
    forger = next(one for one in den.people if one.chat.name == whose.rpartition(" ")[2])
    before = await den.precious()
    assert len(set(forger.seen)) > 20
    async with telegram_town.house() as house:
        for data in dict.fromkeys(forger.seen):
            den.api.user_taps(forger.chat.id, 1, data, forged=True)
            await attend(house)

    assert await den.precious() == before
    if whose == FROZEN:
        after = forger.chat.screen
        assert whose not in after
        assert "mã" in after
    rows = await telegram_town.rows(InboxRow)
    assert {(row.state, row.errors) for row in rows} == {("done", 0)}


async def test_a_press_by_somebody_else_in_a_chat_is_nobodys(telegram_town: Town) -> None:
    den = await a_den(telegram_town)
    lan, hung = den.people[0].chat, den.people[1].chat
    before = lan.screen
    for data in dict.fromkeys(den.people[0].seen):
        den.api.user_taps(lan.id, 1, data, by=hung.id, forged=True)
    await telegram_town.settle()
    assert lan.screen == before
