"""A question that a plan does not answer, and what the office said to it."""

from dataclasses import dataclass
from datetime import datetime

#: Questions of one person that may wait for an answer at a time.
MOST_OPEN = 10
SHORTEST = 5
LONGEST_QUESTION = 1000
LONGEST_ANSWER = 2000


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """One question. `plan` is a campaign's label, empty where it is about none; `clause` may be empty too.

    `answered_by` is who answered, by name; `answer` is empty while it waits.
    """

    id: int
    asker: str
    unit: str
    campaign: str
    plan: str
    clause: str
    question: str
    asked_at: datetime
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answered_at is None
