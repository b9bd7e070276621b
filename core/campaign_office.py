"""How the office works on campaigns: files that go in and out, and the grave things done to a version."""

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


class Standing(StrEnum):
    """Where a version of a plan stands; an old one was in force and was replaced."""

    DRAFT = "draft"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    OLD = "old"


class Grave(StrEnum):
    """What is asked once more before it is done to a version."""

    APPROVE = "approve"
    PUBLISH = "publish"
    REPUBLISH = "republish"
    DISCARD = "discard"
