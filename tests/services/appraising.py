"""A dossier of Lan's ward with what she and a colleague signed, handed in and waiting to be appraised."""

from dataclasses import dataclass

from core.dossiers import DossierAct
from core.roles import Role
from db.transaction import Session
from services import dossiers, nominations
from services.actor import Actor
from tests import builders
from tests.chat import Chat, Town
from tests.services.considering import NONE_LATE, cast, entered, round_id

ACHIEVEMENT = "Rút ngắn thời gian chờ khám từ 60 phút còn 25 phút."


@dataclass(frozen=True)
class HandedIn:
    """The people in it; the appraisers are of another unit."""

    lan: Chat
    head: Chat
    judge: Chat
    second: Chat
    dossier: int
    nominee: int


async def handed_in(town: Town) -> HandedIn:
    """Lan is proposed, and her unit handed the dossier in."""
    lan, head, _office, _near = await cast(town)
    async with town.office() as session:
        away = await builders.a_unit(session, "Phòng Tổ chức", "PTC")
    judge = await town.joined("Đỗ Thị Nhận", roles=(Role.APPRAISER,), unit=away)
    second = await town.joined("Vũ Văn Xét", roles=(Role.APPRAISER,), unit=away)
    async with town.office() as session:
        chief, staff = await town.actor(session, head), await town.actor(session, lan)
        dossier = await submitted(town, session, chief, staff)
        (nominee,) = await dossiers.nominees(session, dossier, town.clock.now())
    return HandedIn(lan, head, judge, second, dossier, nominee.nomination_id)


async def submitted(town: Town, session: Session, chief: Actor, staff: Actor) -> int:
    """What somebody signed is proposed and handed in."""
    now = town.clock.now()
    sheet = await entered(town, session, staff, late=NONE_LATE, signed=True)
    await nominations.propose(session, chief, sheet, ACHIEVEMENT, now)
    number = await dossiers.open_for(session, chief, await round_id(session), chief.unit_id, now)
    await dossiers.move(
        session, chief, number, DossierAct.SUBMIT, now, submitted_at=now, receipt=f"HS-{number:05}-1"
    )
    return number
