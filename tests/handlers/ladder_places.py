"""Where the office may be among ladders of reminders, and looking ahead at what they will bring."""

from services import campaigns
from services.conversations import Frame
from tests.chat import Chat, Town


async def looking_ahead(town: Town, lan: Chat) -> dict[str, Frame]:
    """Another report of Lan's unit is due, of which she would hear on a Monday."""
    now = town.clock.now()
    async with town.office() as session:
        actor = await town.actor(session, lan)
        await campaigns.enter_date(session, actor, "004", "deadline:004-D1", "22/12", "Hướng dẫn 12", now)
    places: dict[str, dict[str, object]] = {
        "ladders.top": {},
        "ladders.hours": {},
        "ladders.shelf": {},
        "ladders.one": {"whose": "report.head"},
        "ladders.sure": {"whose": "report.head", "adding": ["person-10"]},
        "ladders.week": {"start": now.date().isoformat()},
        "ladders.day": {"day": "2028-12-04"},
        "ladders.letter": {"day": "2028-12-04", "letter": 0},
    }
    return {
        name: Frame(name.partition(".")[0], name.partition(".")[2], place) for name, place in places.items()
    }
