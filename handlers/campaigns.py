"""The office makes and changes campaigns: files in and out, read back, approved, published, dated."""

from core.campaign_office import Grave, Standing
from core.messages import Capabilities, FileRef, Message
from core.roles import Permission
from core.texts import campaign_notices as notices
from core.texts import campaign_office as texts
from core.texts import date_changes as changes
from handlers import campaign_dates
from handlers.campaign_places import ActPlace, FilePlace, PagePlace, ShelfPlace, VersionPlace
from handlers.dialogue import Dialogue, Go, Next, Stay, Step, Turn
from services import calendar, campaign_files, campaigns, date_changes, outbox


class Shelf(Step[ShelfPlace]):
    """Campaigns in force, drafts, and the template."""

    name = "shelf"
    place_type = ShelfPlace
    takes_files = 1

    async def show(self, turn: Turn, place: ShelfPlace) -> Message:
        drafts = [
            texts.DraftLine(one.version_id, one.code, one.label, one.approved, one.loaded_by)
            for one in await campaigns.drafts(turn.session, turn.actor)
        ]
        return texts.shelf(await campaigns.in_force(turn.session), drafts, turn.can)

    async def sent(self, turn: Turn, place: ShelfPlace, files: tuple[FileRef, ...]) -> Next:
        return await _taken(turn, files)

    async def chose(self, turn: Turn, place: ShelfPlace, key: str) -> Next:
        if key == "template":
            await campaign_files.ask_template(turn.session, turn.actor, turn.now)
            return Stay(texts.SOON)
        return Go(Version, VersionPlace(version=int(key.removeprefix("version."))))

    def help(self, can: Capabilities) -> str:
        return texts.help_shelf(can)


class SentFile(Step[FilePlace]):
    """What became of a file."""

    name = "file"
    place_type = FilePlace
    takes_files = 1

    async def show(self, turn: Turn, place: FilePlace) -> Message:
        file = await campaign_files.one(turn.session, turn.actor, place.file)
        return texts.sent_file(file.name, file.state, file.findings, annotated=bool(file.sha256))

    async def sent(self, turn: Turn, place: FilePlace, files: tuple[FileRef, ...]) -> Next:
        return await _taken(turn, files)

    async def chose(self, turn: Turn, place: FilePlace, key: str) -> Next:
        file = await campaign_files.one(turn.session, turn.actor, place.file)
        paper = Message(files=(notices.annotated_file(file.name, file.sha256),))
        await outbox.post(turn.session, turn.address, paper, outbox.Lane.ANSWER, turn.now)
        return Stay()

    async def back(self, turn: Turn, place: FilePlace) -> Next:
        return Go(Shelf, ShelfPlace())

    def help(self, can: Capabilities) -> str:
        return texts.help_sent_file(can)


