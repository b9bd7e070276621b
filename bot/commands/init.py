"""`init`: four questions, then everything a new installation needs, and the first way in."""

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.invocation import Invocation, invocation, program
from bot.commands.questions import Question
from bot.trouble import Outcome, TroubleError
from core.phones import normal_phone
from core.texts import settings as texts
from core.texts.commands import join_link
from core.vietnamese import clean_line, moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.config import Settings, Telegram, Zalo
    from bot.first_administrator import Newcomer
    from bot.installation import Key
    from services.people import Issued

#: How a token looks, by channel.
_TOKENS = {
    "telegram": re.compile(r"\d+:[\w-]{20,}", re.ASCII),
    "zalo": re.compile(r"\d+:\S{8,}", re.ASCII),
}
_NAME_LIMIT, _CODE_LIMIT = 200, 40
_PATIENCE = 5.0


def run(
    context: typer.Context,
    *,
    organisation: Annotated[
        str | None, typer.Option(help=texts.ORGANISATION_HELP, metavar=texts.ANSWER_WORD)
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(help=texts.ACCESS_HELP, metavar=texts.ANSWER_WORD, envvar="BOT_INIT_TOKEN"),
    ] = None,
    zalo_token: Annotated[
        str | None,
        typer.Option(help=texts.ZALO_ACCESS_HELP, metavar=texts.ANSWER_WORD, envvar="BOT_INIT_ZALO_TOKEN"),
    ] = None,
    admin_name: Annotated[str | None, typer.Option(help=texts.NAME_HELP, metavar=texts.ANSWER_WORD)] = None,
    admin_code: Annotated[
        str | None, typer.Option(help=texts.STAFF_CODE_HELP, metavar=texts.ANSWER_WORD)
    ] = None,
    admin_phone: Annotated[str | None, typer.Option(help=texts.PHONE_HELP, metavar=texts.ANSWER_WORD)] = None,
    offline: Annotated[bool, typer.Option("--offline", help=texts.OFFLINE_HELP)] = False,
) -> Outcome:
    """Ask for what was not given, write it down, make the database, hand out the first code."""
    from bot.commands.house import alone
    from bot.commands.migrate import bring_to_head, require_known

    call = invocation(context)
    path = call.config or Path("config.toml")
    before = call.settings() if path.exists() else None
    typer.echo(texts.WELCOME if before is None else texts.again(str(path)))
    named = _ask_organisation(organisation, before)
    if token is not None or zalo_token is not None:
        # Whoever gives one in the command has no more to be asked about channels.
        token, zalo_token = token or "", zalo_token or ""
    secrets = {"telegram": _ask_token("telegram", token), "zalo": _ask_token("zalo", zalo_token)}
    newcomer = _ask_administrator(named, admin_name, admin_code, admin_phone)
    _write(path, before, named, secrets)
    settings = call.settings()
    require_known(settings)
    with alone(settings):
        bring_to_head(call, settings)
    healthy = _examine(call, offline=offline)
    _hand_out(call, settings, newcomer, offline=offline)
    return Outcome.OK if healthy else Outcome.PROBLEMS


def _ask_organisation(given: str | None, before: "Settings | None") -> str:
    def check(typed: str) -> str | None:
        return clean_line(typed, _NAME_LIMIT) if clean_line(typed, _NAME_LIMIT + 1) else None

    known = before.organisation.name if before is not None else ""
    return Question(texts.ASK_ORGANISATION, check, texts.BAD_ORGANISATION, known).answer(given)


def _ask_token(channel: str, given: str | None) -> str:
    """The token, or nothing when there is one already or none yet."""
    variable = f"BOT__{channel.upper()}__TOKEN"
    if os.environ.get(variable):
        typer.echo(texts.access_from(variable))
        return ""

    def check(typed: str) -> str | None:
        return typed.strip() if not typed.strip() or _TOKENS[channel].fullmatch(typed.strip()) else None

    return Question(texts.ASK_ACCESS[channel], check, texts.BAD_ACCESS[channel], hidden=True).answer(given)


