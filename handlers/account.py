"""A person's own account: what is kept, the notice, quiet hours, and «Không phải tôi»."""

from core.messages import Capabilities, Message
from core.quiet import read_hours
from core.reminders_hours import Quiet
from core.roles import Permission
from core.texts import account as texts
from core.texts import quiet as quiet_texts
from handlers.dialogue import Dialogue, Go, Home, Next, Open, Place, Step, Turn
from services import people, quiet


class AccountPlace(Place):
    """The account of whoever is writing."""


class ShowAccount(Step[AccountPlace]):
    """What is kept about the person."""

    name = "account"
    place_type = AccountPlace

    async def show(self, turn: Turn, place: AccountPlace) -> Message:
        facts = await people.account_facts(turn.session, turn.actor, turn.now)
        consents = [(version, at.astimezone(turn.zone)) for version, at in facts.consents]
        own = await quiet.own(turn.session, turn.actor)
        return texts.screen(
            facts.name, facts.staff_code, facts.post, facts.unit, facts.phone, facts.roles, consents, own
        )

    async def chose(self, turn: Turn, place: AccountPlace, key: str) -> Next:
        match key:
            case "calendar":
                return Open("calendar")
            case "channels":
                return Open("channels")
            case "quiet":
                return Go(QuietHours, place)
            case "notice":
                return Go(ReadNotice, place)
        return Go(ConfirmNotMe, place)

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


class QuietHours(Step[AccountPlace]):
    """When the person does not want to be reminded."""

    name = "quiet"
    place_type = AccountPlace

    async def show(self, turn: Turn, place: AccountPlace) -> Message:
        general = await quiet.general(turn.session, turn.actor)
        return quiet_texts.ask(await quiet.own(turn.session, turn.actor), general)

    async def chose(self, turn: Turn, place: AccountPlace, key: str) -> Next:
        if key == "remove":
            await quiet.set_own(turn.session, turn.actor, None, turn.now)
            return Go(QuietHours, place, quiet_texts.REMOVED)
        offered = {f"hours.{quiet_texts.code(one)}": one for one in quiet_texts.OFFERED}
        return await self._set(turn, place, offered[key])

    async def said(self, turn: Turn, place: AccountPlace, text: str) -> Next:
        return await self._set(turn, place, read_hours(text))

    async def _set(self, turn: Turn, place: AccountPlace, hours: Quiet) -> Next:
        await quiet.set_own(turn.session, turn.actor, hours, turn.now)
        return Go(QuietHours, place, quiet_texts.noted(hours))

    async def back(self, turn: Turn, place: AccountPlace) -> Next:
        return Go(ShowAccount, place)

    def help(self, can: Capabilities) -> str:
        return quiet_texts.HELP


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
    steps=(ShowAccount(), ReadNotice(), QuietHours(), ConfirmNotMe()),
    enter=_enter,
    needs=Permission.MANAGE_ACCOUNT,
    label=texts.LABEL,
    command="taikhoan",
)
