"""«Đề nghị khen thưởng»: a head proposes what is signed and nothing stands in the way of."""

from core.campaigns import Track
from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import eligibility as eligibility_texts
from core.texts import nominations as texts
from handlers.dialogue import Dialogue, Go, Next, Place, Step, Turn
from services import awards, nominations


class RoundsPlace(Place):
    """Before a round is chosen."""


class CandidatesPlace(Place):
    """In the list of a round."""

    round: int
    page: int = 0


class CandidatePlace(Place):
    """At one signed self-assessment."""

    sheet: int


class ReasonPlace(Place):
    """About to propose one of them beyond the quota."""

    sheet: int
    achievement: str


class ChooseRound(Step[RoundsPlace]):
    """Several rounds: which one."""

    name = "rounds"
    place_type = RoundsPlace

    async def show(self, turn: Turn, place: RoundsPlace) -> Message:
        rounds = await nominations.rounds(turn.session, turn.actor, turn.now)
        choices = [
            eligibility_texts.round_choice(str(one.round_id), one.label, one.campaign) for one in rounds
        ]
        return eligibility_texts.choose_round(choices, texts.LABEL)

    async def chose(self, turn: Turn, place: RoundsPlace, key: str) -> Next:
        return Go(Candidates, CandidatesPlace(round=int(key.removeprefix("round."))))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Candidates(Step[CandidatesPlace]):
    """What is signed in the units one leads."""

    name = "candidates"
    place_type = CandidatesPlace

    async def show(self, turn: Turn, place: CandidatesPlace) -> Message:
        cases, more = await nominations.candidates(
            turn.session, turn.actor, place.round, place.page, turn.now
        )
        return texts.candidates(cases, page_number=place.page, more=more)

    async def chose(self, turn: Turn, place: CandidatesPlace, key: str) -> Next:
        if key.startswith("page."):
            return Go(Candidates, CandidatesPlace(round=place.round, page=int(key.removeprefix("page."))))
        return Go(Candidate, CandidatePlace(sheet=int(key.removeprefix("case."))))

    async def back(self, turn: Turn, place: CandidatesPlace) -> Next:
        return Go(ChooseRound, RoundsPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Candidate(Step[CandidatePlace]):
    """One of them: proposed, or why not."""

    name = "candidate"
    place_type = CandidatePlace

    async def show(self, turn: Turn, place: CandidatePlace) -> Message:
        case, elsewhere = await nominations.candidate(turn.session, turn.actor, place.sheet, turn.now)
        of_unit = case.track is Track.COLLECTIVE
        person, unit = (None, case.unit_id) if of_unit else (case.person_id, None)
        _whom, known = await awards.history(turn.session, turn.actor, person, unit, turn.now)
        return texts.candidate(case, elsewhere, known)

    async def chose(self, turn: Turn, place: CandidatePlace, key: str) -> Next:
        if key == "propose":
            return Go(NameAchievement, place)
        await nominations.withdraw(turn.session, turn.actor, place.sheet, turn.now)
        return Go(Candidate, place, texts.WITHDRAWN)

    async def back(self, turn: Turn, place: CandidatePlace) -> Next:
        case, _elsewhere = await nominations.candidate(turn.session, turn.actor, place.sheet, turn.now)
        return Go(Candidates, CandidatesPlace(round=case.round_id))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class NameAchievement(Step[CandidatePlace]):
    """What they are to be commended for; with it, they are proposed."""

    name = "achievement"
    place_type = CandidatePlace

    async def show(self, turn: Turn, place: CandidatePlace) -> Message:
        case, _elsewhere = await nominations.candidate(turn.session, turn.actor, place.sheet, turn.now)
        return texts.ask_achievement(case)

    async def said(self, turn: Turn, place: CandidatePlace, text: str) -> Next:
        told = nominations.checked(text)
        book, subject = await nominations.with_one_more(turn.session, turn.actor, place.sheet, turn.now)
        if book.over(subject):
            return Go(GiveReason, ReasonPlace(sheet=place.sheet, achievement=told))
        over = await nominations.propose(turn.session, turn.actor, place.sheet, text, turn.now)
        return Go(Candidate, place, texts.proposed(over))

    async def back(self, turn: Turn, place: CandidatePlace) -> Next:
        return Go(Candidate, place)

    def help(self, can: Capabilities) -> str:
        return texts.ASK_ACHIEVEMENT


class GiveReason(Step[ReasonPlace]):
    """Beyond the quota: why all the same; with it, they are proposed."""

    name = "over"
    place_type = ReasonPlace

    async def show(self, turn: Turn, place: ReasonPlace) -> Message:
        case, _elsewhere = await nominations.candidate(turn.session, turn.actor, place.sheet, turn.now)
        book, subject = await nominations.with_one_more(turn.session, turn.actor, place.sheet, turn.now)
        return texts.ask_reason(case, book, subject)

    async def said(self, turn: Turn, place: ReasonPlace, text: str) -> Next:
        why = nominations.checked(text)
        over = await nominations.propose(
            turn.session, turn.actor, place.sheet, place.achievement, turn.now, why
        )
        return Go(Candidate, CandidatePlace(sheet=place.sheet), texts.proposed(over))

    async def back(self, turn: Turn, place: ReasonPlace) -> Next:
        return Go(NameAchievement, CandidatePlace(sheet=place.sheet))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_OVER


async def _enter(turn: Turn, _subject: str) -> Go:
    rounds = await nominations.rounds(turn.session, turn.actor, turn.now)
    if len(rounds) == 1:
        return Go(Candidates, CandidatesPlace(round=rounds[0].round_id))
    return Go(ChooseRound, RoundsPlace())


DIALOGUE = Dialogue(
    name="nominations",
    steps=(Candidates(), ChooseRound(), Candidate(), NameAchievement(), GiveReason()),
    enter=_enter,
    needs=Permission.NOMINATE,
    label=texts.LABEL,
    command="denghi",
)
