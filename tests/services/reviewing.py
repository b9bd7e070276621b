"""A ward whose people signed and are proposed, before it is reviewed among themselves."""

from dataclasses import dataclass

from core.roles import Role
from db.transaction import Session
from services import nominations
from services.actor import Actor
from tests.chat import Chat, Town
from tests.services.considering import entered, in_force

ACHIEVEMENT = "Rút ngắn thời gian chờ khám từ 60 phút còn 25 phút."
OTHER = "Tổ chức 12 buổi tập huấn an toàn người bệnh cho toàn khoa."


@dataclass
class Ward:
    """Lan and Mai signed, Trưởng leads, Hoa and Nam work there too; Xuân is of another unit."""

    town: Town
    head: Chat
    lan: Chat
    mai: Chat
    hoa: Chat
    nam: Chat
    sheets: tuple[int, int] = (0, 0)

    async def boss(self, session: Session) -> Actor:
        """The head, as of today."""
        return await self.town.actor(session, self.head)


async def a_ward(town: Town, *, proposed: bool = True) -> Ward:
    """The ward with the short plan in force."""
    await in_force(town)
    ward = Ward(
        town,
        await town.joined("Phạm Văn Trưởng", roles=(Role.STAFF, Role.HEAD)),
        await town.joined("Trần Thị Lan"),
        await town.joined("Nguyễn Thị Mai"),
        await town.joined("Lê Thị Hoa"),
        await town.joined("Đỗ Văn Nam"),
    )
    async with town.office() as session:
        found = [
            await entered(town, session, await town.actor(session, chat), signed=True)
            for chat in (ward.lan, ward.mai)
        ]
        ward.sheets = (found[0], found[1])
        if proposed:
            head = await ward.boss(session)
            for sheet, what in zip(found, (ACHIEVEMENT, OTHER), strict=True):
                await nominations.propose(session, head, sheet, what, town.clock.now())
    await town.settle()
    return ward
