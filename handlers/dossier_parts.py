"""The papers of a dossier, part by part: made by the house, or the unit's own."""

from collections.abc import Sequence

from core.assessment import EvidenceFacts
from core.dossier_parts import Part, parts_of
from core.dossiers import OPEN_TO_THE_UNIT, DossierFacts, PaperFacts
from core.messages import Capabilities, FileRef, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import dossier_editing as texts
from handlers.dialogue import SEVERAL, AnyStep, Go, Next, Stay, Step, Turn
from handlers.dossier_places import DossierPlace, PartPlace
from services import dossier_editing, dossier_papers, dossiers, evidence, outbox

_Paper = tuple[PaperFacts, EvidenceFacts | None]


class Parts(Step[DossierPlace]):
    """Every part, those of the plan first."""

    name = "parts"
    place_type = DossierPlace

    async def show(self, turn: Turn, place: DossierPlace) -> Message:
        facts = await dossiers.one(turn.session, turn.actor, place.dossier, turn.now)
        content = await dossier_papers.content(turn.session, place.dossier, turn.now)
        papers = await dossier_papers.of(turn.session, facts.id, facts.version)
        counted = [
            (
                part,
                sum(one.made and one.kind is part.kind for one in papers),
                sum(not one.made and one.kind is part.kind for one in papers),
            )
            for part in parts_of(content.campaign)
        ]
        making = await dossier_papers.being_made(turn.session, facts.id, facts.version)
        opened, met = facts.state in OPEN_TO_THE_UNIT, content.meeting is not None
        return texts.parts(counted, opened=opened, making=making, met=met)

    async def chose(self, turn: Turn, place: DossierPlace, key: str) -> Next:
        if key == "make":
            await dossier_papers.ask(turn.session, turn.actor, place.dossier, turn.now)
            return Stay()
        return Go(OnePart, PartPlace(dossier=place.dossier, part=key.removeprefix("part.")))

    async def back(self, turn: Turn, place: DossierPlace) -> Next:
        return Go("one", DossierPlace(dossier=place.dossier))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_PARTS


class OnePart(Step[PartPlace]):
    """The papers of one part; of a report perhaps one nominee's."""

    name = "part"
    place_type = PartPlace

    async def show(self, turn: Turn, place: PartPlace) -> Message:
        facts, part, papers = await _at(turn, place)
        return texts.part(part, papers, opened=facts.state in OPEN_TO_THE_UNIT, can=turn.can)

    async def chose(self, turn: Turn, place: PartPlace, key: str) -> Next:
        act, _, number = key.partition(".")
        if act == "send":
            return Go(SendPaper, place)
        if act == "drop":
            await dossier_editing.detach(turn.session, turn.actor, place.dossier, int(number), turn.now)
            return Stay(texts.DETACHED)
        _facts, _part, papers = await _at(turn, place)
        for one, _sent in papers:
            if one.id == int(number) and one.sha256:
                message = Message(files=(texts.paper_file(one),))
                await outbox.post(turn.session, turn.address, message, outbox.Lane.ANSWER, turn.now)
        return Stay()

    async def back(self, turn: Turn, place: PartPlace) -> Next:
        return Go(Parts, DossierPlace(dossier=place.dossier))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_PARTS


class SendPaper(Step[PartPlace]):
    """The unit's own paper: a scan, a photo, a document."""

    name = "send"
    place_type = PartPlace
    takes_files = SEVERAL

    async def show(self, turn: Turn, place: PartPlace) -> Message:
        _facts, part, _papers = await _at(turn, place)
        who = ""
        if place.nomination:
            who = (
                await dossier_editing.nominee(
                    turn.session, turn.actor, place.dossier, place.nomination, turn.now
                )
            ).name
        return texts.ask_paper(part, who, turn.can)

    async def said(self, turn: Turn, place: PartPlace, text: str) -> Next:
        return Stay(texts.NOT_A_FILE)

    async def sent(self, turn: Turn, place: PartPlace, files: tuple[FileRef, ...]) -> Next:
        _facts, part, _papers = await _at(turn, place)
        received = await evidence.receive(
            turn.session, turn.actor, files, turn.now, serving=Permission.PREPARE_DOSSIER
        )
        await dossier_editing.attach(
            turn.session,
            turn.actor,
            place.dossier,
            part.kind,
            place.nomination or None,
            [one.id for one in received],
            turn.now,
        )
        return Go(OnePart, place, texts.ATTACHED)

    async def back(self, turn: Turn, place: PartPlace) -> Next:
        return Go(OnePart, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_PARTS


async def _at(turn: Turn, place: PartPlace) -> tuple[DossierFacts, Part, Sequence[_Paper]]:
    """The dossier, the part, and its papers with the unit's own files."""
    facts = await dossiers.one(turn.session, turn.actor, place.dossier, turn.now)
    content = await dossier_papers.content(turn.session, place.dossier, turn.now)
    part = next((one for one in parts_of(content.campaign) if one.key == place.part), None)
    if part is None:
        part = next((one for one in parts_of(content.campaign) if one.kind.value == place.part), None)
    if part is None:
        raise Refusal(Code.NOT_FOUND)
    files = await dossier_editing.sent(turn.session, turn.actor, place.dossier, turn.now)
    whose = (None, place.nomination) if place.nomination else None
    papers = [
        (one, files.get(one.id))
        for one in await dossier_papers.of(turn.session, facts.id, facts.version)
        if one.kind is part.kind and (whose is None or one.nomination_id in whose)
    ]
    return facts, part, papers


STEPS: tuple[AnyStep, ...] = (Parts(), OnePart(), SendPaper())
