"""One nominee and one criterion: standard beside achievement, marked with a reason."""

from core.appraisal import WITH_REASON, Mark
from core.messages import Capabilities, FileOut, Message
from core.roles import Permission
from core.texts import appraisal as texts
from core.texts import appraisal_criterion as criterion_texts
from core.texts import appraisal_supplement as supplement_texts
from handlers.appraisal_places import DeskPlace, NomineePlace
from handlers.dialogue import Go, Next, Open, Step, Turn
from handlers.pages import turned
from services import appraisal_marks, appraisal_supplement


class Nominee(Step[NomineePlace]):
    """Every criterion of a nominee at a glance."""

    name = "nominee"
    place_type = NomineePlace

    async def show(self, turn: Turn, place: NomineePlace) -> Message:
        seen = await appraisal_marks.nominee(turn.session, turn.actor, place.nomination, turn.now)
        return texts.nominee(
            seen.nominee,
            seen.case,
            seen.to_mark,
            seen.marks,
            texts.besides(seen.awards, seen.alike),
            place.page,
            rest=len(seen.rest) if seen.writes else 0,
            waives=turn.actor.may(Permission.WAIVE),
        )

    async def chose(self, turn: Turn, place: NomineePlace, key: str) -> Next:
        page = turned(place.page, key)
        if page is not None:
            return Go(Nominee, NomineePlace(nomination=place.nomination, page=page))
        if key == "rest":
            count = await appraisal_marks.mark_rest(turn.session, turn.actor, place.nomination, turn.now)
            return Go(Nominee, place, texts.noted_mark(Mark.MET, count))
        if key == "waivers":
            seen = await appraisal_marks.nominee(turn.session, turn.actor, place.nomination, turn.now)
            return Open("waivers", f"0.{seen.nominee.assessment_id}")
        return Go(AtCriterion, place.model_copy(update={"key": key.removeprefix("at.")}))

    async def back(self, turn: Turn, place: NomineePlace) -> Next:
        seen = await appraisal_marks.nominee(turn.session, turn.actor, place.nomination, turn.now)
        return Go("desk", DeskPlace(dossier=seen.dossier.id))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class AtCriterion(Step[NomineePlace]):
    """One criterion of a nominee: what is asked, what was done, the proof, and the marks."""

    name = "criterion"
    place_type = NomineePlace

    async def show(self, turn: Turn, place: NomineePlace) -> Message:
        session, actor = turn.session, turn.actor
        seen = await appraisal_marks.nominee(session, actor, place.nomination, turn.now)
        entry = seen.sheet.entry(place.key)
        history = await appraisal_marks.history(session, actor, place.nomination, place.key, turn.now)
        shown = next((one for one in entry.files if one.id == place.file and one.served_sha256), None)
        code, number = entry.criterion.code, seen.dossier.id
        return criterion_texts.criterion(
            entry,
            history,
            [one for one in seen.alike if one.criterion == code],
            await appraisal_supplement.about(session, actor, number, place.nomination, code, turn.now),
            turn.zone,
            writes=seen.writes,
            shown=FileOut(shown.served_sha256, shown.served_name, shown.mime) if shown else None,
        )

    async def chose(self, turn: Turn, place: NomineePlace, key: str) -> Next:
        here = place.model_copy(update={"file": 0})
        if key == "ask":
            return Go(AskItem, here)
        if key == "next":
            return await self._next(turn, place)
        if key.startswith("file."):
            number = int(key.removeprefix("file."))
            await appraisal_marks.file(turn.session, turn.actor, place.nomination, number, turn.now)
            return Go(AtCriterion, place.model_copy(update={"file": number}))
        mark = Mark(key.removeprefix("mark."))
        if mark in WITH_REASON:
            return Go(GiveReason, here.model_copy(update={"mark": mark.value}))
        count = await appraisal_marks.mark(
            turn.session, turn.actor, place.nomination, [place.key], mark, "", turn.now
        )
        return await self._next(turn, place, texts.noted_mark(mark, count))

    async def _next(self, turn: Turn, place: NomineePlace, note: str = "") -> Next:
        """To the next criterion that is unmarked, else to the next one, else to the nominee."""
        seen = await appraisal_marks.nominee(turn.session, turn.actor, place.nomination, turn.now)
        keys = [one.criterion.key for one in seen.to_mark]
        after = keys[keys.index(place.key) + 1 :] if place.key in keys else keys
        unmarked = {one.criterion.key for one in seen.unmarked} if seen.writes else set(keys)
        key = next((one for one in after if one in unmarked), "")
        if key:
            return Go(AtCriterion, NomineePlace(nomination=place.nomination, key=key), note)
        return Go(Nominee, NomineePlace(nomination=place.nomination), note)

    async def back(self, turn: Turn, place: NomineePlace) -> Next:
        """To the page that the criterion is on."""
        seen = await appraisal_marks.nominee(turn.session, turn.actor, place.nomination, turn.now)
        keys = [one.criterion.key for one in seen.to_mark]
        page = keys.index(place.key) // texts.CRITERIA if place.key in keys else 0
        return Go(Nominee, NomineePlace(nomination=place.nomination, page=page))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class GiveReason(Step[NomineePlace]):
    """Why a criterion is not reached, or what is unclear."""

    name = "reason"
    place_type = NomineePlace

    async def show(self, turn: Turn, place: NomineePlace) -> Message:
        seen = await appraisal_marks.nominee(turn.session, turn.actor, place.nomination, turn.now)
        return texts.ask_mark_reason(seen.sheet.entry(place.key), Mark(place.mark))

    async def said(self, turn: Turn, place: NomineePlace, text: str) -> Next:
        mark = Mark(place.mark)
        count = await appraisal_marks.mark(
            turn.session, turn.actor, place.nomination, [place.key], mark, text, turn.now
        )
        return Go(AtCriterion, place.model_copy(update={"mark": ""}), texts.noted_mark(mark, count))

    async def back(self, turn: Turn, place: NomineePlace) -> Next:
        return Go(AtCriterion, place.model_copy(update={"mark": ""}))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_REASON


class AskItem(Step[NomineePlace]):
    """What is missing at a criterion."""

    name = "ask"
    place_type = NomineePlace

    async def show(self, turn: Turn, place: NomineePlace) -> Message:
        seen = await appraisal_marks.nominee(turn.session, turn.actor, place.nomination, turn.now)
        return supplement_texts.ask_missing(
            f"{seen.nominee.name}, {seen.sheet.entry(place.key).criterion.code}"
        )

    async def said(self, turn: Turn, place: NomineePlace, text: str) -> Next:
        seen = await appraisal_marks.nominee(turn.session, turn.actor, place.nomination, turn.now)
        await appraisal_supplement.note(
            turn.session, turn.actor, seen.dossier.id, text, turn.now, place.nomination, place.key
        )
        return Go(AtCriterion, place, supplement_texts.NOTED)

    async def back(self, turn: Turn, place: NomineePlace) -> Next:
        return Go(AtCriterion, place)

    def help(self, can: Capabilities) -> str:
        return supplement_texts.ASK_MISSING


MARKS_STEPS = (Nominee(), AtCriterion(), GiveReason(), AskItem())
