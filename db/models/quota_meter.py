"""What was used of the messages a platform allows in a month, and which channels are stopped."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel


class ChannelUse(SQLModel, table=True):
    """What one bot sent and received in a month («2026-11») of the office.

    `lifted` says that more was bought: our own count stops nothing any more this month.
    """

    __tablename__ = "channel_use"

    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    month: str = Field(primary_key=True)
    sent: int = 0
    received: int = 0
    lifted: bool = False


class ChannelStop(SQLModel, table=True):
    """A bot that its platform refuses: until the month is over, or until it is mended (`until` empty)."""

    __tablename__ = "channel_stop"
    __table_args__ = (CheckConstraint("why IN ('exhausted', 'misconfigured')", name="why_known"),)

    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    why: str
    detail: str = ""
    stopped_at: datetime
    until: datetime | None = None
