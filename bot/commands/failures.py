"""Turns a failure into a sentence and an exit code; what nobody expected gets a case number and a trace."""

import logging
import secrets
import sys
from pathlib import Path

import typer

from bot.commands.invocation import Invocation, log_file
from bot.commands.speech import complaint
from bot.trouble import Outcome, TroubleError
from core.texts import commands as texts


def told(error: Exception, call: Invocation) -> Outcome:
    """Tell the operator on the error stream what happened; the answer is the exit code."""
    words, outcome = _mistyped(error) or _expected(error) or _unexpected(error, call)
    if words:
        typer.echo(words, err=True)
    return outcome


Told = tuple[str, Outcome]


def _mistyped(error: Exception) -> Told | None:
    """What needs no library to be explained, so that a slip of the keyboard is answered at once."""
    match error:
        case TroubleError():
            return str(error), error.outcome
        case typer.Abort():
            return texts.NO_INPUT, Outcome.USAGE
        case typer.TyperException():
            return complaint(error), Outcome.USAGE
    return None


def _expected(error: Exception) -> Told | None:
    from bot.misconfiguration import ConfigError
    from core.refusals import Refusal
    from core.texts import refusals, settings
    from services.papers.campaign_toml import CampaignFileError

    match error:
        case ConfigError():
            return "\n".join([settings.HEADING, str(error), settings.ADVICE]), Outcome.USAGE
        case CampaignFileError():
            return f"{error}\n{texts.campaigns_bad(len(error.findings))}", Outcome.PROBLEMS
        case Refusal():
            return refusals.sentence(error), Outcome.PROBLEMS
    return None


def _unexpected(error: Exception, call: Invocation) -> Told:
    """The trace goes to the log; where none can be written, to the operator, without secrets."""
    from bot.logs import configure

    code = f"SC-{secrets.token_hex(3).upper()}"
    settings = call.settings_read
    known = settings.secrets() if settings is not None else ()
    log = log_file(settings) if settings is not None else Path("data") / "logs" / "bot.log"
    words = texts.incident(code, str(log))
    try:
        configure(secrets=known, file=log)
    except OSError:
        typer.echo(texts.incident_unlogged(code), err=True)
        words = ""
        configure(secrets=known, stream=sys.stderr)
    logging.getLogger("bot").critical("incident %s", code, exc_info=error)
    return words, Outcome.PROBLEMS
