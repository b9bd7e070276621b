"""Handing a dossier in, taking it back, and what was handed in before."""

from collections import Counter

from core.dossier_findings import FindingKind, errors
from core.dossier_parts import send_to
from core.messages import Capabilities, Message
from core.refusals import Code, Refusal
from core.texts import dossier_editing as editing_texts
from core.texts import dossier_submission as texts
from handlers.dialogue import AnyStep, Go, Next, Stay, Step, Turn
from handlers.dossier_places import DossierPlace, SubmitPlace, VersionPlace
from services import dossier_doctor, dossier_editing, dossier_papers, dossier_submission, outbox


async def begin(turn: Turn, dossier: int) -> tuple[SubmitPlace, bool]:
    """The version that is about to be handed in, and whether errors are left, which need a reason.

    Raises `Refusal` where nobody is in it: no reason helps with that.
    """
    facts = await dossier_submission.own(turn.session, turn.actor, dossier, turn.now)
    found = await dossier_doctor.examine(turn.session, turn.actor, dossier, turn.now)
    if any(one.kind is FindingKind.NO_NOMINEE for one in found):
        raise Refusal(Code.DOSSIER_NOBODY)
    return SubmitPlace(dossier=dossier, version=facts.version), bool(errors(found))


class AskReason(Step[SubmitPlace]):
    """Errors are left: why it is handed in all the same."""

    name = "reason"
    place_type = SubmitPlace

    async def show(self, turn: Turn, place: SubmitPlace) -> Message:
        return texts.ask_reason(
            await dossier_doctor.examine(turn.session, turn.actor, place.dossier, turn.now)
        )

    async def chose(self, turn: Turn, place: SubmitPlace, key: str) -> Next:
        return Go("doctor", DossierPlace(dossier=place.dossier))

    async def said(self, turn: Turn, place: SubmitPlace, text: str) -> Next:
        reason = dossier_editing.checked_reason(text)
        return Go(SubmitSure, place.model_copy(update={"reason": reason}))

    async def back(self, turn: Turn, place: SubmitPlace) -> Next:
        return Go("one", DossierPlace(dossier=place.dossier))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_SUBMIT


class SubmitSure(Step[SubmitPlace]):
    """Everything that is sent, once more; handed in with a word."""

    name = "submit"
    place_type = SubmitPlace

    async def show(self, turn: Turn, place: SubmitPlace) -> Message:
        facts = await dossier_submission.own(turn.session, turn.actor, place.dossier, turn.now)
        content = await dossier_papers.content(turn.session, place.dossier, turn.now)
        papers = await dossier_papers.of(turn.session, facts.id, facts.version)
        counted = Counter(one.kind for one in papers)
        return texts.ask_sure(
            facts,
            [one.facts.name for one in content.nominees],
            [(editing_texts.NAMES[kind], count) for kind, count in counted.items()],
            len(content.files),
            await dossier_doctor.of_content(turn.session, content, turn.now),
            place.reason,
            send_to(content.campaign),
        )

    async def chose(self, turn: Turn, place: SubmitPlace, key: str) -> Next:
        facts = await dossier_submission.submit(
            turn.session, turn.actor, place.dossier, place.version, place.reason, turn.now
        )
        return Go("one", DossierPlace(dossier=place.dossier), texts.received(facts, turn.zone))

    async def back(self, turn: Turn, place: SubmitPlace) -> Next:
        return Go("one", DossierPlace(dossier=place.dossier))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_SUBMIT


class AskWithdraw(Step[SubmitPlace]):
    """Why it is taken back."""

    name = "withdraw_reason"
    place_type = SubmitPlace

    async def show(self, turn: Turn, place: SubmitPlace) -> Message:
        return texts.ask_withdraw(
            await dossier_submission.own(turn.session, turn.actor, place.dossier, turn.now)
        )

    async def said(self, turn: Turn, place: SubmitPlace, text: str) -> Next:
        reason = dossier_editing.checked_reason(text)
        return Go(WithdrawSure, place.model_copy(update={"reason": reason}))

    async def back(self, turn: Turn, place: SubmitPlace) -> Next:
        return Go("one", DossierPlace(dossier=place.dossier))

    def help(self, can: Capabilities) -> str:
        return editing_texts.HELP_REASON


class WithdrawSure(Step[SubmitPlace]):
    """Once more."""

    name = "withdraw"
    place_type = SubmitPlace

    async def show(self, turn: Turn, place: SubmitPlace) -> Message:
        facts = await dossier_submission.own(turn.session, turn.actor, place.dossier, turn.now)
        return texts.ask_withdraw_sure(facts, place.reason)

    async def chose(self, turn: Turn, place: SubmitPlace, key: str) -> Next:
        await dossier_submission.withdraw(
            turn.session, turn.actor, place.dossier, place.version, place.reason, turn.now
        )
        return Go("one", DossierPlace(dossier=place.dossier), texts.WITHDRAWN)

    async def back(self, turn: Turn, place: SubmitPlace) -> Next:
        return Go(AskWithdraw, place.model_copy(update={"reason": ""}))

    def help(self, can: Capabilities) -> str:
        return editing_texts.HELP_REASON


class Versions(Step[DossierPlace]):
    """Everything that was handed in."""

    name = "versions"
    place_type = DossierPlace

    async def show(self, turn: Turn, place: DossierPlace) -> Message:
        found = await dossier_submission.versions(turn.session, turn.actor, place.dossier, turn.now)
        return texts.versions(found, turn.zone)

    async def chose(self, turn: Turn, place: DossierPlace, key: str) -> Next:
        number = int(key.removeprefix("version."))
        return Go(OneVersion, VersionPlace(dossier=place.dossier, version=number))

    async def back(self, turn: Turn, place: DossierPlace) -> Next:
        return Go("one", DossierPlace(dossier=place.dossier))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_SUBMIT


class OneVersion(Step[VersionPlace]):
    """One of them, with its archive."""

    name = "version"
    place_type = VersionPlace

    async def show(self, turn: Turn, place: VersionPlace) -> Message:
        found, held = await dossier_submission.version(
            turn.session, turn.actor, place.dossier, place.version, turn.now
        )
        return texts.version(found, held, turn.zone, files_out=turn.can.files_out)

    async def chose(self, turn: Turn, place: VersionPlace, key: str) -> Next:
        found, _held = await dossier_submission.version(
            turn.session, turn.actor, place.dossier, place.version, turn.now
        )
        for file in texts.archive_files(found):
            message = Message(files=(file,))
            await outbox.post(turn.session, turn.address, message, outbox.Lane.ANSWER, turn.now)
        return Stay()

    async def back(self, turn: Turn, place: VersionPlace) -> Next:
        return Go(Versions, DossierPlace(dossier=place.dossier))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_SUBMIT


STEPS: tuple[AnyStep, ...] = (
    AskReason(),
    SubmitSure(),
    AskWithdraw(),
    WithdrawSure(),
    Versions(),
    OneVersion(),
)
