"""«Bổ sung hồ sơ»: a unit answers what it was asked for, item by item, and hands the dossier in again."""

from core.dossier_findings import errors
from core.messages import Capabilities, FileRef, Message
from core.roles import Permission
from core.texts import appraisal_supplement as texts
from core.texts import dossier_findings as finding_texts
from core.texts import dossier_submission as submission_texts
from handlers.dialogue import SEVERAL, Dialogue, Go, Next, Open, Place, Stay, Step, Turn
from services import appraisal_supplement, dossier_doctor, dossier_editing, evidence


class MinePlace(Place):
    """At the list."""


class OnePlace(Place):
    """At one dossier."""

    dossier: int


class SurePlace(OnePlace):
    """About to hand it in again, perhaps with a reason."""

    reason: str = ""


class ItemPlace(Place):
    """At one thing that is asked for."""

    item: int


class AgainPlace(ItemPlace):
    """With words for one that is answered already."""

    words: str


class Mine(Step[MinePlace]):
    """The dossiers that came back."""

    name = "list"
    place_type = MinePlace

    async def show(self, turn: Turn, place: MinePlace) -> Message:
        found = await appraisal_supplement.mine(turn.session, turn.actor, turn.now)
        return texts.mine([one.facts for one in found])

    async def chose(self, turn: Turn, place: MinePlace, key: str) -> Next:
        return Go(One, OnePlace(dossier=int(key.removeprefix("one."))))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class One(Step[OnePlace]):
    """What is asked for in one of them."""

    name = "one"
    place_type = OnePlace

    async def show(self, turn: Turn, place: OnePlace) -> Message:
        found = await appraisal_supplement.one(turn.session, turn.actor, place.dossier, turn.now)
        return texts.one(found.facts, found.items, found.names, sends=found.sends)

    async def chose(self, turn: Turn, place: OnePlace, key: str) -> Next:
        if key == "send":
            wrong = errors(await dossier_doctor.examine(turn.session, turn.actor, place.dossier, turn.now))
            return Go(Reason, place) if wrong else Go(Sure, SurePlace(dossier=place.dossier))
        return Go(Item, ItemPlace(item=int(key.removeprefix("item."))))

    async def back(self, turn: Turn, place: OnePlace) -> Next:
        return Go(Mine, MinePlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Reason(Step[OnePlace]):
    """Errors are left in the dossier: why it is handed in all the same."""

    name = "reason"
    place_type = OnePlace

    async def show(self, turn: Turn, place: OnePlace) -> Message:
        found = await dossier_doctor.examine(turn.session, turn.actor, place.dossier, turn.now)
        return submission_texts.ask_reason(found)

    async def chose(self, turn: Turn, place: OnePlace, key: str) -> Next:
        return Open("dossiers", str(place.dossier))

    async def said(self, turn: Turn, place: OnePlace, text: str) -> Next:
        reason = dossier_editing.checked_reason(text)
        return Go(Sure, SurePlace(dossier=place.dossier, reason=reason))

    async def back(self, turn: Turn, place: OnePlace) -> Next:
        return Go(One, place)

    def help(self, can: Capabilities) -> str:
        return submission_texts.HELP_SUBMIT


class Sure(Step[SurePlace]):
    """Everything that goes back, once more."""

    name = "sure"
    place_type = SurePlace

    async def show(self, turn: Turn, place: SurePlace) -> Message:
        whole = await appraisal_supplement.one(turn.session, turn.actor, place.dossier, turn.now)
        wrong = errors(await dossier_doctor.examine(turn.session, turn.actor, place.dossier, turn.now))
        lines = [finding_texts.line(one) for one in wrong]
        return texts.ask_sure(whole.facts, whole.items, whole.names, lines, place.reason)

    async def chose(self, turn: Turn, place: SurePlace, key: str) -> Next:
        facts = await appraisal_supplement.give_back(
            turn.session, turn.actor, place.dossier, turn.now, place.reason
        )
        return Go(Mine, MinePlace(), texts.given_back(facts, turn.zone))

    async def back(self, turn: Turn, place: SurePlace) -> Next:
        return Go(One, OnePlace(dossier=place.dossier))

    def help(self, can: Capabilities) -> str:
        return submission_texts.HELP_SUBMIT


class Item(Step[ItemPlace]):
    """One item: words, files, or both."""

    name = "item"
    place_type = ItemPlace
    takes_files = SEVERAL

    async def show(self, turn: Turn, place: ItemPlace) -> Message:
        whole, found, files = await appraisal_supplement.item(turn.session, turn.actor, place.item, turn.now)
        return texts.item(found, whole.names, files)

    async def said(self, turn: Turn, place: ItemPlace, text: str) -> Next:
        whole, found, _files = await appraisal_supplement.item(turn.session, turn.actor, place.item, turn.now)
        here = OnePlace(dossier=whole.facts.id)
        if texts.is_give_back(text):
            return Go(One, here, texts.NOT_AN_ANSWER)
        if found.answer:
            words = appraisal_supplement.words_of(text)
            return Go(Again, AgainPlace(item=place.item, words=words))
        await appraisal_supplement.answer(turn.session, turn.actor, place.item, text, turn.now)
        return Go(One, here, texts.ANSWERED)

    async def sent(self, turn: Turn, place: ItemPlace, files: tuple[FileRef, ...]) -> Next:
        await appraisal_supplement.item(turn.session, turn.actor, place.item, turn.now)
        received = await evidence.receive(
            turn.session, turn.actor, files, turn.now, serving=Permission.PREPARE_DOSSIER
        )
        count = await appraisal_supplement.add_files(
            turn.session, turn.actor, place.item, [one.id for one in received], turn.now
        )
        return Stay(texts.files_added(count), gather=files[0].group)

    async def back(self, turn: Turn, place: ItemPlace) -> Next:
        whole, _item, _files = await appraisal_supplement.item(turn.session, turn.actor, place.item, turn.now)
        return Go(One, OnePlace(dossier=whole.facts.id))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Again(Step[AgainPlace]):
    """Words for an item that has an answer: in its place, or after it."""

    name = "again"
    place_type = AgainPlace

    async def show(self, turn: Turn, place: AgainPlace) -> Message:
        _whole, found, _files = await appraisal_supplement.item(
            turn.session, turn.actor, place.item, turn.now
        )
        return texts.ask_replace(found, place.words)

    async def chose(self, turn: Turn, place: AgainPlace, key: str) -> Next:
        whole, found, _files = await appraisal_supplement.item(turn.session, turn.actor, place.item, turn.now)
        words = f"{found.answer}\n{place.words}" if key == "add" else place.words
        await appraisal_supplement.answer(turn.session, turn.actor, place.item, words, turn.now)
        return Go(One, OnePlace(dossier=whole.facts.id), texts.ANSWERED)

    async def back(self, turn: Turn, place: AgainPlace) -> Next:
        return Go(Item, ItemPlace(item=place.item), texts.KEPT)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _enter(_turn: Turn, subject: str) -> Go:
    """At one dossier, for a number; else at the list."""
    return Go(One, OnePlace(dossier=int(subject))) if subject else Go(Mine, MinePlace())


async def _waiting(turn: Turn) -> int | None:
    """How many dossiers came back; none keeps it off the menu."""
    return len(await appraisal_supplement.mine(turn.session, turn.actor, turn.now)) or None


DIALOGUE = Dialogue(
    name="supplements",
    steps=(Mine(), One(), Reason(), Sure(), Item(), Again()),
    enter=_enter,
    needs=Permission.PREPARE_DOSSIER,
    label=texts.LABEL,
    command="bosung",
    word=texts.WORD,
    waiting=_waiting,
)
