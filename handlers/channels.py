"""«Kênh nhận tin»: the channels somebody uses, one more by a code, where notices go, one no longer."""

from core.joining import may_be_code
from core.messages import Capabilities, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import channels as texts
from handlers.dialogue import Dialogue, Go, Home, Next, Place, Stay, Step, Turn
from services import channels
from services.channels import Linked


class ChannelsPlace(Place):
    """The channels of whoever is writing."""


class CodePlace(Place):
    """The invitation whose code is shown."""

    invitation_id: int


class AccountPlace(Place):
    """One of the channels."""

    account_id: int


class ShowChannels(Step[ChannelsPlace]):
    """Which they are and how they stand."""

    name = "list"
    place_type = ChannelsPlace

    async def show(self, turn: Turn, place: ChannelsPlace) -> Message:
        linked = await channels.linked(turn.session, turn.actor)
        usable = len([one for one in linked if one.served]) > 1
        return texts.screen(
            [_line(turn, one) for one in linked],
            {one.account_id: one.channel for one in linked if usable and one.served and not one.first},
            {one.account_id: one.channel for one in linked},
            more=bool(await channels.addable(turn.session, turn.actor)),
        )

    async def chose(self, turn: Turn, place: ChannelsPlace, key: str) -> Next:
        act, _, account = key.partition(".")
        match act:
            case "add":
                made = await channels.add_one(turn.session, turn.actor, turn.now)
                return Go(ShowCode, CodePlace(invitation_id=made))
            case "prefer":
                channel = await channels.prefer(turn.session, turn.actor, int(account), turn.now)
                return Stay(texts.preferred(channel))
        return Go(ConfirmDrop, AccountPlace(account_id=int(account)))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class ShowCode(Step[CodePlace]):
    """A code to type on another channel; it is written into the message as it leaves."""

    name = "code"
    place_type = CodePlace

    async def show(self, turn: Turn, place: CodePlace) -> Message:
        found = await channels.way_in(turn.session, turn.actor, place.invitation_id, turn.now)
        if found is None:
            return texts.WAY_IN_OVER
        return texts.way_in(found.entrances, found.expires_at.astimezone(turn.zone), found.name)

    async def said(self, turn: Turn, place: CodePlace, text: str) -> Next | None:
        return Stay(texts.TYPE_IT_THERE) if may_be_code(text) else None

    async def back(self, turn: Turn, place: CodePlace) -> Next:
        return Go(ShowChannels, ChannelsPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP_CODE


class ConfirmDrop(Step[AccountPlace]):
    """A channel is given up; the last one only by a word."""

    name = "drop"
    place_type = AccountPlace

    async def show(self, turn: Turn, place: AccountPlace) -> Message:
        linked = await channels.linked(turn.session, turn.actor)
        this, others = _parted(linked, place)
        if not others:
            return texts.ask_drop_last(this.channel)
        return texts.ask_drop(this.channel, next((one for one in others if one.first), others[0]).channel)

    async def chose(self, turn: Turn, place: AccountPlace, key: str) -> Next:
        this, _others = _parted(await channels.linked(turn.session, turn.actor), place)
        channel = await channels.drop(turn.session, turn.actor, place.account_id, turn.now)
        if this.here:
            return Home(texts.dropped_here(channel), as_new=True)
        return Go(ShowChannels, ChannelsPlace(), texts.dropped_here(channel))

    async def back(self, turn: Turn, place: AccountPlace) -> Next:
        return Go(ShowChannels, ChannelsPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


def _parted(linked: list[Linked], place: AccountPlace) -> tuple[Linked, list[Linked]]:
    """The channel of the place, and the others. Raises `Refusal` (`NOT_FOUND`)."""
    for one in linked:
        if one.account_id == place.account_id:
            return one, [other for other in linked if other is not one]
    raise Refusal(Code.NOT_FOUND)


def _line(turn: Turn, one: Linked) -> str:
    zone = turn.zone
    return texts.line(
        one.channel,
        one.linked_at.astimezone(zone),
        first=one.first,
        here=one.here,
        served=one.served,
        blocked=one.unreachable_since.astimezone(zone) if one.unreachable_since else None,
        down=one.down_since.astimezone(zone) if one.down_since else None,
    )


async def _enter(_turn: Turn, _subject: str) -> Go:
    return Go(ShowChannels, ChannelsPlace())


DIALOGUE = Dialogue(
    name="channels",
    steps=(ShowChannels(), ShowCode(), ConfirmDrop()),
    enter=_enter,
    needs=Permission.MANAGE_ACCOUNT,
    word=texts.WORD,
)
