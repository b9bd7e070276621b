"""What holds at every step: it only reads to show itself, and the ways out are understood there."""

from collections.abc import Sequence
from itertools import cycle
from string import ascii_letters
from zoneinfo import ZoneInfo

import pytest

from core.messages import Message
from core.texts import desk as texts
from db.engine import make_engine
from db.transaction import Session, Transactions
from handlers.dialogue import Turn
from handlers.recognise import Chosen, interpret
from services import people
from tests.chat import Chat, Town
from tests.handlers import (
    announcement_places,
    appraisal_places,
    award_places,
    council_places,
    dossier_places,
    paper_places,
    unit_places,
)
from tests.handlers.places import STEPS, populated

#: Where «quay lại» leads, step by step.
BACK = {
    "menu.tasks": "menu.tasks",
    "menu.shelf": "menu.tasks",
    "menu.go_live": "menu.tasks",
    "meter.channels": "menu.tasks",
    "joining.code": "joining.code",
    "joining.identity": "joining.code",
    "joining.consent": "joining.identity",
    "assessment.overview": "menu.tasks",
    "assessment.rounds": "menu.tasks",
    "assessment.group": "assessment.overview",
    "assessment.card": "assessment.overview",
    "assessment.together": "assessment.overview",
    "assessment.explain": "assessment.card",
    "assessment.note": "assessment.card",
    "assessment.files": "assessment.card",
    "assessment.missing": "assessment.overview",
    "assessment.rest": "assessment.missing",
    "assessment.review": "assessment.overview",
    "assessment.sign": "assessment.review",
    "assessment.signed": "assessment.overview",
    "assessment.withdraw": "assessment.signed",
    "evidence.tray": "menu.tasks",
    "evidence.pick_round": "evidence.detail",
    "evidence.pick_group": "evidence.detail",
    "evidence.pick_criterion": "evidence.pick_group",
    "evidence.detail": "menu.tasks",
    "evidence.drop": "evidence.detail",
    "evidence.swap": "evidence.detail",
    "plan.plans": "menu.tasks",
    "plan.points": "menu.tasks",
    "plan.part": "plan.part",
    "plan.clause": "plan.part",
    "plan.found": "plan.points",
    "plan.ask": "plan.found",
    "questions.mine": "menu.tasks",
    "questions.of_mine": "questions.mine",
    "reminders.mine": "menu.tasks",
    "reminders.one": "reminders.mine",
    "reminders.later": "reminders.one",
    "answers.queue": "menu.tasks",
    "answers.answering": "answers.queue",
    "collective.board": "menu.tasks",
    "collective.colleague": "collective.board",
    "collective.criteria": "collective.colleague",
    "collective.share": "collective.criteria",
    "collective.holder": "collective.board",
    "collective.one": "collective.board",
    "collective.send_back": "collective.one",
    "proxy.person": "menu.tasks",
    "proxy.round": "proxy.person",
    "proxy.proof": "menu.tasks",
    "proxy.sign": "proxy.proof",
    "eligibility.rounds": "menu.tasks",
    "eligibility.conditions": "menu.tasks",
    "standing.conditions": "menu.tasks",
    "waivers.rounds": "menu.tasks",
    "waivers.hindered": "waivers.rounds",
    "waivers.case": "waivers.hindered",
    "waivers.ask": "waivers.case",
    "waivers.decide": "waivers.case",
    "hindrances.list": "menu.tasks",
    "hindrances.whom": "hindrances.list",
    "hindrances.kind": "hindrances.whom",
    "hindrances.document": "hindrances.kind",
    "hindrances.one": "hindrances.list",
    "hindrances.day": "hindrances.one",
    "hindrances.reason": "hindrances.one",
    "hindrances.ground": "hindrances.reason",
    "nominations.rounds": "menu.tasks",
    "nominations.candidates": "nominations.rounds",
    "nominations.candidate": "nominations.candidates",
    "nominations.achievement": "nominations.candidate",
    "nominations.over": "nominations.achievement",
    "quotas.ledgers": "menu.tasks",
    "quotas.round": "quotas.ledgers",
    "quotas.nominee": "quotas.round",
    "quotas.number": "quotas.nominee",
    "quotas.dated": "quotas.number",
    "quotas.confirm": "quotas.dated",
    "submissions.list": "menu.tasks",
    "submissions.one": "submissions.list",
    "submissions.number": "submissions.one",
    "submissions.dated": "submissions.number",
    "submissions.words": "submissions.dated",
    "submissions.file": "submissions.dated",
    "submissions.confirm": "submissions.file",
    "submissions.missing_file": "submissions.one",
    "submissions.until": "submissions.one",
    "submissions.reason": "submissions.until",
    "submissions.more_time": "submissions.reason",
    "submissions.cut_off": "submissions.one",
    "board.due": "menu.tasks",
    "board.units": "board.due",
    "board.unit": "board.units",
    "nudging.whom": "menu.tasks",
    "nudging.draft": "nudging.whom",
    "extensions.list": "menu.tasks",
    "extensions.one": "extensions.list",
    "extensions.words": "extensions.one",
    "extensions.until": "menu.tasks",
    "extensions.reason": "extensions.until",
    "extensions.document": "extensions.reason",
    "extensions.sure": "extensions.document",
    "deputies.list": "menu.tasks",
    "deputies.one": "deputies.list",
    "deputies.person": "deputies.list",
    "deputies.deputy": "deputies.person",
    "deputies.starts": "deputies.deputy",
    "deputies.ends": "deputies.starts",
    "deputies.confirm": "deputies.ends",
    "campaigns.shelf": "menu.tasks",
    "campaigns.file": "campaigns.shelf",
    "campaigns.version": "campaigns.shelf",
    "campaigns.reading": "campaigns.version",
    "campaigns.changes": "campaigns.version",
    "campaigns.confirm": "campaigns.version",
    "campaigns.dates": "campaigns.version",
    "campaigns.day": "campaigns.dates",
    "campaigns.document": "campaigns.day",
    "campaigns.sure": "campaigns.day",
    "campaigns.withdraw": "campaigns.day",
    "campaigns.withdraw_reason": "campaigns.withdraw",
    "campaigns.reason": "campaigns.document",
    "calendar.month": "menu.tasks",
    "calendar.year": "calendar.month",
    "calendar.confirm_year": "calendar.year",
    "calendar.day": "calendar.month",
    "calendar.reason": "calendar.day",
    "calendar.source": "calendar.reason",
    "calendar.swap": "calendar.day",
    "calendar.swap_source": "calendar.swap",
    "ladders.top": "menu.tasks",
    "ladders.hours": "ladders.top",
    "ladders.shelf": "ladders.top",
    "ladders.one": "ladders.shelf",
    "ladders.sure": "ladders.one",
    "ladders.week": "ladders.top",
    "ladders.day": "ladders.top",
    "ladders.letter": "ladders.day",
    "account.account": "menu.tasks",
    "account.notice": "account.account",
    "account.quiet": "account.account",
    "account.not_me": "account.account",
    "channels.list": "menu.tasks",
    "cut_off.list": "menu.tasks",
    "cut_off.units": "cut_off.list",
    "cut_off.one": "cut_off.list",
    "cut_off.confirm": "cut_off.list",
    "channels.code": "channels.list",
    "channels.drop": "channels.list",
    **announcement_places.BACK,
    **appraisal_places.BACK,
    **award_places.BACK,
    **paper_places.BACK,
    **council_places.BACK,
    **unit_places.BACK,
    **dossier_places.BACK,
}

