"""How the office works on campaigns: files that go in and out, and the grave things done to a draft."""

from enum import StrEnum


class PlanFileKind(StrEnum):
    """A plan's file that was sent, or one that was asked for."""

    SENT = "sent"
    TEMPLATE = "template"
    EXPORT = "export"
    NEXT_YEAR = "next_year"


class PlanFileState(StrEnum):
    """What became of it; one asked for is waiting, made or lost."""

    WAITING = "waiting"
    FAULTY = "faulty"
    DRAFTED = "drafted"
    REFUSED = "refused"
    LOST = "lost"
    MADE = "made"


class Grave(StrEnum):
    """What is asked once more before it is done to a draft."""

    APPROVE = "approve"
    PUBLISH = "publish"
    DISCARD = "discard"
