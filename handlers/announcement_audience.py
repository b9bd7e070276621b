"""Choosing whom an announcement is for: where they work, what they are, what they have not done, by name."""

from core.announcement_choices import (
    OF_A_PLAN,
    with_campaign,
    with_condition,
    with_kind,
    with_person,
    with_role,
    with_unit,
)
from core.announcements import Audience, Condition, State
from core.messages import Capabilities, Message
from core.roles import Role
from core.texts import announcement_audience as texts
from core.vietnamese import clean_line
from handlers.announcement_writing import NumberPlace
from handlers.dialogue import AnyStep, Go, Next, PlaceT, Stay, Step, Turn
from services import announcement_choices, announcements


class UnitsPlace(NumberPlace):
    """At the units below one (0: the topmost), or at those found for some words."""

    parent: int = 0
    words: str = ""
    page: int = 0


class PlanPlace(NumberPlace):
    """At the campaigns; `condition` is the one that needs the campaign."""

    condition: Condition | None = None


class PeoplePlace(NumberPlace):
    """Looking for people by name."""

    words: str = ""


class NamesPlace(NumberPlace):
    """At the list of everybody; `apart` at those who cannot be reached."""

    page: int = 0
    apart: bool = False


class Home(Step[NumberPlace]):
    """Whom it is for so far."""

    name = "audience"
    place_type = NumberPlace

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        reach = await announcements.reach(turn.session, turn.actor, place.number, turn.now)
        names = await announcement_choices.names(turn.session, turn.actor, found.audience)
        return texts.home(names, reach, may_change=found.state is State.DRAFT)

    async def chose(self, turn: Turn, place: NumberPlace, key: str) -> Next:
        if key == "everybody":
            await _aim(turn, place, Audience())
            return Stay()
        return Go(key, place)

    async def back(self, turn: Turn, place: NumberPlace) -> Next:
        return Go("card", _at(place))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class _Part(Step[PlaceT]):
    """One part of an audience: back leads to the whole of it."""

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class _PlainPart(_Part[NumberPlace]):
    place_type = NumberPlace

    async def back(self, turn: Turn, place: NumberPlace) -> Next:
        return Go(Home, place)


class Units(_Part[UnitsPlace]):
    """Units, each with all below it."""

    name = "of_units"
    place_type = UnitsPlace

    async def show(self, turn: Turn, place: UnitsPlace) -> Message:
        audience = await _audience(turn, place)
        found = await announcement_choices.units(turn.session, turn.actor, place.parent, place.words)
        parent = await announcement_choices.unit_name(turn.session, turn.actor, place.parent)
        return texts.units(found, audience.units, place.page, parent, place.words)

    async def chose(self, turn: Turn, place: UnitsPlace, key: str) -> Next:
        match key.partition("."):
            case "page", _, way:
                page = max(0, place.page + (1 if way == "after" else -1))
                return Go(Units, place.model_copy(update={"page": page}))
            case "open", _, unit:
                return Go(Units, UnitsPlace(number=place.number, parent=int(unit)))
            case _, _, unit:
                await _aim(turn, place, with_unit(await _audience(turn, place), int(unit)))
                return Stay()

    async def said(self, turn: Turn, place: UnitsPlace, text: str) -> Next:
        words = clean_line(text, announcement_choices.WORDS_LIMIT)
        return Go(Units, UnitsPlace(number=place.number, words=words))

    async def back(self, turn: Turn, place: UnitsPlace) -> Next:
        if not (place.parent or place.words):
            return Go(Home, _at(place))
        above = await announcement_choices.above(turn.session, turn.actor, place.parent)
        return Go(Units, UnitsPlace(number=place.number, parent=above))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_UNITS


class Kinds(_PlainPart):
    """Kinds of unit."""

    name = "of_kinds"

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        found = await announcement_choices.kinds(turn.session, turn.actor)
        return texts.kinds(found, (await _audience(turn, place)).kinds)

    async def chose(self, turn: Turn, place: NumberPlace, key: str) -> Next:
        kind = key.removeprefix("kind.")
        await _aim(turn, place, with_kind(await _audience(turn, place), kind))
        return Stay()


class Roles(_PlainPart):
    """Roles that people hold."""

    name = "of_roles"

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        return texts.roles((await _audience(turn, place)).roles)

    async def chose(self, turn: Turn, place: NumberPlace, key: str) -> Next:
        role = Role(key.removeprefix("role."))
        await _aim(turn, place, with_role(await _audience(turn, place), role))
        return Stay()


