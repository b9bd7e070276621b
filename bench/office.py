"""An office of many people with a real plan in force, and what each of them types."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func
from sqlmodel import col, select

from bench.telegram import BOT, FIRST_CHAT
from bot.keyfile import journal_key
from core.campaigns import Campaign
from core.measures import DeclarationMeasure, Measure, NumberMeasure, OrdinalMeasure, SlotsMeasure
from db import schema
from db.engine import make_engine
from db.models import Account, Answer
from db.transaction import Transactions
from services import journal
from services.papers import campaign_toml
from tests import builders

#: One round of the plan is open then, so that the people are asked the same on every day.
MORNING = datetime(2026, 11, 16, 1, tzinfo=UTC)
#: Where they begin: the group that asks for levels, a figure and a text.
_FIRST_GROUP = "h"
_TOLD = "Đã chỉ đạo các khoa, phòng thực hiện đầy đủ nhiệm vụ được giao trong năm."


def database_url(folder: Path) -> str:
    """The address of the office's database."""
    return f"sqlite+aiosqlite:///{folder.as_posix()}/bot.db"


def furnish(folder: Path, people: int) -> None:
    """Make the database: the plan, and people whose chats are linked already."""
    asyncio.run(_furnish(folder, people))


def verify(folder: Path, told: list[int]) -> None:
    """Check that the answers in this many messages of each person are kept, and the journal whole."""
    asyncio.run(_verify(folder, told))


def script() -> list[str]:
    """What a person types, one message after the other, to answer every criterion of the plan."""
    return [text for text, _answers in _lines(campaign_toml.read_file(builders.PLAN_FILE))]


def _lines(campaign: Campaign) -> Iterator[tuple[str, int]]:
    """Each message with the number of criteria that have an answer once it is taken in."""
    letters = [group.letter for group in campaign.groups]
    first = letters.index(_FIRST_GROUP)
    yield "/tudanhgia", 0
    yield str(first + 4), 0  # After «Bắt đầu», «Còn thiếu» and «Xem lại».
    yield "1", 0
    answered = 0
    for group in (*campaign.groups[first:], *campaign.groups[:first]):
        for criterion in group.criteria:
            if answered:
                yield "tiếp theo", answered
            answered += 1
            for measure in criterion.measures:
                for text in _answers(measure):
                    yield text, answered


def _answers(measure: Measure) -> tuple[str, ...]:
    match measure:
        case NumberMeasure():
            return ("60",)
        case OrdinalMeasure():
            return ("1",)
        case DeclarationMeasure():
            return ("có", _TOLD)
        case SlotsMeasure():
            return ("\n".join(f"{slot.label}: {_TOLD}" for slot in measure.slots),)
        case _:
            return (_TOLD,)


async def _furnish(folder: Path, people: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    engine = make_engine(database_url(folder))
    try:
        await schema.create(engine)
        transactions = Transactions.over(
            engine, journal_key=journal_key(folder), capabilities={}, campaigns={}
        )
        async with transactions() as session:
            await builders.the_plan(session, MORNING)
            unit = await builders.a_unit(session)
            for number in range(people):
                person = await builders.a_person(session, unit, MORNING, code=f"NV{number:04}")
                session.add(
                    Account(
                        person_id=person,
                        channel="telegram",
                        bot=BOT,
                        chat=str(FIRST_CHAT + number),
                        linked_at=MORNING,
                    )
                )
    finally:
        await engine.dispose()


async def _verify(folder: Path, told: list[int]) -> None:
    answers = [0, *(count for _text, count in _lines(campaign_toml.read_file(builders.PLAN_FILE)))]
    engine = make_engine(database_url(folder))
    try:
        transactions = Transactions.over(engine, journal_key=journal_key(folder))
        async with transactions() as session:
            kept = (await session.exec(select(func.count(col(Answer.id))))).one()
            whole = (await journal.verify(session)).broken_at is None
    finally:
        await engine.dispose()
    wanted = sum(answers[count] for count in told)
    if kept != wanted or not whole:
        raise AssertionError(f"{kept} answers kept where {wanted} were given; journal whole: {whole}")
