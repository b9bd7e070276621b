"""Makes Typer speak Vietnamese: its help, and its complaints about what was typed."""

import difflib

import typer
from typer._click.core import Command as ClickCommand
from typer._click.core import Context
from typer._click.exceptions import BadParameter, MissingParameter, NoArgsIsHelpError, NoSuchOption
from typer.core import TyperCommand, TyperGroup

from bot.trouble import Outcome, TroubleError
from core.texts import commands as texts


def _translated(text: str) -> str:
    for english, vietnamese in texts.TYPER.items():
        text = text.replace(english, vietnamese)
    return text


class Command(TyperCommand):
    """A command whose help is Vietnamese throughout."""

    def get_help(self, ctx: Context) -> str:
        """The help text."""
        return _translated(super().get_help(ctx))


class Group(TyperGroup):
    """A group whose help is Vietnamese and that names the nearest command."""

    def get_help(self, ctx: Context) -> str:
        """The help text."""
        return _translated(super().get_help(ctx))

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, ClickCommand | None, list[str]]:
        """Find the command that a word names."""
        if self.get_command(ctx, args[0]) is None:
            nearest = difflib.get_close_matches(args[0], self.list_commands(ctx), n=1)
            told = texts.no_command(args[0], nearest[0] if nearest else None)
            raise TroubleError(f"{told}\n{texts.see_help(ctx.command_path)}", Outcome.USAGE)
        return super().resolve_command(ctx, args)


def complaint(error: typer.TyperException) -> str:
    """What was typed wrong, and where to read on."""
    match error:
        case NoArgsIsHelpError():
            return error.format_message()
        case NoSuchOption():
            told = texts.no_option(error.option_name, error.possibilities or ())
        case MissingParameter():
            told = texts.missing_parameter(_name(error))
        case BadParameter():
            told = texts.bad_parameter(_name(error))
        case _:
            told = texts.NOT_UNDERSTOOD
    context = getattr(error, "ctx", None)
    return told if context is None else f"{told}\n{texts.see_help(context.command_path)}"


def _name(error: BadParameter) -> str:
    return "" if error.param is None else error.param.get_error_hint().replace("'", "")
