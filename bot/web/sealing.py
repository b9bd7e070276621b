"""What every request of ours goes through: its body counted, its answer sealed."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Receive, Send

#: Nothing is kept by a browser, found by a search engine, shown inside another page, or told to one.
CLOSED = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
}


class TooBigError(Exception):
    """More is being sent than is taken in; raised where the body is read."""


def counting(receive: Receive, limit: int) -> Receive:
    """The body as it comes in, up to `limit` bytes; then `TooBigError`."""
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise TooBigError
        return message

    return counted


def sealing(send: Send, sealed_with: Mapping[str, str]) -> Send:
    """The answer with these headers, where it has not its own."""

    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in sealed_with.items():
                headers.setdefault(name, value)
        await send(message)

    return sealed
