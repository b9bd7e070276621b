"""A town in which the council can sit: dossiers appraised, members, a chair, the office and a director."""

from dataclasses import dataclass

from core.dossiers import DossierState
from core.roles import Role
from db.models import Dossier
from services import dossiers, nominations
from tests import builders
from tests.chat import Chat, Town
from tests.services.considering import entered, in_force, round_id

ACHIEVEMENT = "Rút ngắn thời gian chờ khám từ 60 phút còn 25 phút."


@dataclass(frozen=True)
class Chamber:
    """Who is there. Members sit in another unit than the nominees; `nominations` are theirs in order."""

    town: Town
    head: Chat
    nominees: tuple[Chat, ...]
    members: tuple[Chat, ...]
    office: Chat
    director: Chat
    dossier: int
    nominations: tuple[int, ...]

    @property
    def chair(self) -> Chat:
        """Who presides."""
        return self.members[0]


async def chamber(town: Town, names: tuple[str, ...] = ("Trần Thị Lan", "Bùi Văn Minh")) -> Chamber:
    """Two nominees of one unit, four members of another."""
    await in_force(town)
    async with town.office() as session:
        elsewhere = await builders.a_unit(session, "Phòng Tổ chức", "PTC")
    nominees = tuple([await town.joined(name) for name in names])
    head = await town.joined("Phạm Văn Trưởng", roles=(Role.STAFF, Role.HEAD))
    office = await town.joined("Lê Thị Văn", roles=(Role.STAFF, Role.OFFICE), unit=elsewhere)
    director = await town.joined("Hoàng Văn Giám", roles=(Role.DIRECTOR,), unit=elsewhere)
    members = tuple(
        [
            await town.joined(f"Ủy Viên {letter}", roles=(Role.COUNCIL,), unit=elsewhere)
            for letter in ("An", "Ba", "Cư", "Dậu")
        ]
    )
    async with town.office() as session:
        now, chief = town.clock.now(), await town.actor(session, head)
        for chat in nominees:
            sheet = await entered(town, session, await town.actor(session, chat), signed=True)
            await nominations.propose(session, chief, sheet, f"{chat.name}: {ACHIEVEMENT}", now)
        number = await dossiers.open_for(session, chief, await round_id(session), chief.unit_id, now)
        found = await dossiers.nominees(session, number, now)
        row = await session.get(Dossier, number)
        assert row is not None
        row.state, row.submitted_at = DossierState.APPRAISED.value, now
    return Chamber(
        town, head, nominees, members, office, director, number, tuple(one.nomination_id for one in found)
    )
