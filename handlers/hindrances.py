"""«Kỷ luật, khiếu nại»: who is under what until when, by which document."""

from datetime import date

from core.dates import full_date
from core.eligibility import HindranceKind
from core.messages import Capabilities, Choice, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import hindrances as texts
from core.vietnamese import clean_line
from handlers.dialogue import Dialogue, Go, Next, Place, Step, Turn
from services import hindrances
from services.hindrances import Wanted

_PERSON, _UNIT = "person.", "unit."
_WORDS_LIMIT = 60


class ListPlace(Place):
    """At the list."""


class WhomPlace(Place):
    """Looking for somebody; `words` is what is looked for."""

    words: str = ""


class SubjectPlace(Place):
    """At a person, or a unit; `kind` once that is chosen."""

    person: int | None = None
    unit: int | None = None
    kind: str = ""


class OnePlace(Place):
    """At one of them; `end` is which end of its time is being changed."""

    hindrance: int
    end: str = ""


class ChangePlace(Place):
    """Asking for one of them to be shortened to this period, or lifted; `reason` once that is told."""

    hindrance: int
    since: date | None = None
    until: date | None = None
    reason: str = ""


class Listed(Step[ListPlace]):
    """Everything that holds."""

    name = "list"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        found = await hindrances.noted(turn.session, turn.actor, turn.now)
        return texts.listed([(one.hindrance.id, one.whom.name, one.hindrance) for one in found])

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        if key == "new":
            return Go(FindWhom, WhomPlace())
        return Go(One, OnePlace(hindrance=int(key.removeprefix("one."))))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class FindWhom(Step[WhomPlace]):
    """Of whom it is to be noted: words are typed, one is picked."""

    name = "whom"
    place_type = WhomPlace

    async def show(self, turn: Turn, place: WhomPlace) -> Message:
        found = await hindrances.find(turn.session, turn.actor, place.words, turn.now)
        choices = [
            Choice(f"{_PERSON}{one.person_id}", f"{one.name} · {one.unit}")
            if one.person_id
            else Choice(f"{_UNIT}{one.unit_id}", one.name)
            for one in found
        ]
        return texts.ask_whom(choices, asked=bool(place.words))

    async def chose(self, turn: Turn, place: WhomPlace, key: str) -> Next:
        if key.startswith(_PERSON):
            return Go(ChooseKind, SubjectPlace(person=int(key.removeprefix(_PERSON))))
        return Go(ChooseKind, SubjectPlace(unit=int(key.removeprefix(_UNIT))))

    async def said(self, turn: Turn, place: WhomPlace, text: str) -> Next:
        return Go(FindWhom, WhomPlace(words=clean_line(text, _WORDS_LIMIT)))

    async def back(self, turn: Turn, place: WhomPlace) -> Next:
        return Go(Listed, ListPlace())

    def help(self, can: Capabilities) -> str:
        return texts.ASK_WHOM