def _ask_administrator(
    organisation: str, name: str | None, staff_code: str | None, phone: str | None
) -> "Newcomer | None":
    from bot.first_administrator import Newcomer

    if name is None and (staff_code is not None or phone is not None):
        raise TroubleError(texts.NAME_TOO, Outcome.USAGE)
    name = Question(texts.ASK_NAME, _name, texts.BAD_NAME).answer(name)
    if not name:
        return None
    staff_code = Question(texts.ASK_STAFF_CODE, _staff_code, texts.BAD_STAFF_CODE).answer(staff_code)
    phone = Question(texts.ASK_PHONE, _phone, texts.BAD_PHONE).answer(phone)
    return Newcomer(organisation, name, staff_code, phone)


def _name(typed: str) -> str | None:
    name = clean_line(typed, _NAME_LIMIT)
    return None if any(letter.isdigit() for letter in name) else name


def _staff_code(typed: str) -> str | None:
    code = clean_line(typed, _CODE_LIMIT + 1)
    return code if 0 < len(code) <= _CODE_LIMIT else None


def _phone(typed: str) -> str | None:
    found = normal_phone(typed)
    return None if found is None else found[0]


def _write(path: Path, before: "Settings | None", organisation: str, tokens: "Mapping[str, str]") -> None:
    """The secrets first, so that the settings never speak of a file that is not there."""
    from bot.installation import EXAMPLE, TOKEN_FILES, with_values, write_private

    text = (EXAMPLE if before is None else path).read_text(encoding="utf-8-sig")
    values: dict[Key, str] = {("organisation", "name"): organisation}
    known: dict[str, Telegram | Zalo] = {}
    if before is not None:
        known = {"telegram": before.telegram, "zalo": before.zalo}
    files: dict[str, Path] = {}
    for channel, token in tokens.items():
        if not token:
            continue
        file = known[channel].token_file if channel in known else None
        if file is None:
            values |= {(channel, "token"): "", (channel, "token_file"): TOKEN_FILES[channel].as_posix()}
        files[channel] = file or path.parent / TOKEN_FILES[channel]
    text = with_values(text, values)
    for channel, file in files.items():
        write_private(file, f"{tokens[channel]}\n")
    write_private(path, text)
    typer.echo(texts.written(str(path), [str(file) for file in files.values()]))


def _examine(call: Invocation, *, offline: bool) -> bool:
    from bot.doctor.diagnose import Visit, as_text, diagnose, has_errors

    checks = diagnose(Visit(call.config, call.now(), program(), _PATIENCE, offline))
    typer.echo(f"\n{as_text(checks)}\n")
    return not has_errors(checks)


def _hand_out(call: Invocation, settings: "Settings", newcomer: "Newcomer | None", *, offline: bool) -> None:
    """Show the one-time way in, or say how to get one later."""
    from bot.doctor.outside import bot_name

    if newcomer is None:
        typer.echo(texts.JOIN_LATER)
    else:
        issued = _entered(call, settings, newcomer)
        if issued is None:
            typer.echo(texts.known_already(newcomer.name))
        else:
            name = "" if offline else bot_name(settings, _PATIENCE)
            link = join_link(name, issued.token) if name else None
            until = moment(issued.expires_at.astimezone(settings.organisation.zone))
            drawn = link is not None and sys.stdout.isatty()
            typer.echo(texts.joining(newcomer.name, link, issued.code, until, drawn=drawn))
            if link is not None and drawn:
                _draw(link)
    served = settings.telegram.token is not None or settings.zalo.token is not None
    steps = texts.next_steps(call.command, token=served)
    typer.echo(f"\n{texts.TRIAL}\n\n{steps}")


def _entered(call: Invocation, settings: "Settings", newcomer: "Newcomer") -> "Issued | None":
    import asyncio

    from bot.commands.house import opened
    from bot.first_administrator import enter

    async def entered() -> "Issued | None":
        now = call.now().astimezone(settings.organisation.zone)
        async with opened(settings, to_write=True) as transactions:
            return await enter(transactions, newcomer, now)

    return asyncio.run(entered())


def _draw(link: str) -> None:
    """The link as a picture for a phone's camera."""
    import segno

    segno.make(link, error="l").terminal(compact=True)
