"""«Phiên họp Hội đồng»: the sittings of somebody, each with what they may do in it."""

from dataclasses import replace

from core.council import SittingFacts, SittingState, tied
from core.messages import Capabilities, Choice, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import council as texts
from core.texts import council_notices as notices
from core.texts import results_announcement as announcement_texts
from handlers import council_acts, council_calling, council_decision
from handlers.council_places import ItemPlace, ListPlace, PapersPlace, SittingPlace, WordsPlace
from handlers.dialogue import Dialogue, Go, Home, Next, Open, Stay, Step, Turn
from services import (
    appraisal_shortlist,
    ballot_voters,
    ballots,
    council,
    council_papers,
    council_questions,
    council_scans,
    council_seats,
    council_vote,
    dossier_archives,
    outbox,
    results_announcement,
)
from services import council_decision as deciding

#: What the director may do, by how a sitting stands.
_TO_DECIDE = {SittingState.CONCLUDED: ("approve", "refer"), SittingState.APPROVED: ("refer",)}


class Sittings(Step[ListPlace]):
    """Every sitting of the person, and the way to a new one."""

    name = "list"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        found = await council.listed(turn.session, turn.actor, turn.now)
        return texts.listed(found, may_call=turn.actor.may(Permission.CALL_COUNCIL))

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        if key == "call":
            return Go(council_calling.Rounds, place)
        return Go(Sitting, SittingPlace(sitting=int(key.removeprefix("one."))))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Sitting(Step[SittingPlace]):
    """One of them."""

    name = "one"
    place_type = SittingPlace

    async def show(self, turn: Turn, place: SittingPlace) -> Message:
        one = await council.one(turn.session, turn.actor, place.sitting, turn.now)
        found = await council_vote.results_of(turn.session, one)
        at = one.held_at.astimezone(turn.zone)
        acts = await self._acts(turn, one)
        preferred = await appraisal_shortlist.preferred(turn.session, one.round_id)
        return texts.sitting(one, at, found, await self._turnout(turn, one), acts, place.page, preferred)

    async def chose(self, turn: Turn, place: SittingPlace, key: str) -> Next:
        act, _, number = key.partition(".")
        match act:
            case "item":
                return Go(Nominee, ItemPlace(sitting=place.sitting, nomination=int(number)))
            case "page":
                return Go(Sitting, place.model_copy(update={"page": int(number)}))
            case "vote":
                return Open("ballot", number)
            case "close" if await _early(turn, place):
                return Go(council_acts.Early, place)
            case "close":
                await council_vote.close_vote(turn.session, turn.actor, place.sitting, turn.now, number)
                return Go(Sitting, place, texts.CLOSED)
            case "end":
                await deciding.end(turn.session, turn.actor, place.sitting, turn.now)
                return Go(Sitting, place, texts.ENDED)
            case "settle":
                return Go(council_acts.Words, _words(place, act, int(number)))
            case "announce":
                announced, fresh = await results_announcement.draft(
                    turn.session, turn.actor, place.sitting, turn.now
                )
                told = announcement_texts.DRAFTED if fresh else announcement_texts.THERE_ALREADY
                return Open("announcements", str(announced), told)
            case "papers" | "scan":
                of = council_papers.handed if act == "papers" else council_scans.decision
                message = await of(turn.session, turn.actor, place.sitting, turn.now)
                await outbox.post(turn.session, turn.address, message, outbox.Lane.ANSWER, turn.now)
                return Stay()
            case _:
                return _further(place, act)

    async def back(self, turn: Turn, place: SittingPlace) -> Next:
        return Go(Sittings, ListPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP

    async def _turnout(self, turn: Turn, one: SittingFacts) -> str:
        if one.state is not SittingState.VOTING:
            return ""
        found = await council_vote.turnout(turn.session, turn.actor, one.id, turn.now)
        if found is None:
            return ""
        names = {member.person_id: member.name for member in one.members}
        return texts.turnout(
            [names[person] for person in found.voted],
            [names[person] for person in found.missing],
            [names[person] for person in found.on_paper],
        )

    async def _acts(self, turn: Turn, one: SittingFacts) -> list[Choice]:
        """What this person may do here now; each act asks again."""
        actor, state = turn.actor, one.state
        acts: list[Choice] = []
        sits = any(member.person_id == actor.person_id for member in one.members)
        if state is SittingState.VOTING and sits and await _votes(turn, one):
            acts.append(texts.to_vote(one.poll_id))
        if actor.person_id == one.chair_id:
            acts += await _of_chair(turn, one)
        if actor.may(Permission.CALL_COUNCIL) and state is SittingState.CALLED:
            acts += [texts.ACTS["seat"], texts.ACTS["cancel"]]
        if actor.may(Permission.CALL_COUNCIL) and await council_seats.successors(
            turn.session, actor, one.id, turn.now
        ):
            acts.append(texts.ACTS["preside"])
        if actor.person_id == one.secretary_id and state is SittingState.VOTING:
            acts.append(texts.ACTS["paper"])
        if actor.may(Permission.DECIDE):
            acts += [texts.ACTS[act] for act in _TO_DECIDE.get(state, ())]
        if actor.may(Permission.COMMEND) and state is SittingState.APPROVED:
            acts.append(texts.ACTS["enter" if one.chosen else "end"])
        if results_announcement.can_draft(actor, one):
            acts.append(announcement_texts.ANNOUNCE)
        return acts + await _papers(turn, one)


class Nominee(Step[ItemPlace]):
    """A nominee on the agenda, and what members asked about it."""

    name = "item"
    place_type = ItemPlace

    async def show(self, turn: Turn, place: ItemPlace) -> Message:
        one, item = await council_acts.item_of(turn, place)
        verdict = await ballot_voters.appraised(turn.session, item.nomination_id, turn.now)
        asked = await council_questions.thread(turn.session, one.id, item.nomination_id)
        names = {member.person_id: member.name for member in one.members}
        barred = [
            (names.get(conflict.person_id, ""), conflict.reason)
            for conflict in one.conflicts
            if conflict.nomination_id == item.nomination_id
        ]
        acts: list[Choice] = []
        if turn.can.files_out and await ballot_voters.papers(turn.session, item.nomination_id, turn.now):
            acts.append(texts.ACTS["whole"])
        if turn.can.files_out and await dossier_archives.latest(turn.session, item.dossier_id):
            acts.append(texts.ACTS["archive"])
        if turn.actor.person_id in names and one.state in {SittingState.CALLED, SittingState.VOTING}:
            acts.append(texts.ACTS["ask"])
        if turn.actor.person_id in names and one.state is SittingState.CALLED:
            acts.append(texts.ACTS["conflict"])
        remark = await appraisal_shortlist.remark(turn.session, item.nomination_id)
        return texts.item(item, verdict.mark if verdict is not None else None, asked, barred, acts, remark)

    async def chose(self, turn: Turn, place: ItemPlace, key: str) -> Next:
        if key == "whole":
            session, actor = turn.session, turn.actor
            await council_questions.paper(session, actor, place.sitting, place.nomination, turn.now)
            return Stay()
        if key == "archive":
            session, actor = turn.session, turn.actor
            await council_questions.archive(session, actor, place.sitting, place.nomination, turn.now)
            return Stay()
        return Go(council_acts.Words, WordsPlace(sitting=place.sitting, act=key, nomination=place.nomination))

    async def back(self, turn: Turn, place: ItemPlace) -> Next:
        return Go(Sitting, SittingPlace(sitting=place.sitting))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _papers(turn: Turn, one: SittingFacts) -> list[Choice]:
    """What there is on paper: made by the house, and the signed decision."""
    made = await council_papers.made(turn.session, one.id)
    there = [key for key, is_there in (("papers", made), ("scan", bool(one.number))) if is_there]
    return [texts.ACTS[key] for key in there] if turn.can.files_out else []


async def _votes(turn: Turn, one: SittingFacts) -> bool:
    """Whether the person votes here; one on paper does not."""
    return any(poll.id == one.poll_id for poll in await ballots.mine(turn.session, turn.actor))


async def _early(turn: Turn, place: SittingPlace) -> bool:
    """Whether the vote would end while there is time and somebody has not voted."""
    one = await council.one(turn.session, turn.actor, place.sitting, turn.now)
    return bool(await council_vote.early(turn.session, one, turn.now))


async def _of_chair(turn: Turn, one: SittingFacts) -> list[Choice]:
    match one.state:
        case SittingState.CALLED:
            return [texts.ACTS["open"], texts.ACTS["rules"]]
        case SittingState.VOTING:
            if await council_vote.early(turn.session, one, turn.now):
                return [texts.ACTS["early"]]
            close = texts.ACTS["close"]
            return [replace(close, key=f"{close.key}.{ballots.held_by(turn.session)}")]
        case SittingState.COUNTED:
            equal = tied(await council_vote.results_of(turn.session, one))
            again = texts.ACTS["again"]
            if not equal:
                return [texts.ACTS["conclude"], again]
            names = {item.nomination_id: item.name for item in one.items}
            first = [texts.put_first(number, names[number]) for number in equal]
            return [*first, again]
        case _:
            return []


def _further(place: SittingPlace, act: str) -> Go:
    """To the step an act begins with; most begin with words."""
    match act:
        case "open":
            return Go(council_acts.Until, place)
        case "early":
            return Go(council_acts.Early, place)
        case "rules":
            return Go(council_acts.Rules, place)
        case "seat":
            return Go(council_calling.Seats, place)
        case "preside":
            return Go(council_calling.Successors, place)
        case "approve":
            return Go(council_decision.ReadBack, place)
        case "enter":
            return Go(council_decision.Number, council_decision.begun(place.sitting))
        case "paper":
            return Go(council_acts.PaperVoters, PapersPlace(sitting=place.sitting))
        case _:
            return Go(council_acts.Words, _words(place, act))


def _words(place: SittingPlace, act: str, nomination: int = 0) -> WordsPlace:
    return WordsPlace(sitting=place.sitting, act=act, nomination=nomination)


async def _enter(turn: Turn, subject: str) -> Go | Home | Open:
    if not subject:
        return Go(Sittings, ListPlace())
    one = await council.one(turn.session, turn.actor, int(subject), turn.now)
    return Go(Sitting, SittingPlace(sitting=one.id))


async def _waiting(turn: Turn) -> int | None:
    """How many sittings wait for something of this person; None keeps it off the menu of who has none."""
    found = await council.listed(turn.session, turn.actor, turn.now)
    if turn.actor.may(Permission.CALL_COUNCIL):
        return len(await council.ready(turn.session, turn.actor))
    if turn.actor.may(Permission.DECIDE):
        return sum(one.state is SittingState.CONCLUDED for one in found)
    return 0 if found else None


DIALOGUE = Dialogue(
    name="council",
    steps=(
        Sittings(),
        Sitting(),
        Nominee(),
        *council_calling.STEPS,
        *council_acts.STEPS,
        *council_decision.STEPS,
    ),
    enter=_enter,
    needs=Permission.MANAGE_ACCOUNT,
    label=texts.LABEL,
    command="hoidong",
    word=notices.DOOR_WORD,
    waiting=_waiting,
)


async def _enter_question(_turn: Turn, subject: str) -> Go | Home | Open:
    if not subject:
        raise Refusal(Code.NOT_FOUND)
    return Go(council_acts.Answer, council_acts.QuestionPlace(question=int(subject)))


ANSWERS = Dialogue(
    name="council_answers",
    steps=(council_acts.Answer(),),
    enter=_enter_question,
    needs=Permission.PREPARE_DOSSIER,
    word=notices.ANSWER_WORD,
)
