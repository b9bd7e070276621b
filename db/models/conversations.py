"""Where each chat stands."""

from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel


class Conversation(SQLModel, table=True):
    """One chat's place: a stack of open dialogues, what was last offered, the screen shown.

    `stack` says where the person is, never what they answered. `screen` is the platform's id of the
    message that shows the turn `screen_turn`, delivered at `shown_at`. `face` tells screens that read alike.
    `tally` is how much the chat has sent lately.
    """

    __tablename__ = "conversation"

    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    stack: str = Field(default="[]", sa_column=Column(Text, nullable=False))
    offered: str = Field(default="", sa_column=Column(Text, nullable=False))
    turn: int = 0
    last_tap: str = ""
    screen: str = ""
    screen_turn: int = 0
    shown_at: datetime | None = None
    face: str = ""
    tally: str = ""
    updated_at: datetime
