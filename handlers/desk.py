"""The front desk: one message in, one turn of a conversation, in the transaction it is handed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo

from core.flooding import FloodLimits, Heard, Tally, counted
from core.messages import Address, Capabilities, Incoming, Message
from core.refusals import Refusal
from core.roles import Role
from core.texts import desk as texts
from core.texts import refusals
from core.texts import uploads as upload_texts
from db.transaction import Savepoint, Session
from handlers.desk_deciding import Deciding, Outcome, anew
from handlers.desk_directory import Directory
from handlers.desk_repeats import face_of, key_of, marks_of, once_more, repeats
from handlers.dialogue import Dialogue, Turn
from services import conversations, journal, outbox, people
from services.actor import Actor
from services.conversations import Frame, Standing


class Desk:
    """Answers people. Holds nothing between two messages: all it knows is in the database."""

    def __init__(
        self,
        dialogues: Sequence[Dialogue],
        capabilities: Mapping[str, Capabilities],
        zone: tzinfo,
        organisation: str,
        flood: FloodLimits | None,
    ) -> None:
        self._directory = Directory(dialogues)
        self._deciding = Deciding(self._directory)
        self._capabilities = capabilities
        self._zone = zone
        self._organisation = organisation
        self._flood = flood

    async def receive(self, session: Session, batch: Sequence[Incoming], now: datetime) -> None:
        """Answer messages of different chats: one turn each, in this transaction."""
        addresses = [incoming.address for incoming in batch]
        actors = await people.identify(session, addresses, now)
        standings = await conversations.resume_all(session, addresses)
        live = await outbox.is_live(session)
        await self._read_ahead(session, standings.values())
        for incoming in batch:
            await self._turn(
                session,
                incoming,
                actors.get(incoming.address),
                standings.get(incoming.address, Standing()),
                now,
                live=live,
            )

    async def _read_ahead(self, session: Session, standings: Iterable[Standing]) -> None:
        """Let each dialogue read once what all these turns need."""
        places: dict[str, list[Mapping[str, object]]] = {}
        for standing in standings:
            for frame in standing.stack[-1:]:
                places.setdefault(frame.dialogue, []).append(frame.place)
        for name, of_dialogue in places.items():
            dialogue = self._directory.find(name)
            if dialogue is not None and dialogue.ahead is not None:
                await dialogue.ahead(session, of_dialogue)

    async def _turn(
        self,
        session: Session,
        incoming: Incoming,
        actor: Actor | None,
        standing: Standing,
        now: datetime,
        *,
        live: bool,
    ) -> None:
        address = incoming.address
        if incoming.reachable is not None:
            await people.set_reachable(session, address, reachable=incoming.reachable, now=now)
            return
        if actor is not None and not actor.reachable:
            # Whoever writes can be written to, whatever the platform said before.
            await people.set_reachable(session, address, reachable=True, now=now)
        if repeats(incoming, standing, self._capabilities[address.channel]):
            return  # The same press again (a double tap, or sent again by the app): nothing to say.
        heard, standing = self._counted(incoming, actor, standing, now)
        if heard is not Heard.ANSWERED:
            if heard is Heard.TOLD_TO_WAIT:
                await self._tell_to_wait(session, address, standing.tally, now)
            conversations.keep(session, address, standing, now)
            return
        if actor is not None and not live and not _administers(actor):
            await outbox.post(session, address, Message(body=texts.ON_TRIAL), outbox.Lane.ANSWER, now)
            conversations.keep(session, address, standing, now)
            return
        turn = Turn(
            session=session,
            address=address,
            can=self._capabilities[address.channel],
            now=now,
            zone=self._zone,
            organisation=self._organisation,
            stranger=actor is None,
            screen=standing.screen,
            marks=marks_of(incoming, standing, self._capabilities[address.channel]),
            _actor=actor,
        )
        outcome = await self._respond(turn, incoming, standing)
        await self._show(turn, incoming, standing, outcome, live=live)

    def _counted(
        self, incoming: Incoming, actor: Actor | None, standing: Standing, now: datetime
    ) -> tuple[Heard, Standing]:
        """Whether a chat sends too much; one that gave a good code is no mere stranger any more."""
        if self._flood is None or incoming.upload:  # Pages are counted where they are given out.
            return Heard.ANSWERED, standing
        outside = actor is None and self._directory.is_outside(standing.stack)
        limit = self._flood.strangers if outside else self._flood.known
        # A press carries no time, a change that of the message changed; what claims to come later came now.
        ours = incoming.tap is not None or incoming.door is not None or incoming.edited
        at = now if ours else min(now, incoming.sent_at)
        album = next((file.group for file in incoming.files), "")
        heard, tally = counted(standing.tally, limit, at, album)
        return heard, replace(standing, tally=tally)

    async def _tell_to_wait(self, session: Session, address: Address, tally: Tally, now: datetime) -> None:
        """Once: what comes until then is dropped without a word, and counted."""
        assert tally.deaf_until is not None
        message = Message(body=texts.wait_until(tally.deaf_until.astimezone(self._zone)))
        await outbox.post(session, address, message, outbox.Lane.ANSWER, now)
        await journal.note(session, "house", "flooded", f"chat:{address.channel}", now)

    async def _respond(self, turn: Turn, incoming: Incoming, standing: Standing) -> Outcome:
        """What the message does. A refusal undoes that, keeps the turn, and heads the screen."""
        stack = self._directory.sound(turn, standing.stack)
        moved_on = ""
        if standing.stack and not stack:
            # What was offered there is offered no more; a chat that lost its person was told so.
            standing = replace(standing, stack=(), offered=Message())
            moved_on = "" if turn.stranger else texts.MOVED_ON
        if not stack:
            stack = (await self._directory.first(turn),)
        try:
            async with Savepoint(turn.session):
                outcome = await self._deciding.act(turn, incoming, standing, stack)
        except Refusal as refusal:
            sentence = refusals.sentence(refusal)
            if incoming.upload:
                return await self._kept(turn, incoming, stack, sentence)
            return Outcome(stack, f"{sentence}\n{moved_on}".strip())
        if moved_on and outcome.note in {"", texts.STALE, texts.NOT_UNDERSTOOD}:
            return replace(outcome, note=moved_on)
        return outcome

    async def _kept(self, turn: Turn, incoming: Incoming, stack: tuple[Frame, ...], sentence: str) -> Outcome:
        """Files by a page that their place refuses: in no chat do they lie, so they are kept."""
        try:
            async with Savepoint(turn.session):
                return await self._deciding.kept_as_evidence(turn, incoming, stack, sentence)
        except Refusal:
            return Outcome(stack, sentence)

    async def _show(
        self, turn: Turn, incoming: Incoming, standing: Standing, outcome: Outcome, *, live: bool
    ) -> None:
        """Draw the screen, post it, and remember what was offered."""
        actor_turn = turn if not turn.stranger else await anew(turn)
        stack = outcome.stack
        note = outcome.note
        try:
            if live or actor_turn.stranger or _administers(actor_turn.actor):
                screen = await self._screen(actor_turn, stack)
            else:  # Somebody who joined just now, on trial.
                screen = Message(body=texts.ON_TRIAL)
        except Refusal as refusal:
            stack = (await self._directory.first(actor_turn),)
            note = "\n".join(dict.fromkeys(line for line in (note, refusals.sentence(refusal)) if line))
            screen = await self._screen(actor_turn, stack)
        if standing.tally.dropped:
            note = "\n".join(line for line in (texts.dropped(standing.tally.dropped), note) if line)
        screen = replace(screen.noting(note), upload=outcome.upload)
        number = standing.turn + 1
        said = once_more(screen, standing, turn)
        if outcome.gather:
            await outbox.post_gathered(
                turn.session, turn.address, screen, turn.now, turn=number, key=outcome.gather
            )
        else:
            await outbox.post(
                turn.session,
                turn.address,
                said,
                outbox.Lane.ANSWER,
                turn.now,
                turn=number,
                edit=incoming.tap is not None and turn.can.edits and not outcome.fresh,
            )
        conversations.keep(
            turn.session,
            turn.address,
            Standing(
                stack=stack,
                offered=screen,
                turn=number,
                last_tap=key_of(incoming),
                screen=standing.screen,
                face=face_of(screen),
                tally=replace(standing.tally, dropped=0),
            ),
            turn.now,
        )

    async def _screen(self, turn: Turn, stack: tuple[Frame, ...]) -> Message:
        step, place = self._directory.step(stack[-1])
        screen = await step.show(turn, place)
        if turn.can.by_page and self._directory.takes_files(turn, stack[-1]):
            screen = replace(screen, rows=(*screen.rows, (upload_texts.CHOICE,)))
        if banner := await self._banner(turn, stack):
            screen = replace(screen, body=f"{banner}\n\n{screen.body}".rstrip())
        return screen if screen.nav else replace(screen, nav=texts.NAV)

    async def _banner(self, turn: Turn, stack: tuple[Frame, ...]) -> str:
        """The line of the uppermost dialogue that has one: it stays in sight in what is opened upon it."""
        for dialogue, frame in self._directory.uppermost_first(stack):
            if dialogue.banner is not None:
                return await dialogue.banner(turn, frame.place)
        return ""


def _administers(actor: Actor) -> bool:
    return any(grant.role is Role.ADMINISTRATOR for grant in actor.grants)
