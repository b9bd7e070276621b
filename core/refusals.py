"""An expected «no»: a closed set of codes, with facts for the sentence and no sentence inside."""

from enum import StrEnum


class Code(StrEnum):
    """Why the house declines. Each has its sentence in `core/texts/refusals.py`."""

    NOT_FOUND = "not_found"
    NOT_JOINED = "not_joined"
    CODE_UNUSABLE = "code_unusable"
    CODE_LOCKED = "code_locked"
    NO_ROUND = "no_round"
    ROUND_CLOSED = "round_closed"
    ALREADY_SIGNED = "already_signed"
    NOT_SIGNED = "not_signed"
    ANSWERED = "answered"
    INCOMPLETE = "incomplete"
    EVIDENCE_CHECKING = "evidence_checking"
    NUMBER_UNREADABLE = "number_unreadable"
    TEXT_TOO_SHORT = "text_too_short"
    TOO_MANY_FILES = "too_many_files"
    DAILY_QUOTA = "daily_quota"
    FILE_TOO_BIG = "file_too_big"


class Refusal(Exception):  # noqa: N818 - a refusal is not an error
    """Raised by an act that declines; caught by the front desk alone.

    A permission that is missing and a thing that does not exist are refused alike (`NOT_FOUND`), so
    that guessing an id teaches nothing.
    """

    def __init__(self, code: Code, **facts: object) -> None:
        super().__init__(code.value)
        self.code = code
        self.facts = facts
