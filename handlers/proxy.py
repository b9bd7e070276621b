"""Filling in for a colleague without an account: for whom, in which round, on the ground of which paper."""

from collections.abc import Mapping

from core.assessment import EvidenceFacts
from core.messages import Capabilities, FileRef, Message
from core.roles import Permission
from core.texts import assessment as sheet_texts
from core.texts import proxy as texts
from core.vietnamese import clean_line
from handlers.dialogue import Dialogue, Finish, Go, Next, Open, Place, Stay, Step, Turn
from services import assessment, evidence, proxy, signing

NAME_LIMIT = 60


class WhomPlace(Place):
    """Choosing a colleague by name."""

    words: str = ""


class PersonPlace(Place):
    """At one colleague."""

    person: int


class ProofPlace(Place):
    """In a self-assessment filled for somebody, with the picture of what they signed (`file` 0: none yet)."""

    sheet: int
    file: int = 0


class ChoosePerson(Step[WhomPlace]):
    """For whom."""

    name = "person"
    place_type = WhomPlace

    async def show(self, turn: Turn, place: WhomPlace) -> Message:
        return texts.ask_whom(await proxy.candidates(turn.session, turn.actor, place.words), place.words)

    async def chose(self, turn: Turn, place: WhomPlace, key: str) -> Next:
        return Go(ChooseRound, PersonPlace(person=int(key.removeprefix("person."))))

    async def said(self, turn: Turn, place: WhomPlace, text: str) -> Next:
        return Go(ChoosePerson, WhomPlace(words=clean_line(text, NAME_LIMIT)))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class ChooseRound(Step[PersonPlace]):
    """Which round."""

    name = "round"
    place_type = PersonPlace

    async def show(self, turn: Turn, place: PersonPlace) -> Message:
        colleague = await proxy.colleague(turn.session, turn.actor, place.person, turn.now)
        rounds = await proxy.rounds(turn.session, turn.actor, place.person, turn.now)
        return texts.ask_round(colleague, rounds)

    async def chose(self, turn: Turn, place: PersonPlace, key: str) -> Next:
        round_id = int(key.removeprefix("round."))
        sheet = await proxy.begin(turn.session, turn.actor, place.person, round_id, turn.now)
        return Open("assessment", f"sheet.{sheet}")

    async def back(self, turn: Turn, place: PersonPlace) -> Next:
        return Go(ChoosePerson, WhomPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Proof(Step[ProofPlace]):
    """The picture of the sheet signed on paper."""

    name = "proof"
    place_type = ProofPlace
    takes_files = 1

    async def show(self, turn: Turn, place: ProofPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        at_hand = await proxy.proofs(turn.session, turn.actor)
        return texts.ask_proof(sheet, await _file(turn, place), at_hand, turn.zone, turn.can)

    async def chose(self, turn: Turn, place: ProofPlace, key: str) -> Next:
        if key == "on":
            return Go(ConfirmSign, place)
        if key == "look":
            return Stay()
        return Go(Proof, ProofPlace(sheet=place.sheet, file=int(key.removeprefix("file."))))

    async def said(self, turn: Turn, place: ProofPlace, text: str) -> Next:
        return Stay(texts.NOT_ASKED_HERE)

    async def sent(self, turn: Turn, place: ProofPlace, files: tuple[FileRef, ...]) -> Next:
        if len(files) != 1 or files[0].group:
            return Stay(texts.ONLY_ONE)
        (file,) = await evidence.receive(turn.session, turn.actor, files, turn.now)
        return Go(Proof, ProofPlace(sheet=place.sheet, file=file.id))

    async def back(self, turn: Turn, place: ProofPlace) -> Next:
        return Finish()

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class ConfirmSign(Step[ProofPlace]):
    """Names for whom, and on what ground; asked for with a word where there are no buttons."""

    name = "sign"
    place_type = ProofPlace

    async def show(self, turn: Turn, place: ProofPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        return texts.ask_sign(sheet, await evidence.one(turn.session, turn.actor, place.file))

    async def chose(self, turn: Turn, place: ProofPlace, key: str) -> Next:
        receipt = await signing.sign(turn.session, turn.actor, place.sheet, turn.now, place.file)
        return Open("assessment", f"sheet.{place.sheet}", texts.signed(receipt))

    async def back(self, turn: Turn, place: ProofPlace) -> Next:
        return Go(Proof, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _file(turn: Turn, place: ProofPlace) -> EvidenceFacts | None:
    return await evidence.one(turn.session, turn.actor, place.file) if place.file else None


async def _enter(_turn: Turn, subject: str) -> Go:
    return Go(Proof, ProofPlace(sheet=int(subject))) if subject else Go(ChoosePerson, WhomPlace())


async def _banner(turn: Turn, place: Mapping[str, object]) -> str:
    number = place.get("sheet")
    if not isinstance(number, int):
        return ""
    return sheet_texts.heading(await assessment.sheet(turn.session, turn.actor, number))


DIALOGUE = Dialogue(
    name="proxy",
    steps=(ChoosePerson(), ChooseRound(), Proof(), ConfirmSign()),
    enter=_enter,
    needs=Permission.ASSESS_FOR_OTHERS,
    label=texts.LABEL,
    banner=_banner,
)
