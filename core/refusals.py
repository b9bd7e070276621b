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
    EVIDENCE_OF_UNIT = "evidence_of_unit"
    NUMBER_UNREADABLE = "number_unreadable"
    TEXT_TOO_SHORT = "text_too_short"
    SLOT_TOO_SHORT = "slot_too_short"
    SLOT_TOO_LONG = "slot_too_long"
    TOO_MANY_FILES = "too_many_files"
    DAILY_QUOTA = "daily_quota"
    FILE_TOO_BIG = "file_too_big"
    HAS_ACCOUNT = "has_account"
    PROOF_MISSING = "proof_missing"
    CAMPAIGN_NOT_APPROVED = "campaign_not_approved"
    CAMPAIGN_PUBLISHED = "campaign_published"
    ISSUE_DATE_MISSING = "issue_date_missing"
    DATE_UNREADABLE = "date_unreadable"
    DATES_DISORDERED = "dates_disordered"
    DATE_IMPLAUSIBLE = "date_implausible"
    DOCUMENT_MISSING = "document_missing"
    YEAR_OUTSIDE = "year_outside"
    NOT_ELIGIBLE = "not_eligible"
    ALREADY_COMMENDED = "already_commended"
    ALREADY_NOMINATED = "already_nominated"
    NOT_NOMINATED = "not_nominated"
    QUOTA_FULL = "quota_full"
    WAIVER_SETTLED = "waiver_settled"
    TWO_PEOPLE = "two_people"
    OWN_CASE = "own_case"
    COMMENDED = "commended"
    PERIOD_REVERSED = "period_reversed"
    QUESTION_TOO_SHORT = "question_too_short"
    QUESTIONS_OPEN = "questions_open"
    QUESTION_ANSWERED = "question_answered"
    TEXT_TOO_LONG = "text_too_long"
    PLAN_NOT_WORKBOOK = "plan_not_workbook"
    LADDER_WRONG = "ladder_wrong"
    SNOOZE_TOO_LATE = "snooze_too_late"
    SNOOZE_PAST = "snooze_past"
    DAY_UNREADABLE = "day_unreadable"
    DAY_ALREADY_SO = "day_already_so"
    NOTHING_TO_SWAP = "nothing_to_swap"
    YEAR_CONFIRMED = "year_confirmed"
    CALENDAR_ENDS = "calendar_ends"
    DATED_LATER = "dated_later"
    HANDED_IN_ALREADY = "handed_in_already"
    NUMBER_OF_PAPER_MISSING = "number_of_paper_missing"
    CUT_OFF_OUTSIDE = "cut_off_outside"
    EXTENSION_TOO_EARLY = "extension_too_early"
    EXTENSION_WAITING = "extension_waiting"
    EXTENSION_ANSWERED = "extension_answered"
    ANNOUNCEMENT_MOVED_ON = "announcement_moved_on"
    ANNOUNCEMENT_EMPTY = "announcement_empty"
    ANNOUNCEMENT_FOR_NOBODY = "announcement_for_nobody"
    ANNOUNCEMENT_QUESTION = "announcement_question"
    ANNOUNCEMENT_TIME_PAST = "announcement_time_past"
    ANNOUNCEMENTS_A_DAY = "announcements_a_day"


class Refusal(Exception):  # noqa: N818 - a refusal is not an error
    """Raised by an act that declines; caught by the front desk alone.

    A permission that is missing and a thing that does not exist are refused alike (`NOT_FOUND`), so
    that guessing an id teaches nothing.
    """

    def __init__(self, code: Code, **facts: object) -> None:
        super().__init__(code.value)
        self.code = code
        self.facts = facts
