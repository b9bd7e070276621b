"""Passing a question to the office from where the plan gave no answer."""

from core.campaigns import Campaign
from core.messages import Capabilities, Message
from core.plan import Passage, passages
from core.questions import SHORTEST
from core.texts import plan as texts
from handlers.dialogue import Go, Next, Step, Turn
from handlers.plan_places import AskPlace, ClausePlace, FoundPlace, PlanPlace
from services import campaigns, questions


class Ask(Step[AskPlace]):
    """What is typed here goes to whoever answers questions."""

    name = "ask"
    place_type = AskPlace

    async def show(self, turn: Turn, place: AskPlace) -> Message:
        campaign, one = await _about(turn, place)
        words = place.words if len(place.words) >= SHORTEST and place.at < 0 else ""
        return texts.ask(campaign, one, words)

    async def chose(self, turn: Turn, place: AskPlace, key: str) -> Next:
        return await self.said(turn, place, place.words)

    async def said(self, turn: Turn, place: AskPlace, text: str) -> Next:
        campaign, one = await _about(turn, place)
        code = campaign.code if campaign is not None else ""
        clause = one.code if one is not None else ""
        await questions.ask(turn.session, turn.actor, code, clause, text, turn.now)
        return _whence(place, texts.ASKED)

    async def back(self, turn: Turn, place: AskPlace) -> Next:
        return _whence(place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_ASK


async def _about(turn: Turn, place: AskPlace) -> tuple[Campaign | None, Passage | None]:
    if not place.version:
        return None, None
    campaign = await campaigns.of_version(turn.session, place.version)
    read = passages(campaign)
    return campaign, read[place.at] if 0 <= place.at < len(read) else None


def _whence(place: AskPlace, note: str = "") -> Go:
    """Back to where the question came up."""
    if place.at >= 0:
        return Go("clause", ClausePlace(**place.model_dump()), note)
    if place.words:
        return Go("found", FoundPlace(version=place.version, words=place.words, page=place.page), note)
    if place.version:
        return Go("points", PlanPlace(version=place.version), note)
    return Go("plans", PlanPlace(), note)
