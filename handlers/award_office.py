"""«Sổ khen thưởng»: the office looks up awards, enters those of before, and proposes to annul."""

from core.messages import Capabilities, Choice, Message
from core.roles import Permission
from core.texts import award_office as texts
from core.texts.pages import first, shown, turns
from core.vietnamese import clean_line
from handlers import award_entering
from handlers.award_places import AllPlace, BookPlace, EnteringPlace, RecordPlace, WhomPlace
from handlers.dialogue import Dialogue, Go, Next, Open, Step, Turn
from handlers.pages import turned
from services import award_annulments, awards, hindrances

_PERSON, _UNIT = "person.", "unit."
_WORDS_LIMIT = 60


class Book(Step[BookPlace]):
    """Somebody is looked for; what waits to be decided."""

    name = "book"
    place_type = BookPlace

    async def show(self, turn: Turn, place: BookPlace) -> Message:
        return texts.book(await award_annulments.waiting(turn.session, turn.actor, turn.now))

    async def chose(self, turn: Turn, place: BookPlace, key: str) -> Next:
        if key == "sheet":
            return Open("award_sheets")
        if key == "all":
            return Go(Everything, AllPlace())
        return Go(Record, RecordPlace(award=int(key.removeprefix("one."))))

    async def said(self, turn: Turn, place: BookPlace, text: str) -> Next:
        return Go(Found, BookPlace(words=clean_line(text, _WORDS_LIMIT)))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Found(Step[BookPlace]):
    """Whom the words may mean."""

    name = "found"
    place_type = BookPlace

    async def show(self, turn: Turn, place: BookPlace) -> Message:
        people = await awards.find(turn.session, turn.actor, place.words, turn.now)
        return texts.found(
            [
                Choice(f"{_PERSON}{one.person_id}", f"{one.name} · {one.unit}")
                if one.person_id
                else Choice(f"{_UNIT}{one.unit_id}", one.name)
                for one in people
            ]
        )

    async def chose(self, turn: Turn, place: BookPlace, key: str) -> Next:
        if key.startswith(_PERSON):
            return Go(History, WhomPlace(person=int(key.removeprefix(_PERSON))))
        return Go(History, WhomPlace(unit=int(key.removeprefix(_UNIT))))

    async def said(self, turn: Turn, place: BookPlace, text: str) -> Next:
        return Go(Found, BookPlace(words=clean_line(text, _WORDS_LIMIT)))

    async def back(self, turn: Turn, place: BookPlace) -> Next:
        return Go(Book, BookPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Everything(Step[AllPlace]):
    """The whole record, the newest first."""

    name = "all"
    place_type = AllPlace

    async def show(self, turn: Turn, place: AllPlace) -> Message:
        found, more = await awards.within(turn.session, turn.actor, place.page, turn.now)
        count = place.page * awards.PAGE + len(found) + more
        return texts.everything(found, turns(place.page, count, awards.PAGE))

    async def chose(self, turn: Turn, place: AllPlace, key: str) -> Next:
        if (page := turned(place.page, key)) is not None:
            return Go(Everything, AllPlace(page=page))
        return Go(Record, RecordPlace(award=int(key.removeprefix("one."))))

    async def back(self, turn: Turn, place: AllPlace) -> Next:
        return Go(Book, BookPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class History(Step[WhomPlace]):
    """What a person, or a unit, was awarded."""

    name = "history"
    place_type = WhomPlace

    async def show(self, turn: Turn, place: WhomPlace) -> Message:
        whom, found = await awards.history(turn.session, turn.actor, place.person, place.unit, turn.now)
        page = first(place.page, len(found), awards.PAGE) // awards.PAGE
        seen = shown(found, page, awards.PAGE)
        return texts.history(whom.name, whom.unit, seen, turns(page, len(found), awards.PAGE), len(found))

    async def chose(self, turn: Turn, place: WhomPlace, key: str) -> Next:
        if (page := turned(place.page, key)) is not None:
            return Go(History, place.model_copy(update={"page": page}))
        if key == "new":
            await awards.to_enter(turn.session, turn.actor, place.person, place.unit, turn.now)
            return Go("ask", EnteringPlace(person=place.person, unit=place.unit))
        return Go(Record, RecordPlace(award=int(key.removeprefix("one."))))

    async def back(self, turn: Turn, place: WhomPlace) -> Next:
        return Go(Book, BookPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Record(Step[RecordPlace]):
    """An award: what its decision says, and what was proposed about it."""

    name = "one"
    place_type = RecordPlace

    async def show(self, turn: Turn, place: RecordPlace) -> Message:
        found = await awards.one(turn.session, turn.actor, place.award, turn.now)
        return texts.one(found, turn.actor.person_id)

    async def chose(self, turn: Turn, place: RecordPlace, key: str) -> Next:
        if key == "annul":
            return Go(Ground, RecordPlace(award=place.award))
        verdict, _dot, number = key.partition(".")
        granted = verdict == "grant"
        await award_annulments.decide(
            turn.session, turn.actor, place.award, int(number), turn.now, granted=granted
        )
        return Go(Record, place, texts.GRANTED if granted else texts.DENIED)

    async def back(self, turn: Turn, place: RecordPlace) -> Next:
        found = await awards.one(turn.session, turn.actor, place.award, turn.now)
        return Go(History, WhomPlace(person=found.person_id, unit=found.unit_id))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Ground(Step[RecordPlace]):
    """Whether a decision annuls it, or it was entered by mistake."""

    name = "ground"
    place_type = RecordPlace

    async def show(self, turn: Turn, place: RecordPlace) -> Message:
        return texts.ask_ground(await awards.one(turn.session, turn.actor, place.award, turn.now))

    async def chose(self, turn: Turn, place: RecordPlace, key: str) -> Next:
        return Go(Reason, place.model_copy(update={"slip": key == "slip"}))

    async def back(self, turn: Turn, place: RecordPlace) -> Next:
        return Go(Record, RecordPlace(award=place.award))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_GROUND


class Reason(Step[RecordPlace]):
    """Why; with it a slip is proposed to be taken off."""

    name = "reason"
    place_type = RecordPlace

    async def show(self, turn: Turn, place: RecordPlace) -> Message:
        found = await awards.one(turn.session, turn.actor, place.award, turn.now)
        return texts.ask_about(found, texts.ASK_REASON)

    async def said(self, turn: Turn, place: RecordPlace, text: str) -> Next:
        reason = hindrances.reason_told(text)
        if not place.slip:
            return Go(Document, place.model_copy(update={"reason": reason}))
        await award_annulments.propose(turn.session, turn.actor, place.award, reason, "", turn.now, slip=True)
        return Go(Record, RecordPlace(award=place.award), texts.PROPOSED)

    async def back(self, turn: Turn, place: RecordPlace) -> Next:
        return Go(Ground, RecordPlace(award=place.award))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_REASON


class Document(Step[RecordPlace]):
    """By which decision; with it, it is proposed."""

    name = "document"
    place_type = RecordPlace

    async def show(self, turn: Turn, place: RecordPlace) -> Message:
        found = await awards.one(turn.session, turn.actor, place.award, turn.now)
        return texts.ask_about(found, texts.ASK_DOCUMENT)

    async def said(self, turn: Turn, place: RecordPlace, text: str) -> Next:
        await award_annulments.propose(
            turn.session, turn.actor, place.award, place.reason, text, turn.now, slip=False
        )
        return Go(Record, RecordPlace(award=place.award), texts.PROPOSED)

    async def back(self, turn: Turn, place: RecordPlace) -> Next:
        return Go(Reason, place.model_copy(update={"reason": ""}))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_DOCUMENT


async def _enter(turn: Turn, subject: str) -> Go:
    """At an award, for a number; else at the beginning."""
    if not subject:
        return Go(Book, BookPlace())
    await awards.one(turn.session, turn.actor, int(subject), turn.now)
    return Go(Record, RecordPlace(award=int(subject)))


DIALOGUE = Dialogue(
    name="award_office",
    steps=(
        Book(),
        Found(),
        Everything(),
        History(),
        Record(),
        Ground(),
        Reason(),
        Document(),
        *award_entering.STEPS,
    ),
    enter=_enter,
    needs=Permission.COMMEND,
    label=texts.LABEL,
    word=texts.DOOR_WORD,
    shelved=True,
)
