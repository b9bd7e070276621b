"""«Chỉ tiêu khen thưởng»: the ledger of every round, and who is proposed or commended in it."""

from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import nominations as texts
from handlers.dialogue import Dialogue, Go, Next, Place, Step, Turn
from services import nominations


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
    """Somebody proposed; the office notes that they are commended."""

    name = "nominee"
    place_type = NomineePlace

    async def show(self, turn: Turn, place: NomineePlace) -> Message:
        found, case = await nominations.nominee(turn.session, turn.actor, place.nomination, turn.now)
        return texts.nominee(case, found.nomination, may_commend=turn.actor.may(Permission.COMMEND))

    async def chose(self, turn: Turn, place: NomineePlace, key: str) -> Next:
        await nominations.commend(turn.session, turn.actor, place.nomination, turn.now)
        return Go(RoundPage, LedgerPlace(round=place.round), texts.COMMENDED)

    async def back(self, turn: Turn, place: NomineePlace) -> Next:
        return Go(RoundPage, LedgerPlace(round=place.round))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_QUOTAS


async def _enter(_turn: Turn, subject: str) -> Go:
    return Go(RoundPage, LedgerPlace(round=int(subject))) if subject else Go(Ledgers, LedgersPlace())


DIALOGUE = Dialogue(
    name="quotas",
    steps=(Ledgers(), RoundPage(), NomineePage()),
    enter=_enter,
    needs=Permission.SEE_QUOTAS,
    label=texts.QUOTA_LABEL,
    shelved=True,
    command="chitieu",
    word=texts.DOOR_WORD,
)
