"""The list of commands; nothing registers itself."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands import (
    audit,
    backup,
    campaign,
    campaign_archive,
    campaign_dates,
    campaign_workbook,
    demo,
    dialogue_map,
    doctor,
    init,
    migrate,
    people,
    reminders,
    restore,
    running,
    sandbox,
)
from bot.commands.invocation import Invocation, invocation
from bot.commands.speech import Command, Group
from core.texts import campaign_commands as campaign_texts
from core.texts import campaign_workbook_commands as workbook_texts
from core.texts import commands as texts
from core.texts import demo as demo_texts
from core.texts import reminder_commands as reminder_texts
from core.texts import round_archive as archive_texts
from core.texts import sandbox as sandbox_texts

DISTRIBUTION = "thidua"


def build(call: Invocation) -> typer.Typer:
    """The command line, made anew for each call."""
    app = _group(texts.APP_HELP, texts.APP_EPILOG)
    app.callback(
        invoke_without_command=True, context_settings={"obj": call, "help_option_names": ["--help", "-h"]}
    )(_root)
    app.command("sandbox", help=sandbox_texts.HELP, short_help=texts.SANDBOX_SHORT, cls=Command)(sandbox.run)
    app.command("demo", help=demo_texts.HELP, short_help=texts.DEMO_SHORT, cls=Command)(demo.run)
    app.command("init", help=texts.INIT_HELP, cls=Command)(init.run)
    app.command("run", help=texts.RUN_HELP, cls=Command)(running.run)
    app.command("doctor", help=texts.DOCTOR_HELP, cls=Command)(doctor.run)
    app.command("map", help=texts.MAP_HELP, cls=Command)(dialogue_map.show)
    app.command("migrate", help=texts.MIGRATE_HELP, cls=Command)(migrate.run)
    app.command("backup", help=texts.BACKUP_HELP, cls=Command)(backup.run)
    app.command("restore", help=texts.RESTORE_HELP, cls=Command)(restore.run)
    campaigns = _group(texts.CAMPAIGN_HELP)
    campaigns.command("check", help=texts.CAMPAIGN_CHECK_HELP, cls=Command)(campaign.check)
    campaigns.command("show", help=texts.CAMPAIGN_SHOW_HELP, cls=Command)(campaign.show)
    campaigns.command("load", help=texts.CAMPAIGN_LOAD_HELP, cls=Command)(campaign.load)
    campaigns.command("compare", help=campaign_texts.COMPARE_HELP, cls=Command)(campaign.compare)
    campaigns.command("dates", help=campaign_texts.DATES_HELP, cls=Command)(campaign_dates.dates)
    campaigns.command("enter-date", help=campaign_texts.ENTER_HELP, cls=Command)(campaign_dates.enter)
    campaigns.command("withdraw-date", help=campaign_texts.WITHDRAW_HELP, cls=Command)(
        campaign_dates.withdraw
    )
    campaigns.command("copy", help=campaign_texts.COPY_HELP, cls=Command)(campaign_dates.copy)
    campaigns.command("template", help=workbook_texts.TEMPLATE_HELP, cls=Command)(campaign_workbook.template)
    campaigns.command("export", help=workbook_texts.EXPORT_HELP, cls=Command)(campaign_workbook.export)
    campaigns.command("convert", help=workbook_texts.CONVERT_HELP, cls=Command)(campaign_workbook.convert)
    campaigns.command("archive", help=archive_texts.ARCHIVE_HELP, cls=Command)(campaign_archive.archive)
    app.add_typer(campaigns, name="campaign")
    peoples = _group(texts.PEOPLE_HELP)
    peoples.command("template", help=texts.PEOPLE_TEMPLATE_HELP, cls=Command)(people.template)
    peoples.command("import", help=texts.PEOPLE_IMPORT_HELP, cls=Command)(people.bring_in)
    peoples.command("codes", help=texts.PEOPLE_CODES_HELP, cls=Command)(people.codes)
    peoples.command("leave", help=texts.PEOPLE_LEAVE_HELP, cls=Command)(people.leave)
    peoples.command("return", help=texts.PEOPLE_RETURN_HELP, cls=Command)(people.come_back)
    peoples.command("export", help=texts.PEOPLE_EXPORT_HELP, cls=Command)(people.export)
    app.add_typer(peoples, name="people")
    reminding = _group(reminder_texts.HELP)
    reminding.callback()(_group_alone)
    reminding.command("preview", help=reminder_texts.PREVIEW_HELP, cls=Command)(reminders.preview)
    app.add_typer(reminding, name="reminders")
    audits = _group(texts.AUDIT_HELP)
    audits.callback()(_group_alone)
    audits.command("verify", help=texts.AUDIT_VERIFY_HELP, cls=Command)(audit.verify)
    app.add_typer(audits, name="audit")
    return app


def _group(words: str, epilog: str | None = None) -> typer.Typer:
    return typer.Typer(
        help=words,
        epilog=epilog,
        cls=Group,
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )


def _root(
    context: typer.Context,
    *,
    config: Annotated[
        Path | None, typer.Option(help=texts.CONFIG_HELP, metavar=texts.FILE_WORD, envvar="BOT_CONFIG")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help=texts.VERSION_HELP)] = False,
) -> None:
    invocation(context).config = config
    if version:
        typer.echo(texts.version(_version()))
        raise typer.Exit


def _group_alone() -> None:
    """A group of one command stays a group."""


def _version() -> str:
    """The version that is installed, else what the project file beside the code says."""
    import importlib.metadata
    import tomllib

    try:
        return importlib.metadata.version(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        project = Path(__file__).parents[2] / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
