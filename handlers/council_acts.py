"""What is done in a sitting: words for its acts, the time of the vote, paper ballots, a unit's answer."""

from dataclasses import replace

from core.council import Item, SittingFacts, SittingState
from core.dates import read_moment
from core.evidence import may_prove
from core.messages import Capabilities, FileRef, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import ballots as ballot_texts
from core.texts import council as texts
from handlers.ballots import rules_with
from handlers.council_places import ItemPlace, PapersPlace, QuestionPlace, SittingPlace, WordsPlace
from handlers.dialogue import AnyStep, Finish, Go, Next, Stay, Step, Turn
from services import ballots, calendar, council, council_decision, council_questions, council_vote, evidence

__all__ = ["STEPS", "Answer", "PaperVoters", "QuestionPlace", "Rules", "Until", "Words", "item_of"]


class Until(Step[SittingPlace]):
    """Until when the vote is open; with that it begins."""

    name = "until"
    place_type = SittingPlace

    async def show(self, turn: Turn, place: SittingPlace) -> Message:
        one = await council.one(turn.session, turn.actor, place.sitting, turn.now)
        called_to = one.held_at.astimezone(turn.zone) if one.held_at > turn.now else None
        return texts.ask_until(called_to)

    async def said(self, turn: Turn, place: SittingPlace, text: str) -> Next:
        until = read_moment(text, turn.local_now, await calendar.in_force(turn.session))
        await council_vote.open_vote(turn.session, turn.actor, place.sitting, until, turn.now)
        return Go("one", place, texts.OPENED)

    async def back(self, turn: Turn, place: SittingPlace) -> Next:
        return Go("one", place)

    def help(self, can: Capabilities) -> str:
        return texts.ASK_UNTIL


