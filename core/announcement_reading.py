"""What a reader has to do about an announcement, and what became of their answer."""

from dataclasses import dataclass
from datetime import datetime

from core.announcement_content import Content


@dataclass(frozen=True, slots=True)
class Received:
    """An announcement as its reader has it: in the wording they are to have now, which `version` counts.

    `read_at` is when they confirmed that wording, or answered its question (`answer`, the place of what they
    chose); a confirmation of an older one is none.
    """

    number: int
    content: Content
    version: int
    left_at: datetime
    read_at: datetime | None = None
    answer: int | None = None
    retracted: bool = False

    @property
    def open(self) -> bool:
        """Whether the reader has something left to do."""
        return self.content.asks and self.read_at is None

    @property
    def right(self) -> bool | None:
        """Whether the answer was right; None without one."""
        if self.content.question is None or self.answer is None:
            return None
        return self.answer == self.content.question.right
