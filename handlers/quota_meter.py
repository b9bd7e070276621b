"""«Kênh và lượt tin»: what each channel has carried this month, what stands still, and «Thử lại»."""

from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import quota_meter as texts
from handlers.dialogue import Dialogue, Go, Next, Place, Step, Turn
from services import quota_meter


class ChannelsPlace(Place):
    """At all channels."""


class Channels(Step[ChannelsPlace]):
    """Every channel this month."""

    name = "channels"
    place_type = ChannelsPlace

    async def show(self, turn: Turn, place: ChannelsPlace) -> Message:
        found = await quota_meter.meters(turn.session, turn.actor, turn.now)
        return texts.meters(found, may_retry=turn.actor.may(Permission.MANAGE_CHANNELS))

    async def chose(self, turn: Turn, place: ChannelsPlace, key: str) -> Next:
        await quota_meter.go_on(turn.session, turn.actor, key.removeprefix("again."), turn.now)
        return Go(Channels, place, texts.AGAIN)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _enter(_turn: Turn, _subject: str) -> Go:
    return Go(Channels, ChannelsPlace())


DIALOGUE = Dialogue(
    name="meter",
    steps=(Channels(),),
    enter=_enter,
    needs=Permission.SEE_CHANNELS,
    label=texts.LABEL,
    shelved=True,
    command="luottin",
    word=texts.WORD,
)
