"""«Mẫu văn bản hồ sơ»: the templates of a dossier's papers, the office's own and since when they are used."""

from datetime import date

from core.dates import read_date
from core.messages import Capabilities, FileRef, Message
from core.paper_templates import TemplateKind
from core.roles import Permission
from core.texts import paper_templates as texts
from handlers.dialogue import Dialogue, Go, Next, Place, Stay, Step, Turn
from services import outbox, paper_templates


class KindsPlace(Place):
    """At the list of templates."""


class KindPlace(Place):
    """At one of them."""

    kind: TemplateKind


class TemplatePlace(Place):
    """At one that was sent."""

    template: int


class Kinds(Step[KindsPlace]):
    """Every template there is."""

    name = "kinds"
    place_type = KindsPlace

    async def show(self, turn: Turn, place: KindsPlace) -> Message:
        return texts.kinds(await paper_templates.used(turn.session, turn.actor))

    async def chose(self, turn: Turn, place: KindsPlace, key: str) -> Next:
        if key == "all":
            await paper_templates.ask_set(turn.session, turn.actor, turn.now)
            return Stay(texts.SOON)
        return Go(Kind, KindPlace(kind=TemplateKind(key.partition(".")[2])))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Kind(Step[KindPlace]):
    """One of them: what is used, what was sent; a new one is sent here."""

    name = "kind"
    place_type = KindPlace
    takes_files = 1

    async def show(self, turn: Turn, place: KindPlace) -> Message:
        used = await paper_templates.used(turn.session, turn.actor)
        sent = await paper_templates.sent(turn.session, turn.actor, place.kind)
        return texts.kind(place.kind, used.get(place.kind), sent, turn.can)

    async def sent(self, turn: Turn, place: KindPlace, files: tuple[FileRef, ...]) -> Next:
        number = await paper_templates.receive(turn.session, turn.actor, place.kind, files[0], turn.now)
        return Go(Template, TemplatePlace(template=number), texts.RECEIVED)

    async def chose(self, turn: Turn, place: KindPlace, key: str) -> Next:
        return Go(Template, TemplatePlace(template=int(key.partition(".")[2])))

    async def back(self, turn: Turn, place: KindPlace) -> Next:
        return Go(Kinds, KindsPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Template(Step[TemplatePlace]):
    """One that was sent: what came of it, and from when it is used."""

    name = "template"
    place_type = TemplatePlace

    async def show(self, turn: Turn, place: TemplatePlace) -> Message:
        facts = await paper_templates.one(turn.session, turn.actor, place.template)
        return texts.template(facts, turn.actor.today)

    async def chose(self, turn: Turn, place: TemplatePlace, key: str) -> Next:
        if key == "use":
            return await self._used(turn, place, turn.actor.today)
        if key == "end":
            await paper_templates.end(turn.session, turn.actor, place.template, turn.now)
            return Stay(texts.ENDED)
        facts = await paper_templates.one(turn.session, turn.actor, place.template)
        file = texts.preview_file(facts) if key == "preview" else texts.set_file(facts.kind, facts.sha256)
        await outbox.post(turn.session, turn.address, Message(files=(file,)), outbox.Lane.ANSWER, turn.now)
        return Stay()

    async def said(self, turn: Turn, place: TemplatePlace, text: str) -> Next | None:
        facts = await paper_templates.one(turn.session, turn.actor, place.template)
        if not texts.template(facts, turn.actor.today).hint:
            return None
        return await self._used(turn, place, read_date(text, turn.actor.today))

    async def back(self, turn: Turn, place: TemplatePlace) -> Next:
        facts = await paper_templates.one(turn.session, turn.actor, place.template)
        return Go(Kind, KindPlace(kind=facts.kind))

    def help(self, can: Capabilities) -> str:
        return texts.HELP

    async def _used(self, turn: Turn, place: TemplatePlace, day: date) -> Next:
        await paper_templates.put_in_force(turn.session, turn.actor, place.template, day, turn.now)
        return Stay(texts.IN_FORCE)


async def _enter(turn: Turn, subject: str) -> Go:
    if not subject:
        return Go(Kinds, KindsPlace())
    await paper_templates.one(turn.session, turn.actor, int(subject))
    return Go(Template, TemplatePlace(template=int(subject)))


DIALOGUE = Dialogue(
    name="paper_templates",
    steps=(Kinds(), Kind(), Template()),
    enter=_enter,
    needs=Permission.LOAD_CAMPAIGN,
    label=texts.LABEL,
    shelved=True,
    word=texts.DOOR_WORD,
)
