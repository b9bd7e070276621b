"""What the office does to announce, for tests of what becomes of it."""

from datetime import datetime

from bot.emulators.telegram.faults import too_many
from core.announcement_content import Content
from core.announcements import Audience, State
from core.roles import Role
from db.models import Announcement
from db.transaction import Session
from services import announcement_departure, announcement_reading, announcements
from services.announcement_departure import Departure
from tests.chat import Chat, Town
from tests.surfaces import TelegramSurface

NOTICE = Content("Họp giao ban", "Họp lúc 07:30 tại phòng họp 1.", wants_reading=True)


async def an_office(town: Town) -> Chat:
    """Whoever announces; no reader themselves."""
    return await town.joined("Phạm Thị Vân", "VP001", (Role.OFFICE,))


async def scheduled(town: Town, office: Chat, content: Content = NOTICE) -> int:
    """An announcement to the staff that waits for its hold."""
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        audience = Audience(roles=frozenset({Role.STAFF}))
        number = await announcements.begin(session, actor, content, now, audience)
        assert (await announcements.send(session, actor, number, now)).state is State.SCHEDULED
    return number


async def sent(town: Town, office: Chat, content: Content = NOTICE) -> int:
    """An announcement that has arrived, and was counted."""
    number = await scheduled(town, office, content)
    await town.time_passes(seconds=61)
    await town.time_passes(seconds=5)
    return number


async def leaves(session: Session, number: int, now: datetime) -> None:
    """All portions of letting it go, at once."""
    departure = Departure(number)
    while await announcement_departure.go_on(session, departure, now):
        pass


async def confirms(town: Town, reader: Chat, number: int) -> None:
    """Somebody confirms that they have read it."""
    async with town.office() as session:
        actor, now = await town.actor(session, reader), town.clock.now()
        await announcement_reading.read(session, actor, number, 1, now)


async def state(town: Town) -> str:
    """How the first announcement stands."""
    return (await town.rows(Announcement))[0].state


def slow(town: Town, chat: Chat, seconds: int) -> None:
    """Telegram lets somebody's chat wait."""
    assert isinstance(town.surface, TelegramSurface)
    town.surface.api.faults.add(too_many(seconds, chat_id=chat.id, method="sendMessage"))
