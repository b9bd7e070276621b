"""`run`: open the house and answer until told to stop."""

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

    from bot.channels.telegram import TelegramChannel
    from bot.config import Settings


def run(context: typer.Context) -> Outcome:
    """Serve; Ctrl-C is told apart from a stop by the service manager by the exit code."""
    import asyncio

    from bot.composition import telegram_of

    call = invocation(context)
    settings = call.settings(to_console=True)
    channel = telegram_of(settings)
    if channel is None:
        raise TroubleError(texts.NO_CHANNEL, Outcome.ATTENTION)
    stopped_by = asyncio.run(_serve(settings, channel, call.config_file))
    if stopped_by is signal.SIGINT:
        return Outcome.INTERRUPTED
    typer.echo(texts.STOPPED)
    return Outcome.OK


async def _serve(
    settings: "Settings", channel: "TelegramChannel", config: "Path | None"
) -> signal.Signals | None:
    import asyncio

    from bot.app import open_house, side_by_side
    from bot.clock import SystemClock
    from bot.composition import plan_of
    from bot.greeting import Greeting
    from services import outbox

    stopping, received = asyncio.Event(), list[signal.Signals]()
    _listen(stopping, received)
    await channel.open()
    try:
        house = await open_house(plan_of(settings, channel, SystemClock(), config))
        try:
            async with house.transactions() as session:
                live = await outbox.is_live(session)
            typer.echo(texts.STARTED if live else f"{texts.STARTED}\n{texts.ON_TRIAL}")
            _log().info("started", live=live, channel=channel.name, bot=channel.bot)
            greeting = Greeting(channel, typer.echo)
            await side_by_side(house.run(stopping), greeting.run(stopping))
            _log().info("stopped", by=received[0].name if received else "")
        finally:
            await house.close()
    finally:
        await channel.close()
    if greeting.refused:
        raise TroubleError(texts.BOT_REFUSED, Outcome.USAGE)
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
