"""The Telegram channel with a note of every call it makes, as it goes out on the wire."""

from dataclasses import dataclass, field

from telegram.request import BaseRequest, RequestData

from bot.channels.telegram import TelegramChannel
from bot.emulators.telegram import BotApi
from bot.emulators.telegram_request import EmulatorRequest
from core.messages import Address

LAN, HUNG = 1001, 1002


@dataclass
class Recorder(EmulatorRequest):
    """Hands every request on to the emulator, and keeps its method and fields."""

    api: BotApi
    calls: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(self.api)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        fields: dict[str, object] = {}
        if request_data is not None:
            fields = {**request_data.json_parameters, **(request_data.multipart_data or {})}
        self.calls.append((url.rpartition("/")[2], fields))
        return await super().do_request(url, method, request_data, read_timeout)


@dataclass(frozen=True)
class Line:
    """The channel, the emulated Telegram behind it, and the notes; Lan has pressed Start."""

    api: BotApi
    channel: TelegramChannel
    recorder: Recorder

    @property
    def calls(self) -> list[tuple[str, dict[str, object]]]:
        return self.recorder.calls

    @property
    def lan(self) -> Address:
        return Address("telegram", self.channel.bot, str(LAN))


def a_line(api: BotApi) -> Line:
    """A channel that asks without waiting."""
    recorder = Recorder(api)
    channel = TelegramChannel(api.token, request=recorder, poll_request=recorder, poll_timeout=0)
    api.introduce(LAN)
    return Line(api, channel, recorder)
