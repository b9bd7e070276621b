"""The plan at hand: key points, its parts, one clause, and what typed words find in it."""

from collections.abc import Sequence

from core.campaigns import Campaign
from core.messages import Capabilities, Message
from core.plan import Passage, Reckoning, Section, documents, groups_in, passages, place_of
from core.plan_search import Hit, search
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import plan as texts
from core.vietnamese import clean_line
from handlers.dialogue import Dialogue, Go, Next, Open, PlaceT, Step, Turn
from handlers.pages import turned
from handlers.plan_asking import Ask
from handlers.plan_places import AskPlace, ClausePlace, FoundPlace, PartPlace, PlanPlace
from services import calendar, campaign_shelf, campaigns

#: Letters of what somebody looks for that are read.
SEARCH_LIMIT = 150


class _Reading(Step[PlaceT]):
    """A screen of the plan: whatever is typed there is looked for."""

    async def said(self, turn: Turn, place: PlaceT, text: str) -> Next | None:
        words = clean_line(text, SEARCH_LIMIT)
        version = getattr(place, "version", 0)
        return Go(Found, FoundPlace(version=version, words=words)) if words else None

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Plans(_Reading[PlanPlace]):
    """The campaigns in force: which one."""

    name = "plans"
    place_type = PlanPlace

    async def show(self, turn: Turn, place: PlanPlace) -> Message:
        return texts.choose(await campaigns.in_force(turn.session))

    async def chose(self, turn: Turn, place: PlanPlace, key: str) -> Next:
        match key:
            case "ask":
                return Go(Ask, AskPlace())
            case "mine":
                return Open("questions")
        return Go(KeyPoints, PlanPlace(version=int(key.removeprefix("plan."))))


class KeyPoints(_Reading[PlanPlace]):
    """One plan in a few lines, and its parts."""

    name = "points"
    place_type = PlanPlace

    async def show(self, turn: Turn, place: PlanPlace) -> Message:
        campaign = await campaigns.of_version(turn.session, place.version)
        superseded = await _superseded(turn, place.version)
        return texts.key_points(
            campaign,
            passages(campaign),
            await _reckoning(turn, campaign),
            superseded=superseded,
        )

    async def chose(self, turn: Turn, place: PlanPlace, key: str) -> Next:
        match key:
            case "ask":
                return Go(Ask, AskPlace(version=place.version))
            case "mine":
                return Open("questions")
        return Go(Part, PartPlace(version=place.version, section=Section(key.removeprefix("section."))))

    async def back(self, turn: Turn, place: PlanPlace) -> Next:
        several = len(await campaigns.in_force(turn.session)) > 1
        return Go(Plans, PlanPlace()) if several else await super().back(turn, place)


class Part(_Reading[PartPlace]):
    """One section: its heads where it has several, else a page of its passages."""

    name = "part"
    place_type = PartPlace

    async def show(self, turn: Turn, place: PartPlace) -> Message:
        campaign = await campaigns.of_version(turn.session, place.version)
        if _by_heads(campaign, place):
            return texts.groups(campaign, place.section)
        return texts.part(campaign, _title(campaign, place), _shown(campaign, place), place.page)

    async def chose(self, turn: Turn, place: PartPlace, key: str) -> Next:
        page = turned(place.page, key)
        if page is not None:
            return Go(Part, place.model_copy(update={"page": page}))
        if key.startswith("group."):
            group = key.removeprefix("group.")
            return Go(Part, PartPlace(version=place.version, section=place.section, group=group))
        return Go(Clause, ClausePlace(version=place.version, at=int(key.removeprefix("at."))))

    async def back(self, turn: Turn, place: PartPlace) -> Next:
        if place.group:
            return Go(Part, PartPlace(version=place.version, section=place.section))
        return Go(KeyPoints, PlanPlace(version=place.version))


class Clause(_Reading[ClausePlace]):
    """One clause in the plan's own words, and what they were understood to mean."""

    name = "clause"
    place_type = ClausePlace

    async def show(self, turn: Turn, place: ClausePlace) -> Message:
        campaign = await campaigns.of_version(turn.session, place.version)
        one = _passage(campaign, place.at)
        around = [at for at, near in _shown(campaign, _part_of(campaign, place)) if near.code]
        superseded = await _superseded(turn, place.version)
        more = place.at in around and len(around) > 1 and not (place.words or place.alone)
        by = await _reckoning(turn, campaign)
        return texts.clause(campaign, one, by, superseded=superseded, more=more)

    async def chose(self, turn: Turn, place: ClausePlace, key: str) -> Next:
        if key == "ask":
            return Go(Ask, AskPlace(**place.model_dump()))
        if key == "whole":
            return Go(KeyPoints, PlanPlace(version=place.version))
        campaign = await campaigns.of_version(turn.session, place.version)
        around = [at for at, one in _shown(campaign, _part_of(campaign, place)) if one.code]
        here = around.index(place.at) + (1 if key == "after" else -1)
        return Go(Clause, place.model_copy(update={"at": around[here % len(around)]}))

    async def back(self, turn: Turn, place: ClausePlace) -> Next:
        if place.words:
            version = 0 if place.everywhere else place.version
            return Go(Found, FoundPlace(version=version, words=place.words, page=place.page))
        if place.alone:
            return await super().back(turn, place)
        campaign = await campaigns.of_version(turn.session, place.version)
        return Go(Part, _part_of(campaign, place))


