"""What a unit is asked for, on the appraiser's side: noted, sent back, and what came of it."""

from core.dates import full_date
from core.messages import Capabilities, Message
from core.refusals import Code, Refusal
from core.texts import appraisal_supplement as texts
from core.vietnamese import clean_line
from handlers.appraisal_places import DeskPlace
from handlers.dialogue import Go, Next, Step, Turn
from services import appraisal, appraisal_supplement, calendar


class Items(Step[DeskPlace]):
    """What is noted so far, to be sent."""

    name = "items"
    place_type = DeskPlace

    async def show(self, turn: Turn, place: DeskPlace) -> Message:
        session, actor, number = turn.session, turn.actor, place.dossier
        found = await appraisal_supplement.noted(session, actor, number, turn.now)
        whole = await appraisal.desk(session, actor, number, turn.now)
        names = {who.nomination_id: who.name for who, _verdict in whole.nominees}
        due = place.due or await appraisal_supplement.usual_day(session, turn.now)
        return texts.items(whole.facts, found, names, due)

    async def chose(self, turn: Turn, place: DeskPlace, key: str) -> Next:
        session, actor, number = turn.session, turn.actor, place.dossier
        if key == "add":
            return Go(AddItem, place)
        if key == "send":
            await appraisal_supplement.send_back(session, actor, number, place.due, turn.now)
            return Go("desk", DeskPlace(dossier=number), texts.RETURNED)
        await appraisal_supplement.drop(session, actor, number, int(key.removeprefix("drop.")), turn.now)
        return Go(Items, place, texts.DROPPED)

    async def said(self, turn: Turn, place: DeskPlace, text: str) -> Next:
        day = full_date(text)
        if day is None:
            raise Refusal(Code.DATE_UNREADABLE, given=clean_line(text, 40), moment=False, yearly=False)
        if day <= turn.actor.today:
            raise Refusal(Code.SUPPLEMENT_PAST)
        off = not (await calendar.in_force(turn.session)).is_working_day(day)
        return Go(Items, place.model_copy(update={"due": day}), texts.day_changed(day, off=off))

    async def back(self, turn: Turn, place: DeskPlace) -> Next:
        return Go("desk", DeskPlace(dossier=place.dossier))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class AddItem(Step[DeskPlace]):
    """What is missing of the papers."""

    name = "add"
    place_type = DeskPlace

    async def show(self, turn: Turn, place: DeskPlace) -> Message:
        await appraisal_supplement.noted(turn.session, turn.actor, place.dossier, turn.now)
        return texts.ask_missing("")

    async def said(self, turn: Turn, place: DeskPlace, text: str) -> Next:
        await appraisal_supplement.note(turn.session, turn.actor, place.dossier, text, turn.now)
        return Go(Items, place, texts.NOTED)

    async def back(self, turn: Turn, place: DeskPlace) -> Next:
        return Go(Items, place)

    def help(self, can: Capabilities) -> str:
        return texts.ASK_MISSING


class Answers(Step[DeskPlace]):
    """What came back."""

    name = "answers"
    place_type = DeskPlace

    async def show(self, turn: Turn, place: DeskPlace) -> Message:
        session, actor, number = turn.session, turn.actor, place.dossier
        found, names = await appraisal_supplement.answers(session, actor, number, turn.now)
        whole = await appraisal.desk(session, actor, number, turn.now)
        return texts.answers(whole.facts, found, names)

    async def chose(self, turn: Turn, place: DeskPlace, key: str) -> Next:
        return Go(AnsweredItem, place.model_copy(update={"item": int(key.removeprefix("item."))}))

    async def back(self, turn: Turn, place: DeskPlace) -> Next:
        return Go("desk", DeskPlace(dossier=place.dossier))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class AnsweredItem(Step[DeskPlace]):
    """One item with the files that came for it."""

    name = "answered"
    place_type = DeskPlace

    async def show(self, turn: Turn, place: DeskPlace) -> Message:
        found, files = await appraisal_supplement.answered_item(
            turn.session, turn.actor, place.dossier, place.item, turn.now
        )
        return texts.answered_item(found, files)

    async def back(self, turn: Turn, place: DeskPlace) -> Next:
        return Go(Answers, DeskPlace(dossier=place.dossier))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


RETURN_STEPS = (Items(), AddItem(), Answers(), AnsweredItem())
