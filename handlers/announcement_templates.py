"""Beginning an announcement from a template filled in from the plan."""

from core.announcement_writing import Template
from core.announcements import Audience
from core.campaigns import Campaign
from core.messages import Capabilities, Message
from core.plan import Reckoning, documents
from core.refusals import Code, Refusal
from core.texts import announcement_templates as texts
from core.texts import announcement_writing as writing_texts
from handlers.announcement_writing import NumberPlace
from handlers.dialogue import Go, Next, Place, Step, Turn
from services import announcement_files, announcements, calendar, campaign_shelf, campaigns


class TemplatesPlace(Place):
    """At the templates."""


class TemplatePlace(Place):
    """At one template."""

    template: Template


class Templates(Step[TemplatesPlace]):
    """What to begin from."""

    name = "templates"
    place_type = TemplatesPlace

    async def show(self, turn: Turn, place: TemplatesPlace) -> Message:
        return texts.ask_template()

    async def chose(self, turn: Turn, place: TemplatesPlace, key: str) -> Next:
        return Go(TemplateFor, TemplatePlace(template=Template(key)))

    async def back(self, turn: Turn, place: TemplatesPlace) -> Next:
        return Go("list", place)

    def help(self, can: Capabilities) -> str:
        return writing_texts.HELP


class TemplateFor(Step[TemplatePlace]):
    """For which campaign; with it, the draft is begun."""

    name = "template_for"
    place_type = TemplatePlace

    async def show(self, turn: Turn, place: TemplatePlace) -> Message:
        known = [campaign for _version, campaign in await campaigns.in_force(turn.session)]
        return texts.ask_campaign(place.template, known)

    async def chose(self, turn: Turn, place: TemplatePlace, key: str) -> Next:
        code = key.removeprefix("of.")
        plans = await campaigns.in_force(turn.session)
        version, campaign = next((one for one in plans if one[1].code == code), (0, None))
        if campaign is None:
            raise Refusal(Code.NOT_FOUND)
        content = texts.content(place.template, campaign, await _reckoning(turn, campaign))
        aimed = Audience(campaign=code)
        number = await announcements.begin(turn.session, turn.actor, content, turn.now, aimed)
        coming = False
        if place.template is Template.LAUNCH:
            coming = await announcement_files.attach_plan(turn.session, turn.actor, number, version, turn.now)
        return Go("card", NumberPlace(number=number), texts.begun(place.template, plan_coming=coming))

    async def back(self, turn: Turn, place: TemplatePlace) -> Next:
        return Go(Templates, TemplatesPlace())

    def help(self, can: Capabilities) -> str:
        return writing_texts.HELP


async def _reckoning(turn: Turn, campaign: Campaign) -> Reckoning:
    entered = await campaign_shelf.entered(turn.session, campaign.code)
    return Reckoning(turn.local_now.year, await calendar.in_force(turn.session), documents(campaign, entered))