class Plan(_Part[PlanPlace]):
    """The campaign whose units are meant, or that a condition is about."""

    name = "of_plan"
    place_type = PlanPlace

    async def show(self, turn: Turn, place: PlanPlace) -> Message:
        found = await announcement_choices.plans(turn.session, turn.actor)
        return texts.plans(found, (await _audience(turn, place)).campaign, place.condition)

    async def chose(self, turn: Turn, place: PlanPlace, key: str) -> Next:
        code = "" if key == "none" else key.removeprefix("plan.")
        audience = with_campaign(await _audience(turn, place), code)
        if place.condition is not None:
            audience = with_condition(audience, place.condition)
        await _aim(turn, place, audience)
        return Go(Home, _at(place))

    async def back(self, turn: Turn, place: PlanPlace) -> Next:
        return Go(Home, _at(place))


class Conditions(_PlainPart):
    """What people, or their units, have not done."""

    name = "if_not"

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        return texts.conditions((await _audience(turn, place)).condition)

    async def chose(self, turn: Turn, place: NumberPlace, key: str) -> Next:
        audience = await _audience(turn, place)
        if key == "none":
            await _aim(turn, place, with_condition(audience, None))
            return Go(Home, place)
        condition = Condition(key.removeprefix("if."))
        if condition is Condition.UNREAD:
            return Go(Unread, place)
        plans = await announcement_choices.plans(turn.session, turn.actor)
        if condition in OF_A_PLAN and not audience.campaign and len(plans) != 1:
            return Go(Plan, PlanPlace(number=place.number, condition=condition))
        if not audience.campaign:
            audience = with_campaign(audience, plans[0].code)
        await _aim(turn, place, with_condition(audience, condition))
        return Go(Home, place)


class Unread(_PlainPart):
    """Which earlier announcement they have not confirmed."""

    name = "if_unread"

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        found = await announcement_choices.confirmable(turn.session, turn.actor)
        return texts.unread(found, (await _audience(turn, place)).unread)

    async def chose(self, turn: Turn, place: NumberPlace, key: str) -> Next:
        number = int(key.removeprefix("of."))
        audience = with_condition(await _audience(turn, place), Condition.UNREAD, number)
        await _aim(turn, place, audience)
        return Go(Home, place)

    async def back(self, turn: Turn, place: NumberPlace) -> Next:
        return Go(Conditions, place)


class People(_Part[PeoplePlace]):
    """People by name, besides everybody else that is meant."""

    name = "by_name"
    place_type = PeoplePlace

    async def show(self, turn: Turn, place: PeoplePlace) -> Message:
        audience = await _audience(turn, place)
        found = await announcement_choices.people(turn.session, turn.actor, place.words)
        if not place.words:
            found = await announcement_choices.chosen(turn.session, turn.actor, audience)
        return texts.people(found, audience, place.words)

    async def chose(self, turn: Turn, place: PeoplePlace, key: str) -> Next:
        person = int(key.removeprefix("person."))
        await _aim(turn, place, with_person(await _audience(turn, place), person))
        return Stay()

    async def said(self, turn: Turn, place: PeoplePlace, text: str) -> Next:
        words = clean_line(text, announcement_choices.WORDS_LIMIT)
        return Go(People, PeoplePlace(number=place.number, words=words))

    async def back(self, turn: Turn, place: PeoplePlace) -> Next:
        return Go(Home, _at(place))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_PEOPLE


class Names(_Part[NamesPlace]):
    """Everybody it is for by name, and apart those who cannot be reached."""

    name = "recipients"
    place_type = NamesPlace

    async def show(self, turn: Turn, place: NamesPlace) -> Message:
        reach = await announcements.reach(turn.session, turn.actor, place.number, turn.now)
        return texts.names(reach, place.page, apart=place.apart)

    async def chose(self, turn: Turn, place: NamesPlace, key: str) -> Next:
        if not key.startswith("page."):
            return Go(Names, NamesPlace(number=place.number, apart=key == "apart"))
        page = max(0, place.page + (1 if key == "page.after" else -1))
        return Go(Names, place.model_copy(update={"page": page}))

    async def back(self, turn: Turn, place: NamesPlace) -> Next:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        return Go(Home if found.state is State.DRAFT else "card", _at(place))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_NAMES


async def _audience(turn: Turn, place: NumberPlace) -> Audience:
    return (await announcements.facts(turn.session, turn.actor, place.number)).audience


async def _aim(turn: Turn, place: NumberPlace, audience: Audience) -> None:
    await announcements.aim(turn.session, turn.actor, place.number, audience, turn.now)


def _at(place: NumberPlace) -> NumberPlace:
    return NumberPlace(number=place.number)


STEPS: tuple[AnyStep, ...] = (
    Home(),
    Units(),
    Kinds(),
    Roles(),
    Plan(),
    Conditions(),
    Unread(),
    People(),
    Names(),
)