class Version(Step[VersionPlace]):
    """One version: in force, replaced, or a draft to be read, approved and published."""

    name = "version"
    place_type = VersionPlace
    takes_files = 1

    async def show(self, turn: Turn, place: VersionPlace) -> Message:
        seen = await campaigns.draft(turn.session, turn.actor, place.version)
        if seen.standing is Standing.OLD:
            return texts.old_version(seen.campaign, seen.changes, files=_files(turn))
        left = await campaigns.unsaid_dates(turn.session, turn.actor, seen.campaign.code)
        if seen.standing is Standing.IN_FORCE:
            return texts.version(seen.campaign, len(left), files=_files(turn))
        in_force = {campaign.code for _id, campaign in await campaigns.in_force(turn.session)}
        return texts.draft(
            seen.campaign,
            seen.findings,
            seen.changes,
            len(left),
            approved=seen.standing is Standing.APPROVED,
            replaces=seen.campaign.code in in_force,
            files=_files(turn),
        )

    async def sent(self, turn: Turn, place: VersionPlace, files: tuple[FileRef, ...]) -> Next:
        return await _taken(turn, files)

    async def chose(self, turn: Turn, place: VersionPlace, key: str) -> Next:
        match key:
            case "read":
                return Go(Reading, PagePlace(version=place.version))
            case "changes":
                return Go(Changes, place)
            case "dates":
                return Go(campaign_dates.Dates, PagePlace(version=place.version))
            case "export":
                await campaign_files.ask_export(turn.session, turn.actor, place.version, turn.now)
                return Stay(texts.SOON)
            case "next_year":
                year = await campaign_files.ask_next_year(turn.session, turn.actor, place.version, turn.now)
                return Stay(texts.copying(year))
            case _:
                return Go(Confirm, ActPlace(version=place.version, act=Grave(key)))

    async def back(self, turn: Turn, place: VersionPlace) -> Next:
        return Go(Shelf, ShelfPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP_DRAFT


class Reading(Step[PagePlace]):
    """The plan read back, a page at a time."""

    name = "reading"
    place_type = PagePlace

    async def show(self, turn: Turn, place: PagePlace) -> Message:
        seen = await campaigns.draft(turn.session, turn.actor, place.version)
        pages = texts.pages(seen.campaign, await calendar.in_force(turn.session), seen.dates)
        number = min(max(place.page, 0), len(pages) - 1)
        return texts.page(seen.campaign, pages[number], number, len(pages))

    async def chose(self, turn: Turn, place: PagePlace, key: str) -> Next:
        step = 1 if key == "next" else -1
        return Go(Reading, PagePlace(version=place.version, page=place.page + step))

    async def back(self, turn: Turn, place: PagePlace) -> Next:
        return _version(place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_DRAFT


class Changes(Step[VersionPlace]):
    """What a draft changes in the version in force."""

    name = "changes"
    place_type = VersionPlace

    async def show(self, turn: Turn, place: VersionPlace) -> Message:
        seen = await campaigns.draft(turn.session, turn.actor, place.version)
        return texts.changes(seen.campaign, seen.changes)

    async def chose(self, turn: Turn, place: VersionPlace, key: str) -> Next:
        return Stay()

    async def back(self, turn: Turn, place: VersionPlace) -> Next:
        return _version(place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_DRAFT


class Confirm(Step[ActPlace]):
    """Asked once more, with a word where there are no buttons."""

    name = "confirm"
    place_type = ActPlace

    async def show(self, turn: Turn, place: ActPlace) -> Message:
        seen = await campaigns.draft(turn.session, turn.actor, place.version)
        if place.act not in (Grave.PUBLISH, Grave.REPUBLISH):
            return texts.ask(place.act, seen.campaign)
        reach = await date_changes.reach_of_version(turn.session, turn.actor, place.version, turn.now)
        return texts.ask(place.act, seen.campaign, changes.reached_by_version(reach))

    async def chose(self, turn: Turn, place: ActPlace, key: str) -> Next:
        match place.act:
            case Grave.APPROVE:
                await campaigns.approve(turn.session, turn.actor, place.version, turn.now)
                return Go(Version, VersionPlace(version=place.version), texts.APPROVED)
            case Grave.PUBLISH | Grave.REPUBLISH:
                reach = await date_changes.publish(turn.session, turn.actor, place.version, turn.now)
                note = changes.noted(texts.PUBLISHED, reach)
                return Go(Version, VersionPlace(version=place.version), note)
            case Grave.DISCARD:
                await campaigns.discard(turn.session, turn.actor, place.version, turn.now)
                return Go(Shelf, ShelfPlace(), texts.DISCARDED)

    async def back(self, turn: Turn, place: ActPlace) -> Next:
        return _version(place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_DRAFT


async def _taken(turn: Turn, files: tuple[FileRef, ...]) -> Next:
    """A workbook was sent."""
    if len(files) != 1 or files[0].group:
        return Stay(texts.ONE_FILE)
    number = await campaign_files.receive(turn.session, turn.actor, files[0], turn.now)
    return Go(SentFile, FilePlace(file=number), texts.RECEIVED)


def _files(turn: Turn) -> bool:
    """Whether files can come and go here."""
    return texts.exchanges_files(turn.can)


def _version(place: VersionPlace) -> Go:
    return Go(Version, VersionPlace(version=place.version))


async def _enter(turn: Turn, subject: str) -> Go:
    if not subject:
        return Go(Shelf, ShelfPlace())
    file = await campaign_files.one(turn.session, turn.actor, int(subject))
    if file.version_id is not None:
        return Go(Version, VersionPlace(version=file.version_id))
    return Go(SentFile, FilePlace(file=file.id))


DIALOGUE = Dialogue(
    name="campaigns",
    steps=(
        Shelf(),
        SentFile(),
        Version(),
        Reading(),
        Changes(),
        Confirm(),
        *campaign_dates.STEPS,
    ),
    enter=_enter,
    needs=Permission.LOAD_CAMPAIGN,
    label=texts.LABEL,
    command="phongtrao",
    word=notices.DOOR_WORD,
)
