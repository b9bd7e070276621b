"""How this Zalo behaves where documents are silent or observers disagree; and troubles on order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal


@dataclass(slots=True)
class Switches:
    """Turned while it runs. The defaults are what most observers saw."""

    poll: Literal["consume", "replay"] = "consume"
    """Whether a message is told once, or again until it was read `replay_reads` times."""
    replay_reads: int = 3
    poll_cap: float = 0.0
    """The longest an empty poll waits, in seconds, whatever was asked."""
    stranger_body: Literal["json", "html"] = "json"
    """What another token is refused with."""
    unknown_method: Literal[404, 400] = 404
    refuses_with_200: bool = False
    """Whether refusals come with the status 200 and `ok: false`."""
    success_code: bool = False
    """Whether successes carry `error_code: 0`."""
    webhook_shape: Literal["enveloped", "flat"] = "flat"
    photo_field: Literal["photo_url", "photo"] = "photo_url"
    webhook_secret: str | None = None
    """What is sent in the place of the secret that was set."""
    duplicates: int = 1
    """How often each event is posted."""
    out_of_order: bool = False
    """Whether events that wait are posted the newest first."""
    stranger_status: int = 400
    """What writing to somebody who never wrote, or has blocked the bot, is refused with."""
    typing_refused: bool = True
    """Whether `sendChatAction` is refused there as well."""
    monthly: int = 3000
    counts_inbound: bool = False
    users: int = 50
    photo_fetches: int = 2
    media_status: int = 200
    """What the media host answers instead of a file: 403 or 404."""
    media_lifetime: timedelta | None = None


@dataclass(slots=True)
class Fault:
    """One trouble, used up after `times` matching calls.

    `accepted` says whether the call takes effect before the trouble shows. Without a status, a body, a
    drop or an unreachable server it is a delay alone.
    """

    method: str = ""
    """Empty matches every method but getUpdates."""
    times: int = 1
    status: int = 0
    raw: bytes | None = None
    """A body that is not JSON, sent with `status` (200 when that is 0)."""
    drop: bool = False
    """Close the connection without an answer."""
    unreachable: bool = False
    """No connection: nothing can have arrived."""
    accepted: bool = False
    delay: float = 0.0
    """Seconds before the answer."""

    def speaks(self) -> bool:
        """Whether it stands in the answer's place."""
        return self.drop or self.unreachable or self.raw is not None or self.status != 0


#: What the edge in front of Zalo answers in an outage.
BAD_GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


class Faults:
    """The troubles still to come, in the order they were ordered."""

    def __init__(self) -> None:
        self._queue: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Order a trouble."""
        self._queue.append(fault)

    def clear(self) -> None:
        """Call everything off."""
        self._queue.clear()

    def __len__(self) -> int:
        return len(self._queue)

    def take(self, method: str) -> Fault | None:
        """The trouble this call meets, if any."""
        for fault in self._queue:
            if fault.method == method or (not fault.method and method != "getUpdates"):
                fault.times -= 1
                if fault.times <= 0:
                    self._queue.remove(fault)
                return fault
        return None
