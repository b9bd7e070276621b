"""«Hồ sơ đề nghị khen thưởng»: a unit's dossier of a round, from the first look to its receipt."""

from core.dossier_findings import Finding, Mend
from core.dossier_parts import copies_of
from core.dossiers import OPEN_TO_THE_UNIT
from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import dossier_submission as submission_texts
from core.texts import dossiers as texts
from handlers import dossier_handing_in, dossier_nominees, dossier_parts
from handlers.dialogue import Dialogue, Go, Next, Open, Step, Turn
from handlers.dossier_places import DossierPlace, ListPlace, NomineePlace, PartPlace, SubmitPlace
from handlers.pages import turned
from services import (
    dossier_doctor,
    dossier_occasions,
    dossier_papers,
    dossier_submission,
    dossiers,
)


class Listed(Step[ListPlace]):
    """Every round of the units one prepares dossiers for."""

    name = "list"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        found = await dossier_occasions.openings(turn.session, turn.actor, turn.now)
        return texts.listed(
            [
                (
                    one.round_id,
                    one.unit_id,
                    one.unit,
                    one.label,
                    one.campaign,
                    one.dossier.state if one.dossier is not None else None,
                    one.due,
                )
                for one in found
            ],
            place.page,
        )

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        page = turned(place.page, key)
        if page is not None:
            return Go(Listed, ListPlace(page=page))
        _of, round_id, unit_id = key.split(".")
        number = await dossiers.open_for(turn.session, turn.actor, int(round_id), int(unit_id), turn.now)
        return Go(One, DossierPlace(dossier=number))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class One(Step[DossierPlace]):
    """One dossier: how far it is and what may be done."""

    name = "one"
    place_type = DossierPlace

    async def show(self, turn: Turn, place: DossierPlace) -> Message:
        facts = await dossiers.one(turn.session, turn.actor, place.dossier, turn.now)
        listed = await dossiers.nominees(turn.session, place.dossier, turn.now)
        content = await dossier_papers.content(turn.session, place.dossier, turn.now)
        opened = facts.state in OPEN_TO_THE_UNIT
        return texts.page(
            facts,
            [one.name for one in listed],
            await dossier_doctor.of_content(turn.session, content, turn.now) if opened else (),
            await dossier_occasions.due_of(turn.session, facts, turn.now),
            copies_of(content.campaign),
            turn.zone,
            may_submit=await dossier_submission.may_submit(turn.session, turn.actor, facts),
            making=opened and await dossier_papers.being_made(turn.session, facts.id, facts.version),
        )

    async def chose(self, turn: Turn, place: DossierPlace, key: str) -> Next:
        here = DossierPlace(dossier=place.dossier)
        match key:
            case "nominees":
                return Go(dossier_nominees.Nominees, here)
            case "parts":
                return Go(dossier_parts.Parts, here)
            case "doctor":
                return Go(Doctor, here)
            case "submit":
                where, wrong = await dossier_handing_in.begin(turn, place.dossier)
                if wrong:
                    return Go(dossier_handing_in.AskReason, where)
                return Go(dossier_handing_in.SubmitSure, where)
            case "withdraw":
                facts = await dossiers.one(turn.session, turn.actor, place.dossier, turn.now)
                where = SubmitPlace(dossier=facts.id, version=facts.version)
                return Go(dossier_handing_in.AskWithdraw, where)
            case "supplement":
                return Open("supplements", str(place.dossier))
            case "versions":
                return Go(dossier_handing_in.Versions, here)
            case _:
                return Go(History, here)

    async def back(self, turn: Turn, place: DossierPlace) -> Next:
        return Go(Listed, ListPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Doctor(Step[DossierPlace]):
    """What is wrong with it, each with a way to where it is mended."""

    name = "doctor"
    place_type = DossierPlace

    async def show(self, turn: Turn, place: DossierPlace) -> Message:
        found = await dossier_doctor.examine(turn.session, turn.actor, place.dossier, turn.now)
        return submission_texts.doctor(found, place.page)

    async def chose(self, turn: Turn, place: DossierPlace, key: str) -> Next:
        page = turned(place.page, key)
        if page is not None:
            return Go(Doctor, DossierPlace(dossier=place.dossier, page=page))
        found = await dossier_doctor.examine(turn.session, turn.actor, place.dossier, turn.now)
        number = int(key.removeprefix("mend."))
        if number >= len(found):
            return Go(Doctor, place)
        mend = found[number].mend
        if mend in {Mend.MEETING, Mend.OBJECTIONS}:
            facts = await dossiers.one(turn.session, turn.actor, place.dossier, turn.now)
            where = f"{facts.round_id}.{facts.unit_id}"
            return Open("unit_meetings" if mend is Mend.MEETING else "objections", where)
        return _mending(place.dossier, found[number])

    async def back(self, turn: Turn, place: DossierPlace) -> Next:
        return Go(One, DossierPlace(dossier=place.dossier))

    def help(self, can: Capabilities) -> str:
        return submission_texts.HELP_SUBMIT


class History(Step[DossierPlace]):
    """Everything that was done with it."""

    name = "history"
    place_type = DossierPlace

    async def show(self, turn: Turn, place: DossierPlace) -> Message:
        steps = await dossiers.history(turn.session, turn.actor, place.dossier, turn.now)
        return texts.history(steps, turn.zone, place.page)

    async def chose(self, turn: Turn, place: DossierPlace, key: str) -> Next:
        page = turned(place.page, key)
        return Go(History, DossierPlace(dossier=place.dossier, page=page or 0))

    async def back(self, turn: Turn, place: DossierPlace) -> Next:
        return Go(One, DossierPlace(dossier=place.dossier))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


def _mending(dossier: int, one: Finding) -> Next:
    match one.mend:
        case Mend.NOMINEE:
            return Go(dossier_nominees.Nominee, NomineePlace(dossier=dossier, nomination=int(one.where or 0)))
        case Mend.NOMINEES:
            return Go(dossier_nominees.Nominees, DossierPlace(dossier=dossier))
        case Mend.PAPERS:
            return Go(dossier_parts.Parts, DossierPlace(dossier=dossier))
        case Mend.PART:
            return Go(dossier_parts.OnePart, PartPlace(dossier=dossier, part=one.where))
        case Mend.SUBMIT | Mend.MEETING | Mend.OBJECTIONS:
            return Go(One, DossierPlace(dossier=dossier))


async def _enter(turn: Turn, subject: str) -> Go:
    """At the list, at a dossier by its number, or at what a unit owes by the key of the obligation."""
    if not subject:
        return Go(Listed, ListPlace())
    if subject.isdecimal():
        facts = await dossiers.prepared(turn.session, turn.actor, int(subject), turn.now)
        return Go(One, DossierPlace(dossier=facts.id))
    number = await dossier_occasions.opened_for(turn.session, turn.actor, subject, turn.now)
    return Go(One, DossierPlace(dossier=number))


DIALOGUE = Dialogue(
    name="dossiers",
    steps=(
        Listed(),
        One(),
        Doctor(),
        History(),
        *dossier_nominees.STEPS,
        *dossier_parts.STEPS,
        *dossier_handing_in.STEPS,
    ),
    enter=_enter,
    needs=Permission.PREPARE_DOSSIER,
    label=texts.LABEL,
    command="hoso",
    word=texts.WORD,
)
