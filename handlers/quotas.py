"""«Chỉ tiêu khen thưởng»: the ledger of every round, and who is proposed or commended in it."""

from datetime import date

from core.dates import read_date
from core.messages import Capabilities, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import award_giving as giving_texts
from core.texts import nominations as texts
from handlers.dialogue import Dialogue, Go, Next, Place, Step, Turn
from services import award_giving, calendar, nominations
from services.council_decision import number_told


class LedgersPlace(Place):
    """At all rounds."""


class LedgerPlace(Place):
    """At one round."""

    round: int
    page: int = 0


class NomineePlace(Place):
    """At somebody proposed in it."""

    round: int
    nomination: int


class GivingPlace(NomineePlace):
    """About to enter the decision by which they are commended."""

    number: str = ""
    dated: date | None = None


class Ledgers(Step[LedgersPlace]):
    """Every round, live."""

    name = "ledgers"
    place_type = LedgersPlace

    async def show(self, turn: Turn, place: LedgersPlace) -> Message:
        return texts.ledgers(await nominations.ledgers(turn.session, turn.actor, turn.now))

    async def chose(self, turn: Turn, place: LedgersPlace, key: str) -> Next:
        return Go(RoundPage, LedgerPlace(round=int(key.removeprefix("round."))))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_QUOTAS


class RoundPage(Step[LedgerPlace]):
    """One round and everybody proposed in it."""

    name = "round"
    place_type = LedgerPlace

    async def show(self, turn: Turn, place: LedgerPlace) -> Message:
        book = await nominations.round_ledger(turn.session, turn.actor, place.round)
        found, more = await nominations.nominees(turn.session, turn.actor, place.round, place.page, turn.now)
        listed = [(one.nomination, one.subject) for one in found]
        return texts.round_page(book, listed, page_number=place.page, more=more)

    async def chose(self, turn: Turn, place: LedgerPlace, key: str) -> Next:
        if key.startswith("page."):
            return Go(RoundPage, LedgerPlace(round=place.round, page=int(key.removeprefix("page."))))
        return Go(NomineePage, NomineePlace(round=place.round, nomination=int(key.removeprefix("one."))))

    async def back(self, turn: Turn, place: LedgerPlace) -> Next:
        return Go(Ledgers, LedgersPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP_QUOTAS


class NomineePage(Step[NomineePlace]):
    """Somebody proposed; the office enters the decision by which they are commended."""

    name = "nominee"
    place_type = NomineePlace

    async def show(self, turn: Turn, place: NomineePlace) -> Message:
        found, case = await nominations.nominee(turn.session, turn.actor, place.nomination, turn.now)
        return texts.nominee(case, found.nomination, may_commend=turn.actor.may(Permission.COMMEND))

    async def chose(self, turn: Turn, place: NomineePlace, key: str) -> Next:
        await award_giving.ensure_open(turn.session, turn.actor, place.nomination, turn.now)
        return Go(Number, GivingPlace(round=place.round, nomination=place.nomination))

    async def back(self, turn: Turn, place: NomineePlace) -> Next:
        return Go(RoundPage, LedgerPlace(round=place.round))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_QUOTAS


class Number(Step[GivingPlace]):
    """Number and symbol of the signed decision."""

    name = "number"
    place_type = GivingPlace

    async def show(self, turn: Turn, place: GivingPlace) -> Message:
        _found, case = await award_giving.whom(turn.session, turn.actor, place.nomination, turn.now)
        return giving_texts.ask(case, giving_texts.ASK_NUMBER)

    async def said(self, turn: Turn, place: GivingPlace, text: str) -> Next:
        return Go(Dated, place.model_copy(update={"number": number_told(text)}))

    async def back(self, turn: Turn, place: GivingPlace) -> Next:
        return Go(NomineePage, NomineePlace(round=place.round, nomination=place.nomination))

    def help(self, can: Capabilities) -> str:
        return giving_texts.HELP


class Dated(Step[GivingPlace]):
    """The day it was signed."""

    name = "dated"
    place_type = GivingPlace

    async def show(self, turn: Turn, place: GivingPlace) -> Message:
        _found, case = await award_giving.whom(turn.session, turn.actor, place.nomination, turn.now)
        return giving_texts.ask(case, giving_texts.ASK_DATED)

    async def said(self, turn: Turn, place: GivingPlace, text: str) -> Next:
        known = await calendar.in_force(turn.session)
        dated = read_date(text, turn.local_now.date(), known, past=True)
        if dated > turn.local_now.date():
            raise Refusal(Code.DATED_LATER, day=dated)
        return Go(Confirm, place.model_copy(update={"dated": dated}))

    async def back(self, turn: Turn, place: GivingPlace) -> Next:
        return Go(Number, place)

    def help(self, can: Capabilities) -> str:
        return giving_texts.HELP


class Confirm(Step[GivingPlace]):
    """Everything once more; then they are commended, and the award is on record."""

    name = "confirm"
    place_type = GivingPlace

    async def show(self, turn: Turn, place: GivingPlace) -> Message:
        found, case = await award_giving.whom(turn.session, turn.actor, place.nomination, turn.now)
        dated = place.dated or turn.local_now.date()
        return giving_texts.confirm(case, found.nomination, place.number, dated)

    async def chose(self, turn: Turn, place: GivingPlace, key: str) -> Next:
        if place.dated is None:
            raise Refusal(Code.NOT_FOUND)
        await award_giving.give(
            turn.session, turn.actor, place.nomination, place.number, place.dated, turn.now
        )
        return Go(RoundPage, LedgerPlace(round=place.round), giving_texts.GIVEN)

    async def back(self, turn: Turn, place: GivingPlace) -> Next:
        return Go(Dated, place)

    def help(self, can: Capabilities) -> str:
        return giving_texts.HELP


async def _enter(_turn: Turn, subject: str) -> Go:
    return Go(RoundPage, LedgerPlace(round=int(subject))) if subject else Go(Ledgers, LedgersPlace())


DIALOGUE = Dialogue(
    name="quotas",
    steps=(Ledgers(), RoundPage(), NomineePage(), Number(), Dated(), Confirm()),
    enter=_enter,
    needs=Permission.SEE_QUOTAS,
    label=texts.QUOTA_LABEL,
    shelved=True,
    command="chitieu",
    word=texts.DOOR_WORD,
)