class Found(_Reading[FoundPlace]):
    """What typed words find, in one plan or (without one) in all of them."""

    name = "found"
    place_type = FoundPlace

    async def show(self, turn: Turn, place: FoundPlace) -> Message:
        hits = await _search(turn, place)
        alone = bool(place.version) and len(await campaigns.in_force(turn.session)) > 1
        return texts.found(place.words, hits, place.page, alone=alone)

    async def chose(self, turn: Turn, place: FoundPlace, key: str) -> Next:
        match key:
            case "ask":
                return Go(Ask, AskPlace(version=place.version, words=place.words))
            case "everywhere":
                return Go(Found, FoundPlace(words=place.words))
        page = turned(place.page, key)
        if page is not None:
            return Go(Found, place.model_copy(update={"page": page}))
        _at, version, at = key.split(".")
        clause = ClausePlace(
            version=int(version),
            at=int(at),
            words=place.words,
            page=place.page,
            everywhere=not place.version,
        )
        return Go(Clause, clause)

    async def back(self, turn: Turn, place: FoundPlace) -> Next:
        return Go(KeyPoints, PlanPlace(version=place.version)) if place.version else Go(Plans, PlanPlace())


async def _search(turn: Turn, place: FoundPlace) -> list[tuple[str, Campaign, Passage, Hit]]:
    plans = await campaigns.in_force(turn.session)
    if place.version:
        plans = [(place.version, await campaigns.of_version(turn.session, place.version))]
    found: list[tuple[str, Campaign, Passage, Hit]] = []
    for version, campaign in plans:
        read = passages(campaign)
        by = await _reckoning(turn, campaign)
        hits = search(texts.searched(campaign, read, by), place.words)
        found += [(f"at.{version}.{hit.place}", campaign, read[hit.place], hit) for hit in hits]
    return sorted(found, key=lambda one: -one[3].score)


async def _reckoning(turn: Turn, campaign: Campaign) -> Reckoning:
    entered = await campaign_shelf.entered(turn.session, campaign.code)
    return Reckoning(turn.local_now.year, await calendar.in_force(turn.session), documents(campaign, entered))


async def _superseded(turn: Turn, version: int) -> bool:
    return version not in {known for known, _campaign in await campaigns.in_force(turn.session)}


def _passage(campaign: Campaign, at: int) -> Passage:
    read = passages(campaign)
    if not 0 <= at < len(read):
        raise Refusal(Code.NOT_FOUND)
    return read[at]


def _by_heads(campaign: Campaign, place: PartPlace) -> bool:
    return not place.group and len(groups_in(campaign, place.section)) > 1


def _title(campaign: Campaign, place: PartPlace) -> str:
    head = next((one for one in campaign.groups if one.key == place.group), None)
    return texts.head(head) if head is not None else texts.SECTIONS[place.section]


def _shown(campaign: Campaign, place: PartPlace) -> Sequence[tuple[int, Passage]]:
    """The passages of a section, or of one head in it, with their places in the plan."""
    return [
        (at, one)
        for at, one in enumerate(passages(campaign))
        if one.section is place.section and (not place.group or one.group == place.group)
    ]


def _part_of(campaign: Campaign, place: ClausePlace) -> PartPlace:
    """Where a clause is listed, on which page."""
    one = _passage(campaign, place.at)
    part = PartPlace(version=place.version, section=one.section)
    if _by_heads(campaign, part):
        part = part.model_copy(update={"group": one.group})
    listed = [at for at, _one in _shown(campaign, part)]
    return part.model_copy(update={"page": listed.index(place.at) // texts.LISTED})


async def _enter(turn: Turn, subject: str) -> Go:
    """From the menu; or at a version («12»), or at the clause behind a question («12.c3»)."""
    version, _dot, key = subject.partition(".")
    if key:
        campaign = await campaigns.of_version(turn.session, int(version))
        at = place_of(passages(campaign), key)
        if at < 0:
            raise Refusal(Code.NOT_FOUND)
        return Go(Clause, ClausePlace(version=int(version), at=at, alone=True))
    plans = await campaigns.in_force(turn.session)
    if version and int(version) not in {known for known, _campaign in plans}:
        raise Refusal(Code.NOT_FOUND)
    if version or len(plans) == 1:
        return Go(KeyPoints, PlanPlace(version=int(version) if version else plans[0][0]))
    return Go(Plans, PlanPlace())


DIALOGUE = Dialogue(
    name="plan",
    steps=(Plans(), KeyPoints(), Part(), Clause(), Found(), Ask()),
    enter=_enter,
    needs=Permission.READ_PLAN,
    label=texts.LABEL,
    command="kehoach",
)
