"""What can be wrong with a campaign file: a closed set, each fault at its line and key."""

from dataclasses import dataclass
from enum import StrEnum


class FileProblem(StrEnum):
    """Why a campaign file is refused. Each has its sentence in `core/texts/campaign_files.py`."""

    UNREADABLE = "unreadable"
    TOO_BIG = "too_big"
    TOO_DEEP = "too_deep"
    NOT_UTF8 = "not_utf8"
    SYNTAX = "syntax"
    DUPLICATE_KEY = "duplicate_key"
    UNCLOSED = "unclosed"
    BAD_VALUE = "bad_value"
    UNKNOWN_KEY = "unknown_key"
    WRONG_KIND = "wrong_kind"
    MISSING_KEY = "missing_key"
    NOT_TEXT = "not_text"
    NOT_NUMBER = "not_number"
    NOT_INTEGER = "not_integer"
    NOT_DATE = "not_date"
    NOT_MOMENT = "not_moment"
    NOT_BOOLEAN = "not_boolean"
    NOT_LIST = "not_list"
    NOT_TABLE = "not_table"
    NOT_IN_LIST = "not_in_list"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    BAD_CODE = "bad_code"
    BAD_LETTER = "bad_letter"
    LETTER_ORDER = "letter_order"
    LETTER_MISMATCH = "letter_mismatch"
    CODE_UNLIKE_CLAUSES = "code_unlike_clauses"
    NOT_OF_CAMPAIGN = "not_of_campaign"
    NOT_OF_GROUP = "not_of_group"
    DUPLICATE_CODE = "duplicate_code"
    UNKNOWN_REFERENCE = "unknown_reference"
    OPERATOR_ALONE = "operator_alone"
    TARGET_ALONE = "target_alone"
    AIM_MISPLACED = "aim_misplaced"
    UPPER_MISPLACED = "upper_misplaced"
    OUT_OF_BOUNDS = "out_of_bounds"
    MEASURE_UNNAMED = "measure_unnamed"
    WAY_PARTS = "way_parts"
    WAY_CIRCULAR = "way_circular"
    WAY_UNUSED = "way_unused"
    TRACK_WITHOUT_SUBJECT = "track_without_subject"
    UMBRELLA_ASKS = "umbrella_asks"
    PARENT_ITSELF = "parent_itself"
    YEARS_REVERSED = "years_reversed"
    DAYS_REVERSED = "days_reversed"
    START_TWICE = "start_twice"
    YEAR_MISSING = "year_missing"
    YEAR_UNWANTED = "year_unwanted"
    YEAR_OUTSIDE = "year_outside"
    ROUND_REVERSED = "round_reversed"
    BEFORE_NOTHING = "before_nothing"
    DAY_TWICE = "day_twice"
    TIME_WITHOUT_DAY = "time_without_day"
    NO_SUCH_DAY = "no_such_day"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: in which file, on which line (None where there is no line), at which key.

    `key` is written as in the file («groups.items.measures.target»), `near` is the code of the
    clause around it, `sentence` says what is wrong and what to do.
    """

    file: str
    line: int | None
    key: str
    problem: FileProblem
    sentence: str
    near: str = ""
