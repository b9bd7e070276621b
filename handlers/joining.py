"""Joining: a one-time code, «Đúng là tôi», the notice on personal data, an explicit yes."""

from core import joining
from core.messages import Capabilities, Message
from core.texts import joining as texts
from handlers.dialogue import Dialogue, Go, Home, Next, Place, Stay, Step, Turn
from services import people


class AskPlace(Place):
    """Nobody yet."""


class CandidatePlace(Place):
    """The invitation whose code was given."""

    invitation_id: int


class NoticePlace(CandidatePlace):
    """The notice that was shown, by its version."""

    notice: str


class AskCode(Step[AskPlace]):
    """A stranger is asked for the code."""

    name = "code"
    place_type = AskPlace

    async def show(self, turn: Turn, place: AskPlace) -> Message:
        return texts.ask_code(turn.organisation)

    async def said(self, turn: Turn, place: AskPlace, text: str) -> Next:
        return await _try_code(turn, text) if joining.may_be_code(text) else Stay(texts.NOT_A_CODE)

    async def back(self, turn: Turn, place: AskPlace) -> Next:
        return Home()

    def help(self, can: Capabilities) -> str:
        return texts.HELP_CODE


class ConfirmIdentity(Step[CandidatePlace]):
    """Name and unit are shown; the person says whether it is them."""

    name = "identity"
    place_type = CandidatePlace

    async def show(self, turn: Turn, place: CandidatePlace) -> Message:
        found = await people.candidate(turn.session, place.invitation_id, turn.now)
        return texts.ask_identity(found.name, found.post, found.unit)

    async def chose(self, turn: Turn, place: CandidatePlace, key: str) -> Next:
        if key == "yes":
            return Go(AskConsent, _shown(place))
        await people.disown(turn.session, place.invitation_id, turn.now)
        return Home(texts.DISOWNED)

    async def said(self, turn: Turn, place: CandidatePlace, text: str) -> Next | None:
        return await _try_code(turn, text) if joining.may_be_code(text) else None

    async def back(self, turn: Turn, place: CandidatePlace) -> Next:
        return Home()

    def help(self, can: Capabilities) -> str:
        return texts.HELP_IDENTITY


class AskConsent(Step[NoticePlace]):
    """Nothing about the person is stored before they agree to the notice, which stays as they saw it."""

    name = "consent"
    place_type = NoticePlace

    async def show(self, turn: Turn, place: NoticePlace) -> Message:
        await people.candidate(turn.session, place.invitation_id, turn.now)
        return texts.ask_consent()

    async def chose(self, turn: Turn, place: NoticePlace, key: str) -> Next:
        if key != "agree":
            return Home(texts.DECLINED)
        if place.notice != texts.NOTICE_VERSION:
            return Go(AskConsent, _shown(place), texts.NOTICE_CHANGED)
        joined = await people.accept(turn.session, turn.address, place.invitation_id, turn.screen, turn.now)
        return Home(texts.welcome(joined.name), as_new=True, fresh=True)

    async def back(self, turn: Turn, place: NoticePlace) -> Next:
        return Go(ConfirmIdentity, CandidatePlace(invitation_id=place.invitation_id))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_CONSENT


def _shown(place: CandidatePlace) -> NoticePlace:
    """The notice as it reads now."""
    return NoticePlace(invitation_id=place.invitation_id, notice=texts.NOTICE_VERSION)


async def _try_code(turn: Turn, text: str) -> Next:
    found = await people.find_candidate(turn.session, turn.address, text, turn.now)
    if found is None:
        await people.count_wrong_code(turn.session, turn.address, turn.now)
        return Stay(texts.WRONG_CODE)
    return Go(ConfirmIdentity, CandidatePlace(invitation_id=found.invitation_id))


async def _enter(turn: Turn, subject: str) -> Go | Home:
    if not subject:
        return Go(AskCode, AskPlace())
    outcome = await _try_code(turn, subject)
    if isinstance(outcome, Go):
        return outcome
    return Go(AskCode, AskPlace(), texts.WRONG_CODE) if turn.stranger else Home(texts.ALREADY_JOINED)


DIALOGUE = Dialogue(name="joining", steps=(AskCode(), ConfirmIdentity(), AskConsent()), enter=_enter)
