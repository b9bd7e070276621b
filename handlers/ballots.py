"""«Bỏ phiếu kín»: one nominee a screen, under a veil, until the vote is closed."""

from dataclasses import replace

from core.ballots import QUORUMS, THRESHOLDS, Base, PollRules, Vote
from core.messages import Capabilities, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import ballots as texts
from core.texts import council as council_texts
from core.vietnamese import moment
from handlers.dialogue import Dialogue, Go, Next, Place, Stay, Step, Turn
from services import ballot_voters, ballots, outbox
from services.ballot_voters import OnBallot
from services.ballots import PollFacts


class PollsPlace(Place):
    """Before a vote is chosen."""


class PollPlace(Place):
    """At one vote."""

    poll: int


class BallotPlace(Place):
    """At one nominee of a vote."""

    poll: int
    nomination: int


class Polls(Step[PollsPlace]):
    """Several votes at once: which one."""

    name = "polls"
    place_type = PollsPlace

    async def show(self, turn: Turn, place: PollsPlace) -> Message:
        mine = await ballots.mine(turn.session, turn.actor)
        return texts.polls([await _told(turn, one) for one in mine])

    async def chose(self, turn: Turn, place: PollsPlace, key: str) -> Next:
        return Go(About, PollPlace(poll=int(key.removeprefix("poll."))))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class About(Step[PollPlace]):
    """What is voted on, by which rules, and who sees what."""

    name = "about"
    place_type = PollPlace

    async def show(self, turn: Turn, place: PollPlace) -> Message:
        return texts.about(await _told(turn, await ballots.open_to(turn.session, turn.actor, place.poll)))

    async def chose(self, turn: Turn, place: PollPlace, key: str) -> Next:
        return await _next(turn, place.poll)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Ballot(Step[BallotPlace]):
    """One nominee: for, against, or blank. What is picked is written down nowhere."""

    name = "vote"
    place_type = BallotPlace

    async def show(self, turn: Turn, place: BallotPlace) -> Message:
        one, of = await _on_ballot(turn, place)
        papers = await ballot_voters.papers(turn.session, one.nomination_id, turn.now)
        appraised = await ballot_voters.appraised(turn.session, one.nomination_id, turn.now)
        return texts.ballot(
            _who(one),
            one.achievement,
            council_texts.appraised(appraised.mark) if appraised is not None else "",
            place=one.place,
            of=of,
            has_paper=turn.can.files_out and bool(papers),
            again=one.voted,
            typed=not turn.can.buttons,
        )

    async def chose(self, turn: Turn, place: BallotPlace, key: str) -> Next:
        one, _of = await _on_ballot(turn, place)
        if key == "conflict":
            return Go(Conflict, place)
        if key == "paper":
            files = await ballot_voters.papers(turn.session, one.nomination_id, turn.now)
            if not files:
                raise Refusal(Code.NOT_FOUND)
            message = Message(files=tuple(files))
            await outbox.post(turn.session, turn.address, message, outbox.Lane.ANSWER, turn.now)
            return Stay()
        await ballots.cast(turn.session, turn.actor, place.poll, place.nomination, Vote(key), turn.now)
        return await _next(turn, place.poll, texts.voted(one.name))

    async def said(self, turn: Turn, place: BallotPlace, text: str) -> Next:
        return Stay(texts.PICK_ON_SCREEN)

    async def back(self, turn: Turn, place: BallotPlace) -> Next:
        return Go(About, PollPlace(poll=place.poll))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Conflict(Step[BallotPlace]):
    """Why somebody does not vote about a nominee."""

    name = "conflict"
    place_type = BallotPlace

    async def show(self, turn: Turn, place: BallotPlace) -> Message:
        one, _of = await _on_ballot(turn, place)
        return texts.ask_conflict(_who(one))

    async def said(self, turn: Turn, place: BallotPlace, text: str) -> Next:
        await ballots.declare_conflict(turn.session, turn.actor, place.poll, place.nomination, text, turn.now)
        return await _next(turn, place.poll, texts.CONFLICT_NOTED)

    async def back(self, turn: Turn, place: BallotPlace) -> Next:
        return Go(Ballot, place)

    def help(self, can: Capabilities) -> str:
        return texts.ASK_CONFLICT


class Done(Step[PollPlace]):
    """Voted about everybody; any of it again."""

    name = "done"
    place_type = PollPlace

    async def show(self, turn: Turn, place: PollPlace) -> Message:
        of = await _told(turn, await ballots.open_to(turn.session, turn.actor, place.poll))
        sheet = await ballot_voters.sheet(turn.session, turn.actor, place.poll, turn.now)
        return texts.done(of, [(one.nomination_id, one.name, one.conflict) for one in sheet])

    async def chose(self, turn: Turn, place: PollPlace, key: str) -> Next:
        return Go(Ballot, BallotPlace(poll=place.poll, nomination=int(key.removeprefix("again."))))

    async def back(self, turn: Turn, place: PollPlace) -> Next:
        return Go(About, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


def _who(one: OnBallot) -> str:
    return " · ".join(dict.fromkeys(part for part in (one.name, one.post, one.unit) if part))


def rules_with(rules: PollRules, key: str) -> PollRules:
    """The rules with the one of them that was tapped (`core.texts.ballots.ask_rules`)."""
    what, _, told = key.partition(".")
    match what:
        case "quorum":
            return replace(rules, quorum=QUORUMS[int(told)])
        case "threshold":
            return replace(rules, threshold=THRESHOLDS[int(told)])
        case _:
            return replace(rules, base=Base(told))


async def _told(turn: Turn, facts: PollFacts) -> texts.OfPoll:
    left = await ballots.left(turn.session, turn.actor, facts.id)
    until = moment(facts.closes_at.astimezone(turn.zone))
    return texts.OfPoll(facts.id, facts.subject, len(facts.nominations), len(left), facts.rules, until)


async def _on_ballot(turn: Turn, place: BallotPlace) -> tuple[OnBallot, int]:
    sheet = await ballot_voters.sheet(turn.session, turn.actor, place.poll, turn.now)
    for one in sheet:
        if one.nomination_id == place.nomination and not one.conflict:
            return one, len(sheet)
    raise Refusal(Code.NOT_FOUND)


async def _next(turn: Turn, poll_id: int, note: str = "") -> Go:
    """The first nominee there is no vote about yet, or the list of all."""
    left = await ballots.left(turn.session, turn.actor, poll_id)
    if left:
        return Go(Ballot, BallotPlace(poll=poll_id, nomination=left[0]), note)
    return Go(Done, PollPlace(poll=poll_id), note)


async def _enter(turn: Turn, subject: str) -> Go:
    mine = await ballots.mine(turn.session, turn.actor)
    if subject:
        return Go(About, PollPlace(poll=(await ballots.open_to(turn.session, turn.actor, int(subject))).id))
    return Go(About, PollPlace(poll=mine[0].id)) if len(mine) == 1 else Go(Polls, PollsPlace())


async def _waiting(turn: Turn) -> int | None:
    mine = await ballots.mine(turn.session, turn.actor)
    unfinished = [one for one in mine if await ballots.left(turn.session, turn.actor, one.id)]
    return len(unfinished) if mine else None


DIALOGUE = Dialogue(
    name="ballot",
    steps=(Polls(), About(), Ballot(), Conflict(), Done()),
    enter=_enter,
    needs=Permission.MANAGE_ACCOUNT,
    label=texts.LABEL,
    command="bophieu",
    word=texts.DOOR_WORD,
    waiting=_waiting,
)
