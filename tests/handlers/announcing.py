"""An office that announces something."""

from core.announcement_content import Content
from core.announcements import State
from core.roles import Role
from db.models import Announcement
from services import announcements
from tests.chat import Chat, Town

NOTICE = Content("Họp triển khai", "Đúng 08:00 thứ Ba tại hội trường.")


async def an_office(town: Town, name: str = "Trần Văn Phòng", role: Role = Role.OFFICE) -> Chat:
    return await town.joined(name, roles=(Role.STAFF, role))


async def drafted(town: Town, author: Chat, content: Content = NOTICE) -> int:
    """A draft of theirs, whose card they look at."""
    async with town.office() as session:
        actor = await town.actor(session, author)
        number = await announcements.begin(session, actor, content, town.clock.now())
    await author.says(f"TB {number}")
    return number


async def state_of(town: Town, number: int) -> State:
    (row,) = [one for one in await town.rows(Announcement) if one.id == number]
    return State(row.state)


async def to_lan(office: Chat) -> None:
    """From the card and back: only Lan gets it."""
    await office.taps("Người nhận")
    await office.taps("Theo tên")
    await office.says("Lê Thị Lan")
    await office.taps("Lê Thị Lan")
    await office.says("quay lại")
    await office.says("quay lại")
