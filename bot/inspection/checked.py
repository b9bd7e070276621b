"""What a check hands back: a cleaned copy with its facts, or a refusal with its reason."""

from dataclasses import dataclass

from core.evidence import RefusedFile


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that passed: the bytes people may see, and figures named as in `FileFacts`."""

    served: bytes
    facts: dict[str, int]


class Refused(Exception):  # noqa: N818 - a refusal is not an error
    """The file is not taken; `facts` are figures named as in `FileFacts`, for the sentence."""

    def __init__(self, reason: RefusedFile, **facts: int) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.facts = facts
