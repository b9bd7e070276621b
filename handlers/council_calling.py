"""Calling a sitting of the council: the round, when, where, who sits and who presides."""

from core.ballots import PollRules
from core.council import Member
from core.dates import read_moment
from core.messages import Capabilities, Message
from core.texts import council as texts
from handlers.council_places import CallPlace, ListPlace, SittingPlace
from handlers.dialogue import AnyStep, Go, Next, Step, Turn
from services import calendar, council, council_seats, nominations
from services.council import ToCall


class Rounds(Step[ListPlace]):
    """For which round."""

    name = "rounds"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        found = await council.ready(turn.session, turn.actor)
        return texts.rounds([(one.round_id, one.campaign, one.label, one.dossiers) for one in found])

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        return Go(When, CallPlace(round=int(key.removeprefix("round."))))

    async def back(self, turn: Turn, place: ListPlace) -> Next:
        return Go("list", place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class When(Step[CallPlace]):
    """When it is held."""

    name = "when"
    place_type = CallPlace

    async def show(self, turn: Turn, place: CallPlace) -> Message:
        return texts.ask(texts.WHEN_TITLE, texts.ASK_WHEN)

    async def said(self, turn: Turn, place: CallPlace, text: str) -> Next:
        known = await calendar.in_force(turn.session)
        at = read_moment(text, turn.local_now, known)
        return Go(Where, place.model_copy(update={"at": at}))

    async def back(self, turn: Turn, place: CallPlace) -> Next:
        return Go(Rounds, ListPlace())

    def help(self, can: Capabilities) -> str:
        return texts.ASK_WHEN


class Where(Step[CallPlace]):
    """In a room, or by chat."""

    name = "where"
    place_type = CallPlace

    async def show(self, turn: Turn, place: CallPlace) -> Message:
        return texts.ask(texts.WHERE_TITLE, texts.ASK_WHERE, texts.IN_CHAT)

    async def chose(self, turn: Turn, place: CallPlace, key: str) -> Next:
        return Go(Members, place)

    async def said(self, turn: Turn, place: CallPlace, text: str) -> Next:
        return Go(Members, place.model_copy(update={"where": council.place_told(text)}))

    async def back(self, turn: Turn, place: CallPlace) -> Next:
        return Go(When, place)

    def help(self, can: Capabilities) -> str:
        return texts.ASK_WHERE


class Members(Step[CallPlace]):
    """Everybody who may vote, without some."""

    name = "members"
    place_type = CallPlace

    async def show(self, turn: Turn, place: CallPlace) -> Message:
        return texts.members(await council.eligible_members(turn.session, turn.actor), place.without)

    async def chose(self, turn: Turn, place: CallPlace, key: str) -> Next:
        if key == "done":
            return Go(Chair, place)
        person = int(key.removeprefix("turn."))
        left = tuple(one for one in place.without if one != person)
        without = left if person in place.without else (*place.without, person)
        return Go(Members, place.model_copy(update={"without": without}))

    async def back(self, turn: Turn, place: CallPlace) -> Next:
        return Go(Where, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Seats(Step[SittingPlace]):
    """One more member of a sitting that was called."""

    name = "seats"
    place_type = SittingPlace

    async def show(self, turn: Turn, place: SittingPlace) -> Message:
        return texts.seats(await council_seats.others(turn.session, turn.actor, place.sitting, turn.now))

    async def chose(self, turn: Turn, place: SittingPlace, key: str) -> Next:
        person = int(key.removeprefix("seat."))
        await council_seats.seat(turn.session, turn.actor, place.sitting, person, turn.now)
        return Go("one", place, texts.SEATED)

    async def back(self, turn: Turn, place: SittingPlace) -> Next:
        return Go("one", place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Successors(Step[SittingPlace]):
    """Who presides instead of a chair who has left the council."""

    name = "successors"
    place_type = SittingPlace

    async def show(self, turn: Turn, place: SittingPlace) -> Message:
        return texts.chair(await council_seats.successors(turn.session, turn.actor, place.sitting, turn.now))

    async def chose(self, turn: Turn, place: SittingPlace, key: str) -> Next:
        person = int(key.removeprefix("chair."))
        await council_seats.preside(turn.session, turn.actor, place.sitting, person, turn.now)
        return Go("one", place, texts.PRESIDES)

    async def back(self, turn: Turn, place: SittingPlace) -> Next:
        return Go("one", place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Chair(Step[CallPlace]):
    """Who presides."""

    name = "chair"
    place_type = CallPlace

    async def show(self, turn: Turn, place: CallPlace) -> Message:
        return texts.chair(await _sitting(turn, place))

    async def chose(self, turn: Turn, place: CallPlace, key: str) -> Next:
        return Go(Sure, place.model_copy(update={"chair": int(key.removeprefix("chair."))}))

    async def back(self, turn: Turn, place: CallPlace) -> Next:
        return Go(Members, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Sure(Step[CallPlace]):
    """Everything once more; then it is called."""

    name = "sure"
    place_type = CallPlace

    async def show(self, turn: Turn, place: CallPlace) -> Message:
        people = await _sitting(turn, place)
        presiding = next((one.name for one in people if one.person_id == place.chair), "")
        book = await nominations.round_ledger(turn.session, turn.actor, place.round)
        at = (place.at or turn.now).astimezone(turn.zone)
        return texts.sure(at, place.where, people, presiding, PollRules(), book)

    async def chose(self, turn: Turn, place: CallPlace, key: str) -> Next:
        people = [one.person_id for one in await _sitting(turn, place)]
        at = place.at or turn.now
        wanted = ToCall(place.round, at, place.where, people, place.chair, PollRules())
        number = await council.call(turn.session, turn.actor, wanted, turn.now)
        return Go("one", SittingPlace(sitting=number), texts.CALLED)

    async def back(self, turn: Turn, place: CallPlace) -> Next:
        return Go(Chair, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _sitting(turn: Turn, place: CallPlace) -> list[Member]:
    found = await council.eligible_members(turn.session, turn.actor)
    return [one for one in found if one.person_id not in place.without]


STEPS: tuple[AnyStep, ...] = (Rounds(), When(), Where(), Members(), Seats(), Successors(), Chair(), Sure())
