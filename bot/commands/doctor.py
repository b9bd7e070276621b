"""`doctor`: examine the installation."""

from typing import Annotated

import typer

from bot.commands.invocation import invocation, program
from bot.trouble import Outcome
from core.texts import commands as texts


def run(
    context: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help=texts.DOCTOR_JSON)] = False,
    quick: Annotated[bool, typer.Option("--quick", help=texts.DOCTOR_QUICK)] = False,
    timeout: Annotated[
        float, typer.Option(help=texts.DOCTOR_TIMEOUT, metavar=texts.SECONDS_WORD, min=0.1, max=60)
    ] = 5.0,
) -> Outcome:
    """Print the report; problems make exit code 1."""
    from bot.doctor.diagnose import Visit, diagnose, has_errors
    from bot.doctor.diagnose import as_json as to_json
    from bot.doctor.diagnose import as_text as to_text

    call = invocation(context)
    checks = diagnose(Visit(call.config, call.now(), program(), timeout, quick))
    typer.echo(to_json(checks) if as_json else to_text(checks))
    return Outcome.PROBLEMS if has_errors(checks) else Outcome.OK
