"""Who is in a dossier: their order, taken out with a reason, put back."""

from core.dossiers import OPEN_TO_THE_UNIT, DossierState, PaperKind
from core.messages import Capabilities, Message
from core.texts import dossier_editing as texts
from core.texts import dossiers as dossier_texts
from handlers.dialogue import AnyStep, Go, Next, Open, Stay, Step, Turn
from handlers.dossier_places import DossierPlace, NomineePlace, PartPlace
from handlers.pages import turned
from services import dossier_editing, dossier_papers, dossiers


class Nominees(Step[DossierPlace]):
    """Everybody proposed, in the order of the papers."""

    name = "nominees"
    place_type = DossierPlace

    async def show(self, turn: Turn, place: DossierPlace) -> Message:
        facts = await dossiers.one(turn.session, turn.actor, place.dossier, turn.now)
        return texts.nominees(
            await dossiers.nominees(turn.session, place.dossier, turn.now),
            await dossier_editing.taken_out(turn.session, turn.actor, place.dossier, turn.now),
            place.page,
            opened=facts.state in OPEN_TO_THE_UNIT,
            gathers=facts.state is DossierState.DRAFTING,
        )

    async def chose(self, turn: Turn, place: DossierPlace, key: str) -> Next:
        page = turned(place.page, key)
        if page is not None:
            return Go(Nominees, DossierPlace(dossier=place.dossier, page=page))
        act, _, number = key.partition(".")
        match act:
            case "gather":
                count = await dossiers.gather(turn.session, turn.actor, place.dossier, turn.now)
                return Stay(dossier_texts.gathered(count))
            case "back":
                await dossier_editing.put_back(turn.session, turn.actor, place.dossier, int(number), turn.now)
                return Stay(texts.PUT_BACK)
            case _:
                return Go(Nominee, NomineePlace(dossier=place.dossier, nomination=int(number)))

    async def back(self, turn: Turn, place: DossierPlace) -> Next:
        return Go("one", DossierPlace(dossier=place.dossier))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_NOMINEES


class Nominee(Step[NomineePlace]):
    """One of them: what for, what they signed, how far the report is."""

    name = "nominee"
    place_type = NomineePlace

    async def show(self, turn: Turn, place: NomineePlace) -> Message:
        facts = await dossiers.one(turn.session, turn.actor, place.dossier, turn.now)
        listed = await dossiers.nominees(turn.session, place.dossier, turn.now)
        found = await dossier_editing.nominee(
            turn.session, turn.actor, place.dossier, place.nomination, turn.now
        )
        content = await dossier_papers.content(turn.session, place.dossier, turn.now)
        held = next((one for one in content.nominees if one.facts.nomination_id == place.nomination), None)
        papers = [
            one
            for one in await dossier_papers.of(turn.session, facts.id, facts.version)
            if one.kind is PaperKind.REPORT and one.nomination_id in (None, place.nomination)
        ]
        return texts.nominee(
            found,
            held.copy.receipt if held is not None else "",
            texts.report_line(
                made=sum(one.made for one in papers),
                sent=sum(not one.made for one in papers),
                told=held is not None and any(held.particulars.values()),
            ),
            place=1 + [one.nomination_id for one in listed].index(place.nomination),
            count=len(listed),
            opened=facts.state in OPEN_TO_THE_UNIT,
            tells=await dossier_editing.tells_for(turn.session, turn.actor, found),
        )

    async def chose(self, turn: Turn, place: NomineePlace, key: str) -> Next:
        match key:
            case "particulars":
                return Open("particulars", str(place.nomination))
            case "up" | "down":
                by = -1 if key == "up" else 1
                await dossier_editing.shift(
                    turn.session, turn.actor, place.dossier, place.nomination, by, turn.now
                )
                return Stay(texts.MOVED)
            case "report":
                where = PartPlace(
                    dossier=place.dossier, part=PaperKind.REPORT.value, nomination=place.nomination
                )
                return Go("part", where)
            case _:
                return Go(AskOut, place)

    async def back(self, turn: Turn, place: NomineePlace) -> Next:
        return Go(Nominees, DossierPlace(dossier=place.dossier))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_NOMINEES


class AskOut(Step[NomineePlace]):
    """Why they are taken out."""

    name = "out_reason"
    place_type = NomineePlace

    async def show(self, turn: Turn, place: NomineePlace) -> Message:
        return texts.ask_out(
            await dossier_editing.nominee(turn.session, turn.actor, place.dossier, place.nomination, turn.now)
        )

    async def said(self, turn: Turn, place: NomineePlace, text: str) -> Next:
        reason = dossier_editing.checked_reason(text)
        return Go(OutSure, place.model_copy(update={"reason": reason}))

    async def back(self, turn: Turn, place: NomineePlace) -> Next:
        return Go(Nominee, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_REASON


class OutSure(Step[NomineePlace]):
    """Once more."""

    name = "out"
    place_type = NomineePlace

    async def show(self, turn: Turn, place: NomineePlace) -> Message:
        found = await dossier_editing.nominee(
            turn.session, turn.actor, place.dossier, place.nomination, turn.now
        )
        return texts.ask_out_sure(found, place.reason)

    async def chose(self, turn: Turn, place: NomineePlace, key: str) -> Next:
        await dossier_editing.take_out(
            turn.session, turn.actor, place.dossier, place.nomination, place.reason, turn.now
        )
        return Go(Nominees, DossierPlace(dossier=place.dossier), texts.TAKEN_OUT)

    async def back(self, turn: Turn, place: NomineePlace) -> Next:
        return Go(AskOut, place.model_copy(update={"reason": ""}))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_REASON


STEPS: tuple[AnyStep, ...] = (Nominees(), Nominee(), AskOut(), OutSure())
