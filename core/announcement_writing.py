"""What a person typed, read as part of an announcement."""

from enum import StrEnum

from core.announcement_content import (
    ANSWER_LIMIT,
    BODY_LIMIT,
    MOST_ANSWERS,
    QUESTION_LIMIT,
    TITLE_LIMIT,
    Asked,
    Content,
)
from core.refusals import Code, Refusal
from core.vietnamese import clean_letter, clean_line

#: What is shorter was hardly meant to be an announcement.
SHORTEST_DRAFT = 20
#: Characters from which on a text may be the first of several: Telegram's apps cut at 4,096.
PERHAPS_CUT = 3_500
_LEAST_ANSWERS = 2


class Template(StrEnum):
    """What an announcement can be begun from."""

    LAUNCH = "launch"
    THEME = "theme"
    RESULTS = "results"


def begun(text: str) -> Content:
    """A draft out of a whole text: its first line is the title, where there is more and it is short."""
    first, _, rest = text.strip().partition("\n")
    if rest.strip() and len(clean_line(first, TITLE_LIMIT + 1)) <= TITLE_LIMIT:
        return Content(title=first.strip(), body=rest.strip())
    return Content(body=text.strip())


def has_words_of(content: Content, caption: str) -> bool:
    """Whether what was written below a photo is in the words already."""
    return clean_letter(begun(caption).body, BODY_LIMIT) in content.body


def asked(text: str) -> Asked:
    """A question, with its answers where they were typed below it, a line each.

    Raises `Refusal`: `TEXT_TOO_LONG`, `ANNOUNCEMENT_QUESTION`.
    """
    words, *lines = [line for line in text.splitlines() if line.strip()] or [""]
    question = _whole(words, QUESTION_LIMIT)
    return Asked(question, answers("\n".join(lines)) if lines else ())


def answers(text: str) -> tuple[str, ...]:
    """The answers to a question, a line each, no two alike.

    Raises `Refusal`: `TEXT_TOO_LONG`, `ANNOUNCEMENT_QUESTION`.
    """
    lines = (_whole(line, ANSWER_LIMIT) for line in text.splitlines())
    found = tuple(dict.fromkeys(line for line in lines if line))
    if not _LEAST_ANSWERS <= len(found) <= MOST_ANSWERS:
        raise Refusal(Code.ANNOUNCEMENT_QUESTION, limit=MOST_ANSWERS)
    return found


def _whole(text: str, limit: int) -> str:
    line = clean_line(text, limit + 1)
    if len(line) > limit:
        raise Refusal(Code.TEXT_TOO_LONG, limit=limit)
    return line
