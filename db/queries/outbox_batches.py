"""What becomes of a row of the outbox that is queued again: it asks how its announcement stands now."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, literal
from sqlalchemy import select as select_columns
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import col

from db.models import Announcement, OutboxRow

#: What becomes of a row that is queued again: that of an announcement which was changed, taken back, stopped
#: or paused meanwhile does not leave as if nothing had happened.
_FATE = (
    select_columns(
        case(
            (
                ~col(OutboxRow.once).like(
                    literal("announcement:", String)
                    + cast(col(Announcement.id), String)
                    + literal(":", String)
                    + cast(col(Announcement.version), String)
                    + literal(":%", String)
                ),
                "withdrawn",
            ),
            (col(Announcement.state) == "stopped", "stopped"),
            (col(Announcement.state) == "paused", "paused"),
            else_="",
        )
    )
    .where(col(Announcement.id) == col(OutboxRow.batch))
    .correlate(OutboxRow)
    .scalar_subquery()
)
_ENDS = _FATE.in_(("withdrawn", "stopped"))
_BACK = case((_ENDS, "cancelled"), (_FATE == "paused", "paused"), else_="queued")


def back(error: SQLCoreOperations[str], moment: SQLCoreOperations[datetime]) -> dict[str, Any]:
    """The values of a row that is queued again, unless its announcement was halted or changed meanwhile."""
    ended: ColumnElement[Any] = case((_ENDS, moment), else_=None)
    return {"state": _BACK, "error": case((_ENDS, _FATE), else_=error), "finished_at": ended}