class ChooseKind(Step[SubjectPlace]):
    """Discipline or complaint."""

    name = "kind"
    place_type = SubjectPlace

    async def show(self, turn: Turn, place: SubjectPlace) -> Message:
        whom = await hindrances.subject(turn.session, turn.actor, place.person, place.unit, turn.now)
        return texts.ask_kind(whom.name)

    async def chose(self, turn: Turn, place: SubjectPlace, key: str) -> Next:
        return Go(GiveDocument, place.model_copy(update={"kind": key.removeprefix("kind.")}))

    async def back(self, turn: Turn, place: SubjectPlace) -> Next:
        return Go(FindWhom, WhomPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class GiveDocument(Step[SubjectPlace]):
    """By which document; with it, it is noted."""

    name = "document"
    place_type = SubjectPlace

    async def show(self, turn: Turn, place: SubjectPlace) -> Message:
        whom = await hindrances.subject(turn.session, turn.actor, place.person, place.unit, turn.now)
        return texts.ask_document(whom.name, HindranceKind(place.kind))

    async def said(self, turn: Turn, place: SubjectPlace, text: str) -> Next:
        whom = await hindrances.subject(turn.session, turn.actor, place.person, place.unit, turn.now)
        kind, today = HindranceKind(place.kind), turn.actor.today
        noted = await hindrances.note(turn.session, turn.actor, whom, kind, text, today, None, turn.now)
        return Go(One, OnePlace(hindrance=noted), texts.NOTED)

    async def back(self, turn: Turn, place: SubjectPlace) -> Next:
        return Go(ChooseKind, place.model_copy(update={"kind": ""}))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_DOCUMENT


class One(Step[OnePlace]):
    """One of them, to change or to lift."""

    name = "one"
    place_type = OnePlace

    async def show(self, turn: Turn, place: OnePlace) -> Message:
        found = await hindrances.one(turn.session, turn.actor, place.hindrance, turn.now)
        asked = found.change is not None and found.change.asker_id == turn.actor.person_id
        return texts.one(
            found.whom.name, found.whom.unit, found.hindrance, found.change, asked_by_viewer=asked
        )

    async def chose(self, turn: Turn, place: OnePlace, key: str) -> Next:
        if key == "lift":
            return Go(GiveReason, ChangePlace(hindrance=place.hindrance))
        verdict, _dot, change = key.partition(".")
        if change:
            granted = verdict == "grant"
            await hindrances.decide_change(
                turn.session, turn.actor, place.hindrance, int(change), turn.now, granted=granted
            )
            return Go(Listed, ListPlace(), texts.CHANGE_GRANTED if granted else texts.CHANGE_DENIED)
        return Go(ChangeDay, OnePlace(hindrance=place.hindrance, end=key))

    async def back(self, turn: Turn, place: OnePlace) -> Next:
        return Go(Listed, ListPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class ChangeDay(Step[OnePlace]):
    """From when, or until when."""

    name = "day"
    place_type = OnePlace

    async def show(self, turn: Turn, place: OnePlace) -> Message:
        found = await hindrances.one(turn.session, turn.actor, place.hindrance, turn.now)
        return texts.ask_day(found.hindrance, first=place.end == "since")

    async def chose(self, turn: Turn, place: OnePlace, key: str) -> Next:
        return await self._changed(turn, place, None)

    async def said(self, turn: Turn, place: OnePlace, text: str) -> Next:
        return await self._changed(turn, place, read_day(text))

    async def _changed(self, turn: Turn, place: OnePlace, day: date | None) -> Next:
        held = (await hindrances.one(turn.session, turn.actor, place.hindrance, turn.now)).hindrance
        since, until = (day or held.since, held.until) if place.end == "since" else (held.since, day)
        if await hindrances.takes_two(turn.session, turn.actor, place.hindrance, since, until, turn.now):
            return Go(GiveReason, ChangePlace(hindrance=place.hindrance, since=since, until=until))
        await hindrances.change_period(turn.session, turn.actor, place.hindrance, since, until, turn.now)
        return Go(One, OnePlace(hindrance=place.hindrance), texts.CHANGED)

    async def back(self, turn: Turn, place: OnePlace) -> Next:
        return Go(One, OnePlace(hindrance=place.hindrance))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_UNTIL


class GiveReason(Step[ChangePlace]):
    """Why it should be shortened or lifted."""

    name = "reason"
    place_type = ChangePlace

    async def show(self, turn: Turn, place: ChangePlace) -> Message:
        found = await hindrances.one(turn.session, turn.actor, place.hindrance, turn.now)
        return texts.ask_reason(found.hindrance)

    async def said(self, turn: Turn, place: ChangePlace, text: str) -> Next:
        reason = hindrances.reason_told(text)
        return Go(GiveGround, place.model_copy(update={"reason": reason}))

    async def back(self, turn: Turn, place: ChangePlace) -> Next:
        return Go(One, OnePlace(hindrance=place.hindrance))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_REASON


class GiveGround(Step[ChangePlace]):
    """By which document; with it, it is asked for."""

    name = "ground"
    place_type = ChangePlace

    async def show(self, turn: Turn, place: ChangePlace) -> Message:
        found = await hindrances.one(turn.session, turn.actor, place.hindrance, turn.now)
        return texts.ask_ground(found.hindrance)

    async def said(self, turn: Turn, place: ChangePlace, text: str) -> Next:
        held = (await hindrances.one(turn.session, turn.actor, place.hindrance, turn.now)).hindrance
        wanted = Wanted(place.since or held.since, place.until, lifts=place.since is None)
        await hindrances.ask_change(
            turn.session, turn.actor, place.hindrance, wanted, place.reason, text, turn.now
        )
        return Go(One, OnePlace(hindrance=place.hindrance), texts.CHANGE_ASKED)

    async def back(self, turn: Turn, place: ChangePlace) -> Next:
        return Go(GiveReason, place.model_copy(update={"reason": ""}))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_GROUND


def read_day(text: str) -> date:
    """The day in what was typed, with its year: a decision is never «the next 15 December»."""
    day = full_date(text)
    if day is None:
        raise Refusal(Code.DATE_UNREADABLE, given=clean_line(text, 40), moment=False, yearly=False)
    return day


async def _enter(_turn: Turn, subject: str) -> Go:
    """At one of them, for a number; else at the list."""
    return Go(One, OnePlace(hindrance=int(subject))) if subject else Go(Listed, ListPlace())


DIALOGUE = Dialogue(
    name="hindrances",
    steps=(
        Listed(),
        FindWhom(),
        ChooseKind(),
        GiveDocument(),
        One(),
        ChangeDay(),
        GiveReason(),
        GiveGround(),
    ),
    enter=_enter,
    needs=Permission.NOTE_HINDRANCES,
    label=texts.LABEL,
    shelved=True,
    command="kyluat",
    word=texts.DOOR_WORD,
)
