"""Where somebody may be in a secret vote and around a sitting of the council."""

from datetime import timedelta

from core.ballots import PollRules
from services import ballots
from services.ballots import ToOpen
from services.conversations import Frame
from tests.chat import Chat, Town

BACK = {
    "ballot.polls": "menu.tasks",
    "ballot.about": "menu.tasks",
    "ballot.vote": "ballot.about",
    "ballot.conflict": "ballot.vote",
    "ballot.done": "ballot.about",
}


async def voting(town: Town, lan: Chat, nomination: int) -> dict[str, Frame]:
    """Lan votes with three others on somebody."""
    others = [await town.joined(f"Ủy Viên {letter}") for letter in "ABC"]
    now = town.clock.now()
    async with town.office() as session:
        people = [(await town.actor(session, one)).person_id for one in (lan, *others)]
        until = now + timedelta(days=3)
        wanted = ToOpen("unit_review:9", [nomination], people, {}, PollRules(), until)
        poll = await ballots.open_poll(session, "console", wanted, None, now)
    of: dict[str, object] = {"poll": poll}
    places: dict[str, dict[str, object]] = {
        "ballot.polls": {},
        "ballot.about": of,
        "ballot.vote": {**of, "nomination": nomination},
        "ballot.conflict": {**of, "nomination": nomination},
        "ballot.done": of,
    }
    return {name: Frame("ballot", name.partition(".")[2], place) for name, place in places.items()}
