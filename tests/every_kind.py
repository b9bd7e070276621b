"""A small plan with every kind of criterion a plan may hold."""

from datetime import datetime
from pathlib import Path

from db.transaction import Session
from services import campaigns
from services.actor import console

PLAN_FILE = Path(__file__).with_suffix(".toml")
LABEL = "Mọi loại tiêu chí"


async def load(session: Session, now: datetime) -> None:
    """The plan in force beside whatever is in force already."""
    await campaigns.load(session, console(now.date()), PLAN_FILE.read_text("utf-8"), PLAN_FILE.name, now)
