"""A person's own account: what is kept, the notice, and «Không phải tôi»."""

from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import account as texts
from handlers.dialogue import Dialogue, Go, Home, Next, Place, Step, Turn
from services import people


class AccountPlace(Place):
    """The account of whoever is writing."""


class ShowAccount(Step[AccountPlace]):
    """What is kept about the person."""

    name = "account"
    place_type = AccountPlace

    async def show(self, turn: Turn, place: AccountPlace) -> Message:
        facts = await people.account_facts(turn.session, turn.actor, turn.now)
        consents = [(version, at.astimezone(turn.zone)) for version, at in facts.consents]
        return texts.screen(
            facts.name, facts.staff_code, facts.post, facts.unit, facts.phone, facts.roles, consents
        )

    async def chose(self, turn: Turn, place: AccountPlace, key: str) -> Next:
        return Go(ReadNotice if key == "notice" else ConfirmNotMe, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class ReadNotice(Step[AccountPlace]):
    """The notice the person agreed to."""

    name = "notice"
    place_type = AccountPlace

    async def show(self, turn: Turn, place: AccountPlace) -> Message:
        return texts.notice()

    async def back(self, turn: Turn, place: AccountPlace) -> Next:
        return Go(ShowAccount, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class ConfirmNotMe(Step[AccountPlace]):
    """An account that was linked by mistake is frozen at once."""

    name = "not_me"
    place_type = AccountPlace

    async def show(self, turn: Turn, place: AccountPlace) -> Message:
        return texts.ask_not_me(turn.actor.name)

    async def chose(self, turn: Turn, place: AccountPlace, key: str) -> Next:
        await people.report_wrong_account(turn.session, turn.actor, turn.now)
        return Home(texts.DISOWNED, as_new=True)

    async def back(self, turn: Turn, place: AccountPlace) -> Next:
        return Go(ShowAccount, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _enter(_turn: Turn, _subject: str) -> Go:
    return Go(ShowAccount, AccountPlace())


DIALOGUE = Dialogue(
    name="account",
    steps=(ShowAccount(), ReadNotice(), ConfirmNotMe()),
    enter=_enter,
    needs=Permission.MANAGE_ACCOUNT,
    label=texts.LABEL,
    command="taikhoan",
)
