"""An expected failure of a command: one sentence for the operator, never a traceback."""

from enum import IntEnum


class Outcome(IntEnum):
    """What the process answers to whoever started it."""

    OK = 0
    PROBLEMS = 1
    """The command ran and found, or met, a problem it has named."""
    USAGE = 2
    """The words of the command or the settings are wrong; nothing ran."""
    ATTENTION = 3
    """Something else must be done first, such as bringing the schema to head."""
    INTERRUPTED = 130


class TroubleError(Exception):
    """Stops a command; the message says what happened, what is safe and what to do."""

    def __init__(self, sentence: str, outcome: Outcome = Outcome.PROBLEMS) -> None:
        super().__init__(sentence)
        self.outcome = outcome
