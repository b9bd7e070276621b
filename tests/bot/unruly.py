"""A Telegram on a bad day: it refuses, hangs, drops, garbles, blocks and moves, and knows what it did."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.emulators.telegram import NO_FILES, ApiAnswer, BotApi, Fault, UploadedFile
from bot.emulators.telegram.faults import too_many
from bot.emulators.telegram.ledger import SENDS

#: What befalls of a thousand sends; the others go well.
OF_A_THOUSAND = {
    "throttled": 100,
    "broken": 50,
    "late": 30,
    "dropped": 20,
    "garbled": 10,
    "slow": 10,
    "blocked": 10,
    "moved": 5,
}
#: Longer than anybody waits.
_FOR_EVER = 300.0
_SLOW = 15.0


class Unruly(BotApi):
    """Troubles befall by chance. An `unclear` answer is one after which a message may be repeated."""

    def __init__(self, clock: Callable[[], datetime], seed: int) -> None:
        super().__init__(clock)
        self._rng = random.Random(seed)
        self.befell: Counter[str] = Counter()
        self.unclear: Counter[tuple[int, str]] = Counter()
        self.blocked: set[int] = set()
        self.moved: dict[int, int] = {}
        self.inside_pauses = 0
        self._pauses: dict[int, datetime] = {}

    async def call(
        self,
        method: str,
        params: Mapping[str, object] = MappingProxyType({}),
        files: Mapping[str, UploadedFile] = NO_FILES,
    ) -> ApiAnswer:
        if method in SENDS:
            chat = int(str(params["chat_id"]))
            now = self.server.clock()
            self.inside_pauses += chat in self._pauses and now < self._pauses[chat]
            if trouble := self._trouble(method, chat, str(params["text"]), now):
                self.faults.add(trouble)
        return await super().call(method, params, files)

    def home_of(self, chat: int) -> int:
        """Where somebody who has moved was before."""
        return next((old for old, new in self.moved.items() if new == chat), chat)

    def _trouble(self, method: str, chat: int, text: str, now: datetime) -> Fault | None:
        kinds, weights = [*OF_A_THOUSAND, ""], [*OF_A_THOUSAND.values()]
        (kind,) = self._rng.choices(kinds, [*weights, 1000 - sum(weights)])
        self.befell[kind] += 1
        heard = self._rng.random() < 0.5
        if kind in {"broken", "late", "dropped"}:
            self.unclear[self.home_of(chat), text] += 1
        match kind:
            case "throttled":
                seconds = self._rng.randint(1, 5)
                self._pauses[chat] = now + timedelta(seconds=seconds)
                return too_many(seconds, chat_id=chat, method=method)
            case "broken":
                return Fault(method, chat, status=502, accepted=heard)
            case "late":
                return Fault(method, chat, delay=_FOR_EVER)
            case "dropped":
                return Fault(method, chat, drop=True, accepted=heard)
            case "garbled":
                return Fault(method, chat, raw=b"<html>", accepted=True)
            case "slow":
                return Fault(method, chat, delay=_SLOW)
            case "blocked":
                self.blocked.add(self.home_of(chat))
                return Fault(method, chat, status=403)
            case "moved" if chat > 0 and chat not in self.moved:
                self.moved[chat] = -(10**9) - chat
                self.add_group(self.moved[chat], "Khoa Mẫu")
                self.server.world.chats[chat].migrated_to = self.moved[chat]
        return None