ELSEWHERE = ("hủy", "menu", "trợ giúp")

pytestmark = pytest.mark.timeout(180)  # some hundred lines each, on a machine that may be busy


def spelt(words: str) -> tuple[str, ...]:
    """As people type them."""
    bare = {"quay lại": "quay lai", "hủy": "huy", "menu": "MENU", "trợ giúp": "Tro giup."}
    return words, bare[words]


async def test_a_step_shows_itself_with_the_database_read_only(telegram_town: Town) -> None:
    world = await populated(telegram_town)
    engine = make_engine(f"sqlite+aiosqlite:///{telegram_town.folder / 'bot.db'}", read_only=True)
    shown: dict[str, Message] = {}
    async with telegram_town.house() as house:
        transactions = Transactions(engine, house.transactions.house, house.transactions.lock)
        for name, step in STEPS.items():
            chat = world.hoa if name.startswith("joining.") else world.lan
            place = step.place_type.model_validate(world.frames[name].place)
            async with transactions() as session:
                shown[name] = await step.show(await a_turn(session, chat), place)
    await engine.dispose()
    assert set(shown) == set(BACK)
    assert all(message.title and message.body for message in shown.values())
    for name, message in shown.items():
        graves = {choice.key for choice in message.choices if choice.grave}
        assert all(choice.word for choice in message.choices if choice.grave), name
        for mark in (*map(str, range(40)), *ascii_letters):
            meaning = interpret(mark, message)
            assert not (isinstance(meaning, Chosen) and meaning.key in graves), (name, mark)