class Early(Step[SittingPlace]):
    """Whether to end the vote while there is time and somebody has not voted."""

    name = "early"
    place_type = SittingPlace

    async def show(self, turn: Turn, place: SittingPlace) -> Message:
        one = await council.one(turn.session, turn.actor, place.sitting, turn.now)
        if one.state is not SittingState.VOTING:
            return texts.NOT_VOTING
        missing = await council_vote.early(turn.session, one, turn.now)
        names = [member.name for member in one.members if member.person_id in missing]
        until = (await ballots.poll(turn.session, one.poll_id)).closes_at.astimezone(turn.zone)
        close = replace(texts.ACTS["close"], key=f"close.{ballots.held_by(turn.session)}")
        return texts.close_early(one, names, until, close)

    async def chose(self, turn: Turn, place: SittingPlace, key: str) -> Next:
        held = key.removeprefix("close.")
        await council_vote.close_vote(turn.session, turn.actor, place.sitting, turn.now, held)
        return Go("one", place, texts.CLOSED)

    async def back(self, turn: Turn, place: SittingPlace) -> Next:
        return Go("one", place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Rules(Step[SittingPlace]):
    """When the vote counts and who passes, as the chair sets it."""

    name = "rules"
    place_type = SittingPlace

    async def show(self, turn: Turn, place: SittingPlace) -> Message:
        one = await council.one(turn.session, turn.actor, place.sitting, turn.now)
        return ballot_texts.ask_rules(one.rules)

    async def chose(self, turn: Turn, place: SittingPlace, key: str) -> Next:
        one = await council.one(turn.session, turn.actor, place.sitting, turn.now)
        rules = rules_with(one.rules, key)
        await council_vote.set_rules(turn.session, turn.actor, place.sitting, rules, turn.now)
        return Stay()

    async def back(self, turn: Turn, place: SittingPlace) -> Next:
        return Go("one", place)

    def help(self, can: Capabilities) -> str:
        return ballot_texts.RULES_SOURCE


class Words(Step[WordsPlace]):
    """An act that is done with words."""

    name = "words"
    place_type = WordsPlace

    async def show(self, turn: Turn, place: WordsPlace) -> Message:
        one = await council.one(turn.session, turn.actor, place.sitting, turn.now)
        title, body = texts.ASKS[place.act]
        item = one.item(place.nomination)
        return texts.ask(title, f"{item.name}\n\n{body}" if item is not None else body)

    async def said(self, turn: Turn, place: WordsPlace, text: str) -> Next:
        session, actor, number, now = turn.session, turn.actor, place.sitting, turn.now
        here = SittingPlace(sitting=number)
        match place.act:
            case "ask":
                await council_questions.ask(session, actor, number, place.nomination, text, now)
                return Go("item", ItemPlace(sitting=number, nomination=place.nomination), texts.NOTED)
            case "conflict":
                await council_questions.declare_conflict(session, actor, number, place.nomination, text, now)
                return Go("item", ItemPlace(sitting=number, nomination=place.nomination), texts.NOTED)
            case "settle":
                await council_vote.settle(session, actor, number, place.nomination, text, now)
                return Go("one", here, texts.NOTED)
            case "again":
                await council_vote.vote_again(session, actor, number, text, now)
                return Go("one", here, texts.NOTED)
            case "conclude":
                await council_vote.conclude(session, actor, number, text, now)
                return Go("one", here, texts.CONCLUDED)
            case "refer":
                await council_decision.refer(session, actor, number, text, now)
                return Finish(texts.REFERRED)
            case _:
                await council.cancel(session, actor, number, text, now)
                return Go("one", here, texts.CANCELLED)

    async def back(self, turn: Turn, place: WordsPlace) -> Next:
        return Go("one", SittingPlace(sitting=place.sitting))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class PaperVoters(Step[PapersPlace]):
    """Who votes on paper."""

    name = "paper_voters"
    place_type = PapersPlace

    async def show(self, turn: Turn, place: PapersPlace) -> Message:
        one = await council.one(turn.session, turn.actor, place.sitting, turn.now)
        found = await council_vote.turnout(turn.session, turn.actor, place.sitting, turn.now)
        return texts.paper_voters(one.members, found.on_paper if found is not None else ())

    async def chose(self, turn: Turn, place: PapersPlace, key: str) -> Next:
        if key == "sums":
            return Go(Sums, PapersPlace(sitting=place.sitting))
        how, _, person = key.partition(".")
        at = (turn.session, turn.actor, place.sitting, int(person), turn.now)
        await council_vote.on_paper(*at, on_paper=how == "paper")
        return Stay(texts.NOTED)

    async def back(self, turn: Turn, place: PapersPlace) -> Next:
        return Go("one", SittingPlace(sitting=place.sitting))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Sums(Step[PapersPlace]):
    """The sums of the paper ballots, a nominee at a time."""

    name = "sums"
    place_type = PapersPlace

    async def show(self, turn: Turn, place: PapersPlace) -> Message:
        one = await council.one(turn.session, turn.actor, place.sitting, turn.now)
        at = min(len(place.sums), len(one.items) - 1)
        return texts.ask_sums(one.items[at], at + 1, len(one.items))

    async def said(self, turn: Turn, place: PapersPlace, text: str) -> Next:
        one = await council.one(turn.session, turn.actor, place.sitting, turn.now)
        given = [int(word) for word in text.split() if word.isdecimal() and len(word) < 4]
        if len(given) != 3 or len(text.split()) != 3:
            raise Refusal(Code.COUNCIL_SUMS)
        told = (given[0], given[1], given[2])
        about = one.items[min(len(place.sums), len(one.items) - 1)].nomination_id
        await council_vote.ensure_counts(turn.session, turn.actor, one.id, about, told, turn.now)
        sums = (*place.sums, told)
        following = PapersPlace(sitting=place.sitting, sums=sums)
        return Go(Sums if len(sums) < len(one.items) else Sheet, following)

    async def back(self, turn: Turn, place: PapersPlace) -> Next:
        if place.sums:
            return Go(Sums, PapersPlace(sitting=place.sitting, sums=place.sums[:-1]))
        return Go(PaperVoters, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Sheet(Step[PapersPlace]):
    """A photo or scan of the counted sheet."""

    name = "sheet"
    place_type = PapersPlace
    takes_files = 1

    async def show(self, turn: Turn, place: PapersPlace) -> Message:
        return texts.ask(texts.SHEET_TITLE, texts.ASK_SHEET)

    async def said(self, turn: Turn, place: PapersPlace, text: str) -> Next:
        return Stay(texts.NOT_A_FILE)

    async def sent(self, turn: Turn, place: PapersPlace, files: tuple[FileRef, ...]) -> Next:
        if len(files) != 1 or not may_prove(files[0].name, files[0].mime):
            return Stay(texts.NOT_A_FILE, gather=files[0].group)
        (file,) = await evidence.receive(
            turn.session, turn.actor, files, turn.now, serving=Permission.CALL_COUNCIL
        )
        return Go(KeepSums, place.model_copy(update={"file": file.id}))

    async def back(self, turn: Turn, place: PapersPlace) -> Next:
        return Go(Sums, PapersPlace(sitting=place.sitting, sums=place.sums[:-1]))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_SHEET


class KeepSums(Step[PapersPlace]):
    """The sums once more."""

    name = "keep_sums"
    place_type = PapersPlace

    async def show(self, turn: Turn, place: PapersPlace) -> Message:
        one = await council.one(turn.session, turn.actor, place.sitting, turn.now)
        told = zip((item.name for item in one.items), place.sums, strict=False)
        return texts.confirm_sums(list(told))

    async def chose(self, turn: Turn, place: PapersPlace, key: str) -> Next:
        one = await council.one(turn.session, turn.actor, place.sitting, turn.now)
        sums = dict(zip((item.nomination_id for item in one.items), place.sums, strict=False))
        session, actor = turn.session, turn.actor
        await council_vote.enter_paper(session, actor, place.sitting, sums, place.file, turn.now)
        return Go("one", SittingPlace(sitting=place.sitting), texts.NOTED)

    async def back(self, turn: Turn, place: PapersPlace) -> Next:
        return Go(Sheet, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Answer(Step[QuestionPlace]):
    """A unit answers a question of the council."""

    name = "answer"
    place_type = QuestionPlace

    async def show(self, turn: Turn, place: QuestionPlace) -> Message:
        item, asked = await council_questions.question(turn.session, turn.actor, place.question, turn.now)
        return texts.question(item, asked)

    async def said(self, turn: Turn, place: QuestionPlace, text: str) -> Next:
        await council_questions.answer(turn.session, turn.actor, place.question, text, turn.now)
        return Finish(texts.ANSWERED)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def item_of(turn: Turn, place: ItemPlace) -> tuple[SittingFacts, Item]:
    """A nominee of a sitting the person may see; else it is not found."""
    one = await council.one(turn.session, turn.actor, place.sitting, turn.now)
    item = one.item(place.nomination)
    if item is None:
        raise Refusal(Code.NOT_FOUND)
    return one, item


STEPS: tuple[AnyStep, ...] = (Until(), Early(), Rules(), Words(), PaperVoters(), Sums(), Sheet(), KeepSums())
