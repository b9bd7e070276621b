"""What goes with an announcement, and how it will look: its files, and each channel's own picture of it."""

from collections.abc import Collection

from core.announcement_content import Content
from core.announcement_writing import has_words_of
from core.messages import Capabilities, FileRef, Message
from core.texts import announcement_office as office_texts
from core.texts import announcement_writing as texts
from handlers.announcement_writing import NumberPlace, content_of
from handlers.dialogue import SEVERAL, Go, Next, Open, Stay, Step, Turn
from services import announcement_files, announcement_preview, announcements


class Files(Step[NumberPlace]):
    """The files of a draft: more are sent, one is taken out."""

    name = "files"
    place_type = NumberPlace
    takes_files = SEVERAL

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        content = await content_of(turn, place.number)
        checking = await announcement_files.checking(turn.session, turn.actor, place.number)
        return texts.files(content, [(one.id, one.name) for one in checking], turn.can)

    async def chose(self, turn: Turn, place: NumberPlace, key: str) -> Next:
        session, actor, number = turn.session, turn.actor, place.number
        what, _, which = key.partition(".")
        if what == "out":
            # A button holds the beginning of the name alone.
            for one in (await content_of(turn, number)).files:
                if one.sha256.startswith(which):
                    await announcement_files.remove(session, actor, number, one.sha256, turn.now)
            return Stay(texts.FILE_OUT)
        if what == "stop":
            await announcement_files.remove_unchecked(session, actor, number, int(which), turn.now)
            return Stay(texts.FILE_OUT)
        return Stay()

    async def sent(self, turn: Turn, place: NumberPlace, files: tuple[FileRef, ...]) -> Next:
        return await attach(turn, place.number, files)

    async def back(self, turn: Turn, place: NumberPlace) -> Next:
        return Go("card", place)

    def help(self, can: Capabilities) -> str:
        return texts.help_files(can)


class PreviewPlace(NumberPlace):
    """Looking at an announcement as a channel shows it; one's own, where none is named."""

    channel: str = ""


class Preview(Step[PreviewPlace]):
    """How it arrives, part by part."""

    name = "preview"
    place_type = PreviewPlace

    async def show(self, turn: Turn, place: PreviewPlace) -> Message:
        seen = await announcement_preview.on_channels(turn.session, turn.actor, place.number)
        channel, *others = self._channels(turn, place, seen)
        return texts.preview(seen[channel].parts, seen[channel].can, channel, others)

    async def chose(self, turn: Turn, place: PreviewPlace, key: str) -> Next:
        if key == "try":
            await announcements.try_out(turn.session, turn.actor, place.number, turn.now)
            return Stay(office_texts.TRIED)
        seen = await announcement_preview.on_channels(turn.session, turn.actor, place.number)
        _shown, *others = self._channels(turn, place, seen)
        chosen = others[int(key.removeprefix("on."))]
        return Go(Preview, PreviewPlace(number=place.number, channel=chosen))

    async def back(self, turn: Turn, place: PreviewPlace) -> Next:
        return Go("card", NumberPlace(number=place.number))

    def help(self, can: Capabilities) -> str:
        return texts.HELP

    def _channels(self, turn: Turn, place: PreviewPlace, seen: Collection[str]) -> list[str]:
        """The one that is shown, then the others."""
        shown = next((one for one in (place.channel, turn.address.channel) if one in seen), "")
        return sorted(seen, key=lambda one: (one != shown, one))


async def attach(turn: Turn, number: int, files: tuple[FileRef, ...]) -> Next:
    """Keep files with a draft; an album gets one answer."""
    count = await announcement_files.receive(turn.session, turn.actor, number, files, turn.now)
    content = await content_of(turn, number)
    unused = any(not has_words_of(content, file.caption) for file in files)
    return Stay(texts.received(count, caption_unused=unused), gather=files[0].group)


async def begin_from(turn: Turn, files: tuple[FileRef, ...]) -> Next:
    """Files sent straight to the list begin a draft, with what is written below them."""
    number = await announcements.begin(turn.session, turn.actor, Content(), turn.now)
    count = await announcement_files.receive(turn.session, turn.actor, number, files, turn.now)
    note = f"{texts.BEGUN} {texts.received(count)}"
    return Open("announcements", str(number), note, gather=files[0].group)


STEPS = (Files(), Preview())
