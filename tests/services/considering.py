"""A town with the short plan in force, and what people answer and sign in it before they are considered."""

from decimal import Decimal

from sqlmodel import select

from core.criteria import AwaitedGiven, Given, LevelGiven, NumberGiven
from core.roles import Role
from db.models import OutboxRow, Round
from db.transaction import Session
from services import assessment, signing
from services.actor import Actor
from tests.chat import Chat, Town
from tests.services.gated_plan import gated

GOOD, POOR, NOT_OUT = LevelGiven("tot"), LevelGiven("hoan-thanh"), AwaitedGiven()
NONE_LATE, SOME_LATE = NumberGiven(Decimal(0)), NumberGiven(Decimal(3))
REASON = "Số liệu gồm người nghỉ thai sản, có công văn 12/SYT kèm theo."


def share(part: int, whole: int) -> NumberGiven:
    """So many of so many."""
    return NumberGiven(Decimal(part) * 100 / Decimal(whole), Decimal(part), Decimal(whole))


async def in_force(town: Town, *changes: tuple[str, str]) -> None:
    """The short plan instead of the usual one."""
    async with town.office() as session:
        await gated(session, town.clock.now(), *changes)


async def round_id(session: Session, code: str = "2026") -> int:
    """A round of the short plan."""
    query = select(Round).where(Round.campaign == "009", Round.code == code)
    return (await session.exec(query)).one().id or 0


async def entered(
    town: Town,
    session: Session,
    actor: Actor,
    rating: Given | None = GOOD,
    late: Given | None = NONE_LATE,
    *,
    of: str = "2026",
    signed: bool = False,
) -> int:
    """Somebody's self-assessment, perhaps signed."""
    now = town.clock.now()
    sheet = await assessment.begin(session, actor, await round_id(session, of), now)
    for key, given in (("N1", rating), ("T1", late)):
        if given is not None:
            await assessment.answer(session, actor, sheet, key, "1", given, now)
    if signed:
        await signing.sign(session, actor, sheet, now)
    return sheet


async def unit_entered(
    town: Town, session: Session, head: Actor, disturbed: Given, *, unit: int = 1, signed: bool = False
) -> int:
    """A unit's self-assessment."""
    now = town.clock.now()
    sheet = await assessment.begin(session, head, await round_id(session), now, unit)
    await assessment.answer(session, head, sheet, "X1", "1", disturbed, now)
    await assessment.answer(session, head, sheet, "T1", "1", NONE_LATE, now)
    if signed:
        await signing.sign(session, head, sheet, now)
    return sheet


async def cast(town: Town) -> tuple[Chat, Chat, Chat, Chat]:
    """Lan of the ward, her head, somebody of the office, and an appraiser."""
    await in_force(town)
    return (
        await town.joined("Trần Thị Lan"),
        await town.joined("Phạm Văn Trưởng", roles=(Role.STAFF, Role.HEAD)),
        await town.joined("Lê Thị Văn", roles=(Role.STAFF, Role.OFFICE)),
        await town.joined("Đỗ Văn Thẩm", roles=(Role.APPRAISER,)),
    )


async def notices(session: Session, chat: Chat) -> list[str]:
    """What was said to somebody unasked."""
    unasked = select(OutboxRow).where(OutboxRow.chat == str(chat.id), OutboxRow.lane == 1)
    return [row.payload for row in (await session.exec(unasked)).all()]
