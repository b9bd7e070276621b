"""A question at the command line: answered by an option, or typed, until the answer can be used."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import typer

from bot.trouble import Outcome, TroubleError


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; `check` gives the answer as it is to be used, or None when it cannot be."""

    words: str
    check: Callable[[str], str | None]
    complaint: str
    default: str = ""
    hidden: bool = False

    def answer(self, given: str | None) -> str:
        """The answer; one given as an option is not asked for again."""
        if given is not None:
            found = self.check(given)
            if found is None:
                raise TroubleError(self.complaint, Outcome.USAGE)
            return found
        while (found := self.check(self._typed())) is None:
            typer.echo(self.complaint)
        return found

    def _typed(self) -> str:
        # Without a terminal nothing is echoed anyway, and hiding would only complain.
        hidden = self.hidden and sys.stdin.isatty()
        return str(
            typer.prompt(self.words, default=self.default, hide_input=hidden, show_default=bool(self.default))
        )
