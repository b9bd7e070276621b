"""«Thẩm định hồ sơ»: the queue, one dossier, who appraises it, and how it ends."""

from core.appraisal import Desk as DeskFacts
from core.dossier_findings import Finding, errors
from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import appraisal as texts
from core.texts import appraisal_report as report_texts
from core.texts import dossier_findings as finding_texts
from handlers.appraisal_marks import MARKS_STEPS
from handlers.appraisal_places import DeskPlace, NomineePlace, QueuePlace
from handlers.appraisal_returns import RETURN_STEPS
from handlers.dialogue import Dialogue, Go, Next, Open, Step, Turn
from services import appraisal, appraisal_report, appraisal_supplement, dossier_archives, dossier_doctor


class Queue(Step[QueuePlace]):
    """What waits to be appraised, or is done."""

    name = "queue"
    place_type = QueuePlace

    async def show(self, turn: Turn, place: QueuePlace) -> Message:
        lines, more = await appraisal.queue(turn.session, turn.actor, place.page, turn.now, done=place.done)
        return texts.queue(lines, place.page, more=more, done=place.done)

    async def chose(self, turn: Turn, place: QueuePlace, key: str) -> Next:
        if key == "shortlists":
            return Open("shortlist")
        if key in {"done", "waiting"}:
            return Go(Queue, QueuePlace(done=key == "done"))
        if key.startswith("page."):
            return Go(Queue, QueuePlace(done=place.done, page=int(key.removeprefix("page."))))
        return Go(Desk, DeskPlace(dossier=int(key.removeprefix("one."))))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Desk(Step[DeskPlace]):
    """One dossier, with everybody in it."""

    name = "desk"
    place_type = DeskPlace

    async def show(self, turn: Turn, place: DeskPlace) -> Message:
        session, actor, number = turn.session, turn.actor, place.dossier
        found = await appraisal.desk(session, actor, number, turn.now)
        noted = await appraisal_supplement.noted(session, actor, number, turn.now) if found.marks_now else []
        made = "" if found.conflict else await appraisal_report.made_last(session, actor, number, turn.now)
        paper = report_texts.paper(found.facts.unit, made) if made else None
        packed = turn.can.files_out and bool(await dossier_archives.latest(session, number))
        wrong = [finding_texts.line(one) for one in await self._wrong(turn, found)]
        asked = bool(await appraisal_supplement.asked_again(session, number))
        return texts.desk(
            found, turn.zone, len(noted), paper, wrong, opened=place.report, packed=packed, asked=asked
        )

    async def _wrong(self, turn: Turn, found: DeskFacts) -> tuple[Finding, ...]:
        """What is wrong with a dossier that was handed in for a reason all the same, as it stands now."""
        if not found.overridden_for or found.conflict is not None:
            return ()
        return errors(await dossier_doctor.examine(turn.session, turn.actor, found.facts.id, turn.now))

    async def chose(self, turn: Turn, place: DeskPlace, key: str) -> Next:
        session, actor, number = turn.session, turn.actor, place.dossier
        here = DeskPlace(dossier=number)
        match key:
            case "take_up":
                await appraisal.take_up(session, actor, number, turn.now)
                return Go(Desk, here, texts.TAKEN_UP)
            case "items" | "answers" | "finish" | "hand_over":
                return Go(key, here)
            case "let_go" | "reopen" | "conflict":
                return Go(Why, DeskPlace(dossier=number, act=key))
            case "report":
                await appraisal_report.ask(session, actor, number, turn.now)
                return Go(Desk, here, report_texts.ASKED)
            case "archive":
                await appraisal.take_archive(session, actor, number, turn.now)
                return Go(Desk, here)
            case "open_report":
                return Go(Desk, DeskPlace(dossier=number, report=True))
        return Go("nominee", NomineePlace(nomination=int(key.removeprefix("who."))))

    async def back(self, turn: Turn, place: DeskPlace) -> Next:
        return Go(Queue, QueuePlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Why(Step[DeskPlace]):
    """Why a dossier goes back to the queue, is opened again, or is nobody's business of theirs."""

    name = "why"
    place_type = DeskPlace

    async def show(self, turn: Turn, place: DeskPlace) -> Message:
        found = await appraisal.desk(turn.session, turn.actor, place.dossier, turn.now)
        return texts.ask_reason(found.facts, place.act)

    async def said(self, turn: Turn, place: DeskPlace, text: str) -> Next:
        session, actor, number = turn.session, turn.actor, place.dossier
        here = DeskPlace(dossier=number)
        if place.act == "let_go":
            await appraisal.let_go(session, actor, number, text, turn.now)
            return Go(Desk, here, texts.LET_GO)
        if place.act == "reopen":
            await appraisal.reopen(session, actor, number, text, turn.now)
            return Go(Desk, here, texts.REOPENED)
        await appraisal.declare_conflict(session, actor, number, text, turn.now)
        return Go(Queue, QueuePlace(), texts.CONFLICT_TOLD)

    async def back(self, turn: Turn, place: DeskPlace) -> Next:
        return Go(Desk, DeskPlace(dossier=place.dossier))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_REASON


class HandOver(Step[DeskPlace]):
    """To which colleague."""

    name = "hand_over"
    place_type = DeskPlace

    async def show(self, turn: Turn, place: DeskPlace) -> Message:
        found = await appraisal.desk(turn.session, turn.actor, place.dossier, turn.now)
        those = await appraisal.colleagues(turn.session, turn.actor, place.dossier, turn.now)
        return texts.choose_colleague(found.facts, those)

    async def chose(self, turn: Turn, place: DeskPlace, key: str) -> Next:
        to = int(key.removeprefix("to."))
        await appraisal.hand_over(turn.session, turn.actor, place.dossier, to, turn.now)
        return Go(Desk, place, texts.HANDED_OVER)

    async def back(self, turn: Turn, place: DeskPlace) -> Next:
        return Go(Desk, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class FinishAppraisal(Step[DeskPlace]):
    """The end of an appraisal, or why it ends with something open."""

    name = "finish"
    place_type = DeskPlace

    async def show(self, turn: Turn, place: DeskPlace) -> Message:
        found = await appraisal.desk(turn.session, turn.actor, place.dossier, turn.now)
        return texts.ask_finish(found.facts, found.unmarked, found.unclear)

    async def chose(self, turn: Turn, place: DeskPlace, key: str) -> Next:
        return await self._finished(turn, place, "")

    async def said(self, turn: Turn, place: DeskPlace, text: str) -> Next | None:
        found = await appraisal.desk(turn.session, turn.actor, place.dossier, turn.now)
        if not found.unmarked and not found.unclear:
            return None
        return await self._finished(turn, place, text)

    async def _finished(self, turn: Turn, place: DeskPlace, reason: str) -> Next:
        await appraisal.finish(turn.session, turn.actor, place.dossier, reason, turn.now)
        return Go(Desk, place, texts.FINISHED)

    async def back(self, turn: Turn, place: DeskPlace) -> Next:
        return Go(Desk, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _enter(_turn: Turn, subject: str) -> Go:
    """At one dossier, for a number; else at the queue."""
    return Go(Desk, DeskPlace(dossier=int(subject))) if subject else Go(Queue, QueuePlace())


DIALOGUE = Dialogue(
    name="appraisal",
    steps=(Queue(), Desk(), Why(), HandOver(), FinishAppraisal(), *MARKS_STEPS, *RETURN_STEPS),
    enter=_enter,
    needs=Permission.APPRAISE,
    label=texts.LABEL,
    command="thamdinh",
    word=texts.WORD,
)
