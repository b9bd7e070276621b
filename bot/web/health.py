"""Whether the house stands: for a proxy or a watchman to ask, telling them nothing else."""

import asyncio
import time

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from db.transaction import Transactions
from services import outbox

_log = structlog.get_logger()
_PATIENCE = 3.0
_GOOD_FOR = 2.0
"""Seconds an answer is given again: anybody may ask, and each question takes the database's only writer."""


class Health:
    """Asks the database, now and then."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._asking = asyncio.Lock()
        self._asked_at = float("-inf")
        self._well = False

    async def tell(self, _request: Request) -> Response:
        """200 while the database can be asked, else 503."""
        async with self._asking:
            if time.monotonic() - self._asked_at > _GOOD_FOR:
                self._well = await self._ask()
                self._asked_at = time.monotonic()
        if self._well:
            return PlainTextResponse("ok")
        return PlainTextResponse("database", 503, {"retry-after": "5"})

    async def _ask(self) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE), self._transactions() as session:
                await outbox.is_live(session)
        except Exception as error:  # noqa: BLE001 - whatever hinders it is the answer
            _log.warning("database_unreachable", error=type(error).__name__)
            return False
        return True
