"""`run`: open the house and answer until told to stop."""

import gc
import signal
from typing import TYPE_CHECKING

import typer

from bot.commands.invocation import invocation
from bot.trouble import Outcome, TroubleError
from core.texts import running as texts

if TYPE_CHECKING:
    import asyncio
    from pathlib import Path

    import structlog

    from bot.config import Settings
    from bot.greeting import Introduced


def run(context: typer.Context) -> Outcome:
    """Serve; Ctrl-C is told apart from a stop by the service manager by the exit code."""
    import asyncio

    from bot.composition import channels_of

    call = invocation(context)
    settings = call.settings(to_console=True)
    channels = channels_of(settings)
    if not channels:
        raise TroubleError(texts.NO_CHANNEL, Outcome.ATTENTION)
    stopped_by = asyncio.run(_serve(settings, channels, call.config_file))
    if stopped_by is signal.SIGINT:
        return Outcome.INTERRUPTED
    typer.echo(texts.STOPPED)
    return Outcome.OK


async def _serve(
    settings: "Settings", channels: "list[Introduced]", config: "Path | None"
) -> signal.Signals | None:
    import asyncio

    from bot.app import open_house, side_by_side
    from bot.clock import SystemClock
    from bot.composition import plan_of
    from bot.greeting import Greeting
    from services import outbox

    stopping, received = asyncio.Event(), list[signal.Signals]()
    _listen(stopping, received)
    for channel in channels:
        await channel.open()
    try:
        house = await open_house(plan_of(settings, channels, SystemClock(), config))
        try:
            if house.site is not None:
                typer.echo(house.site.open())
            async with house.transactions() as session:
                live = await outbox.is_live(session)
            typer.echo(texts.STARTED if live else f"{texts.STARTED}\n{texts.ON_TRIAL}")
            _log().info("started", live=live, channels=" ".join(one.name for one in channels))
            # What is loaded now stays: looking through it for garbage would hold the loop for 100 ms.
            gc.freeze()
            greeting = Greeting(channels, typer.echo)
            await side_by_side(house.run(stopping), greeting.run(stopping))
            _log().info("stopped", by=received[0].name if received else "")
        finally:
            await house.close()
    finally:
        for channel in channels:
            await channel.close()
    if len(greeting.refused) == len(channels):
        raise TroubleError("\n".join(map(texts.bot_refused, greeting.refused)), Outcome.USAGE)
    return received[0] if received else None


def _log() -> "structlog.stdlib.BoundLogger":
    import structlog

    logger: structlog.stdlib.BoundLogger = structlog.get_logger("bot")
    return logger


def _listen(stopping: "asyncio.Event", received: list[signal.Signals]) -> None:
    """Ask to be told of Ctrl-C and of the service manager's stop, on Windows too."""
    import asyncio

    loop = asyncio.get_running_loop()

    def stop(number: int) -> None:
        received.append(signal.Signals(number))
        stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop, number)
        except NotImplementedError:
            signal.signal(number, lambda told, _frame: loop.call_soon_threadsafe(stop, told))
