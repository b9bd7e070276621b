"""What an announcement says: its words, its files, and what it asks of the reader."""

import json
from dataclasses import asdict, dataclass

from core.messages import FileOut
from core.refusals import Code, Refusal

#: Most characters of a title, of the words, and of an answer to the question.
TITLE_LIMIT, BODY_LIMIT = 120, 12_000
QUESTION_LIMIT = 300
ANSWER_LIMIT = 60
MOST_ANSWERS = 6
MOST_FILES = 10


@dataclass(frozen=True, slots=True)
class Question:
    """A question about what was read: `right` is the place of the right answer."""

    words: str
    answers: tuple[str, ...]
    right: int

    def __post_init__(self) -> None:
        if not 2 <= len(self.answers) <= MOST_ANSWERS or not 0 <= self.right < len(self.answers):
            raise Refusal(Code.ANNOUNCEMENT_QUESTION, limit=MOST_ANSWERS)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was typed; its answers may still be missing."""

    words: str
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What people get. With `wants_reading` they are asked to confirm that they have read it.

    `unfinished` is a question that its author has begun to write; nobody else gets it.
    """

    title: str = ""
    body: str = ""
    files: tuple[FileOut, ...] = ()
    wants_reading: bool = False
    question: Question | None = None
    unfinished: Asked | None = None

    @property
    def asks(self) -> bool:
        """Whether the reader has something to do."""
        return self.wants_reading or self.question is not None

    def to_json(self) -> str:
        """The stored form."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Content":
        """The content that `to_json` stored."""
        raw = json.loads(text)
        asked, begun = raw["question"], raw["unfinished"]
        return cls(
            raw["title"],
            raw["body"],
            tuple(FileOut(**one) for one in raw["files"]),
            raw["wants_reading"],
            Question(asked["words"], tuple(asked["answers"]), asked["right"]) if asked else None,
            Asked(begun["words"], tuple(begun["answers"])) if begun else None,
        )
