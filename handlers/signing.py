"""The end of a self-assessment: review, sign, receipt, withdraw."""

from core.messages import Capabilities, Message
from core.texts import signing as texts
from handlers.assessment_places import SheetPlace
from handlers.dialogue import AnyStep, Go, Next, Open, Stay, Step, Turn
from services import assessment, evidence, outbox, signing

OVERVIEW, MISSING = "overview", "missing"


class Review(Step[SheetPlace]):
    """Every answer on one page."""

    name = "review"
    place_type = SheetPlace

    async def show(self, turn: Turn, place: SheetPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        return texts.review(sheet, turn.local_now, await _loose(turn))

    async def chose(self, turn: Turn, place: SheetPlace, key: str) -> Next:
        if key == "missing":
            return Go(MISSING, place)
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        return Open("proxy", str(place.sheet)) if sheet.on_behalf else Go(ConfirmSign, place)

    async def back(self, turn: Turn, place: SheetPlace) -> Next:
        return Go(OVERVIEW, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_REVIEW


class ConfirmSign(Step[SheetPlace]):
    """Names what cannot be undone; asked for with a word where there are no buttons."""

    name = "sign"
    place_type = SheetPlace

    async def show(self, turn: Turn, place: SheetPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        return texts.ask_sign(sheet, turn.local_now, await _loose(turn))

    async def chose(self, turn: Turn, place: SheetPlace, key: str) -> Next:
        await signing.sign(turn.session, turn.actor, place.sheet, turn.now)
        return Go(Signed, place)

    async def back(self, turn: Turn, place: SheetPlace) -> Next:
        return Go(Review, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_SIGN


class Signed(Step[SheetPlace]):
    """The receipt."""

    name = "signed"
    place_type = SheetPlace

    async def show(self, turn: Turn, place: SheetPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        signature = await signing.signature_of(turn.session, turn.actor, place.sheet)
        return texts.signed(
            signature.receipt,
            signature.signed_at.astimezone(turn.zone),
            sheet,
            by=texts.signed_by(sheet, signature.signer, signature.proof, signature.stood_in_for),
            copy_ready=bool(signature.copy_sha256),
            copy_failed=signature.copy_failed,
            withdrawable=not sheet.closed(turn.now),
            files_out=turn.can.files_out,
        )

    async def chose(self, turn: Turn, place: SheetPlace, key: str) -> Next:
        if key == "review":
            return Go(Review, place)
        if key == "withdraw":
            return Go(ConfirmWithdraw, place)
        if key == "copy_again":
            await signing.copy_again(turn.session, turn.actor, place.sheet, turn.now)
            return Stay()
        signature = await signing.signature_of(turn.session, turn.actor, place.sheet)
        await outbox.post(
            turn.session,
            turn.address,
            Message(files=(texts.signed_copy_file(signature.receipt, signature.copy_sha256),)),
            outbox.Lane.ANSWER,
            turn.now,
        )
        return Stay()

    async def back(self, turn: Turn, place: SheetPlace) -> Next:
        return Go(OVERVIEW, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_SIGN


class ConfirmWithdraw(Step[SheetPlace]):
    """Taking a signature back."""

    name = "withdraw"
    place_type = SheetPlace

    async def show(self, turn: Turn, place: SheetPlace) -> Message:
        return texts.ask_withdraw()

    async def chose(self, turn: Turn, place: SheetPlace, key: str) -> Next:
        await signing.withdraw(turn.session, turn.actor, place.sheet, turn.now)
        return Go(OVERVIEW, place, texts.WITHDRAWN)

    async def back(self, turn: Turn, place: SheetPlace) -> Next:
        return Go(Signed, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_SIGN


async def _loose(turn: Turn) -> int:
    """How many files of theirs serve nothing: what was sent for this may be among them."""
    return len(await evidence.unused(turn.session, turn.actor))


STEPS: tuple[AnyStep, ...] = (Review(), ConfirmSign(), Signed(), ConfirmWithdraw())
