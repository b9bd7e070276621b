"""Troubles on order: the next calls of a kind are answered otherwise, late, or not at all."""

from __future__ import annotations

from dataclasses import dataclass

from bot.emulators.telegram.errors import ApiError
from bot.emulators.telegram.json_types import JsonObject
from bot.emulators.telegram.wire import ApiAnswer


@dataclass(slots=True)
class Fault:
    """One trouble, used up after ``times`` matching calls.

    ``accepted`` says whether the call takes effect before the trouble shows: a dropped connection
    with ``accepted`` is the ambiguous case, a 502 without it changed nothing. Without a status, a
    body or a drop the fault is a delay alone.
    """

    method: str = ""
    """Empty matches every method but getUpdates."""
    chat_id: int | None = None
    times: int = 1
    status: int = 0
    description: str = ""
    parameters: JsonObject | None = None
    raw: bytes | None = None
    """A body that is not JSON, sent with ``status`` (200 when that is 0)."""
    drop: bool = False
    """Close the connection without an answer."""
    accepted: bool = False
    delay: float = 0.0
    """Seconds before the answer."""

    def answers(self) -> bool:
        """Whether the fault speaks in the server's place."""
        return self.drop or self.raw is not None or self.status != 0

    def answer(self) -> ApiAnswer:
        """What the bot gets instead of the truth; status 0 stands for a closed connection."""
        if self.drop:
            return ApiAnswer(0, {})
        if self.raw is not None:
            return ApiAnswer(self.status or 200, {}, self.raw)
        error = ApiError(
            self.status, self.description or _DESCRIPTIONS.get(self.status, "Error"), self.parameters
        )
        return ApiAnswer(self.status, error.body())


_DESCRIPTIONS = {
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    429: "Too Many Requests: retry after 1",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
}


def too_many(retry_after: int, *, chat_id: int | None = None, times: int = 1, method: str = "") -> Fault:
    """A 429 with its ``retry_after`` in seconds."""
    return Fault(
        method,
        chat_id,
        times,
        status=429,
        description=f"Too Many Requests: retry after {retry_after}",
        parameters={"retry_after": retry_after},
    )


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

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The trouble this call meets, if any; ``method`` in lower case."""
        for fault in self._queue:
            named = fault.method.lower() == method if fault.method else method != "getupdates"
            if named and (fault.chat_id is None or fault.chat_id == chat_id):
                fault.times -= 1
                if fault.times <= 0:
                    self._queue.remove(fault)
                return fault
        return None