async def test_help_and_the_ways_out_by_button(telegram_town: Town) -> None:
    world = await populated(telegram_town)
    for step, back in BACK.items():
        chat = await world.stand(step)
        await chat.says("/help")
        help_text = STEPS[step].help(telegram_town.surface.capabilities)
        assert (help_text or texts.NOT_A_CHOICE) in chat.sees, step
        screen = chat.sees
        await chat.taps("Trợ giúp")
        assert chat.sees in {"", screen}, step
        assert await world.where(chat) == step
        if step not in {"joining.code", "menu.tasks"}:  # They offer no way back.
            await chat.taps("Quay lại")
        assert await world.where(chat) == back, step


@pytest.mark.parametrize(
    "ways",
    [
        ("quay lại",),
        ELSEWHERE,  # What they do is not the step's business: in turn, unless there is time for each.
        *(pytest.param((way,), marks=[pytest.mark.gate, pytest.mark.timeout(300)]) for way in ELSEWHERE),
    ],
    ids=", ".join,
)
async def test_the_ways_out_by_word(numbers_town: Town, ways: Sequence[str]) -> None:
    world = await populated(numbers_town)
    for place, ((step, back), way) in enumerate(zip(BACK.items(), cycle(ways), strict=False)):
        words = spelt(way)[place % 2]
        home = "joining.code" if step.startswith("joining.") else "menu.tasks"
        leads = {"quay lại": back, "hủy": home, "menu": home, "trợ giúp": step}
        chat = await world.stand(step)
        await chat.says(words)
        assert chat.sees, (step, words)
        assert await world.where(chat) == leads[way], (step, words)


async def test_what_nobody_can_use_leaves_everything_as_it_is(telegram_town: Town) -> None:
    world = await populated(telegram_town)
    for step in BACK:
        chat = await world.stand(step)
        await chat.sends_contact()
        assert texts.UNSUPPORTED in chat.sees, step
        assert await world.where(chat) == step
    await world.lan.says("menu")
    for step in BACK:
        chat = await world.stand(step)
        if not step.startswith("joining."):
            await chat.edits("đã sửa")
            assert texts.EDITED in chat.sees, step
            assert await world.where(chat) == step


@pytest.mark.gate
@pytest.mark.timeout(300)
async def test_a_document_zalo_keeps_back_can_be_sent_by_a_page_from_anywhere(paged_town: Town) -> None:
    world = await populated(paged_town)
    for step in BACK:
        chat = await world.stand(step)
        await chat.sends_document("a.pdf", b"x")
        assert ("/u/" in chat.sees) is not step.startswith("joining."), (step, chat.sees)
        assert await world.where(chat) == step


async def test_words_that_mean_nothing(numbers_town: Town) -> None:
    """A step either takes a text or says that it does not understand; it never falls over one."""
    world = await populated(numbers_town)
    strange = ("?!", "99", "MC 123456789012345678", "MC ²", "/khongco", "\u200b", "0")
    for step, words in zip(BACK, cycle(strange), strict=False):
        chat = await world.stand(step)
        await chat.says(words)
        assert chat.sees, (step, words)
        assert "mã sự cố" not in chat.sees, (step, words)


async def a_turn(session: Session, chat: Chat) -> Turn:
    """A turn of whoever this chat belongs to."""
    town = chat.town
    known = await people.identify(session, [chat.address], town.clock.now())
    return Turn(
        session=session,
        address=chat.address,
        can=town.surface.capabilities,
        now=town.clock.now(),
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        organisation="",
        stranger=chat.address not in known,
        screen="",
        _actor=known.get(chat.address),
    )
