"""The front desk: one message in, one turn of a conversation, in the transaction it is handed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from pydantic import ValidationError

from core.flooding import FloodLimits, Heard, Tally, counted
from core.messages import Address, Capabilities, Incoming, Message, Tap
from core.refusals import Code, Refusal
from core.roles import Role
from core.texts import desk as texts
from core.texts import refusals
from core.vietnamese import fold
from db.transaction import Savepoint, Session
from handlers.dialogue import AnyStep, Dialogue, Finish, Go, Home, Next, Open, Stay, Turn
from handlers.recognise import Chosen, interpret, may_mean_back
from services import conversations, journal, outbox, people
from services.actor import Actor
from services.conversations import Frame, Standing

ROOT, ENTRANCE, TRAY = "menu", "joining", "evidence"


@dataclass(frozen=True, slots=True)
class _Outcome:
    stack: tuple[Frame, ...]
    note: str = ""
    gather: str = ""
    fresh: bool = False


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
        self._dialogues = {dialogue.name: dialogue for dialogue in dialogues}
        self._commands = {one.command: one.name for one in dialogues if one.command}
        self._words = {one.word: one.name for one in dialogues if one.word}
        self._sayings = {fold(one.says): one.name for one in dialogues if one.says}
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
            dialogue = self._dialogues.get(name)
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
        if incoming.tap is not None and f"{incoming.tap.turn}:{incoming.tap.key}" == standing.last_tap:
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
            _actor=actor,
        )
        outcome = await self._respond(turn, incoming, standing)
        await self._show(turn, incoming, standing, outcome, live=live)

    def _counted(
        self, incoming: Incoming, actor: Actor | None, standing: Standing, now: datetime
    ) -> tuple[Heard, Standing]:
        """Whether a chat sends too much; one that gave a good code is no mere stranger any more."""
        if self._flood is None:
            return Heard.ANSWERED, standing
        entrance = self._dialogues[ENTRANCE].steps[0].name
        outside = actor is None and (not standing.stack or standing.stack[-1].step == entrance)
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

    async def _respond(self, turn: Turn, incoming: Incoming, standing: Standing) -> _Outcome:
        """What the message does. A refusal undoes that, keeps the turn, and heads the screen."""
        stack = self._sound(turn, standing.stack)
        moved_on = ""
        if standing.stack and not stack:
            # What was offered there is offered no more; a chat that lost its person was told so.
            standing = replace(standing, stack=(), offered=Message())
            moved_on = "" if turn.stranger else texts.MOVED_ON
        if not stack:
            stack = (await self._first(turn),)
        try:
            async with Savepoint(turn.session):
                outcome = await self._act(turn, incoming, standing, stack)
        except Refusal as refusal:
            sentence = refusals.sentence(refusal)
            return _Outcome(stack, f"{sentence}\n{moved_on}".strip())
        if moved_on and outcome.note in {"", texts.STALE, texts.NOT_UNDERSTOOD}:
            return replace(outcome, note=moved_on)
        return outcome

    async def _act(
        self, turn: Turn, incoming: Incoming, standing: Standing, stack: tuple[Frame, ...]
    ) -> _Outcome:
        frame = stack[-1]
        step = self._step(frame)
        place = step.place_type.model_validate(frame.place)
        if incoming.edited or incoming.unsupported:
            can_not = texts.unsupported(files_in=turn.can.files_in)
            return _Outcome(stack, texts.EDITED if incoming.edited else can_not)
        if incoming.command:
            return await self._command(turn, incoming, stack)
        if incoming.door is not None:
            return await self._follow(turn, stack, self._through(*incoming.door))
        if incoming.tap is not None:
            if not _is_current(incoming.tap, standing):
                return _Outcome(stack, texts.STALE)
            return await self._chosen(turn, stack, incoming.tap.key)
        if incoming.files:
            answer = await step.sent(turn, place, incoming.files)
            return await self._follow(turn, stack, answer or await self._unasked_files(turn, incoming))
        return await self._typed(turn, incoming, standing, stack)

    async def _typed(
        self, turn: Turn, incoming: Incoming, standing: Standing, stack: tuple[Frame, ...]
    ) -> _Outcome:
        step = self._step(stack[-1])
        place = step.place_type.model_validate(stack[-1].place)
        meaning = interpret(incoming.text, standing.offered)
        if isinstance(meaning, Chosen):
            return await self._chosen(turn, stack, meaning.key)
        door, saying = self._door_word(incoming.text, turn), self._saying(incoming.text, turn)
        if door is not None:
            return await self._follow(turn, stack, door)
        if saying is not None and not turn.can.buttons and len(stack) == 1:
            return await self._follow(turn, stack, saying)
        if not turn.can.buttons and may_mean_back(incoming.text, standing.offered):
            return _Outcome(stack, texts.ZERO)
        answer = await step.said(turn, place, incoming.text)
        return await self._follow(turn, stack, answer or saying or Stay(texts.NOT_UNDERSTOOD))

    async def _chosen(self, turn: Turn, stack: tuple[Frame, ...], key: str) -> _Outcome:
        frame = stack[-1]
        step = self._step(frame)
        place = step.place_type.model_validate(frame.place)
        match key:
            case ".back":
                return await self._follow(turn, stack, await step.back(turn, place))
            case ".cancel":
                return await self._follow(turn, stack, Finish(texts.CANCELLED if len(stack) > 1 else ""))
            case ".menu":
                return await self._follow(turn, stack, Home())
            case ".help":
                return _Outcome(stack, step.help(turn.can) or texts.NOT_A_CHOICE)
            case _:
                return await self._follow(turn, stack, await step.chose(turn, place, key))

    async def _command(self, turn: Turn, incoming: Incoming, stack: tuple[Frame, ...]) -> _Outcome:
        if incoming.command == "start" and incoming.argument:
            return await self._follow(turn, stack, Open(ENTRANCE, incoming.argument))
        if incoming.command == "help":
            return await self._chosen(turn, stack, ".help")
        name = self._commands.get(incoming.command)
        if name is None or turn.stranger:
            return _Outcome((await self._first(turn),))
        home = (await self._first(turn),)
        return await self._follow(turn, home, Open(name))

    async def _unasked_files(self, turn: Turn, incoming: Incoming) -> Next:
        """Files sent where none were asked for are kept as evidence, to be given their place."""
        evidence = self._dialogues[TRAY]
        if turn.stranger or not evidence.allowed(turn.actor):
            return Stay(texts.NO_FILES_HERE)
        first = await self._entry(turn, TRAY)
        answer = await evidence.by_name[first.step_name].sent(turn, first.place, incoming.files)
        return Open(TRAY, note=answer.note, gather=answer.gather) if isinstance(answer, Stay) else Stay()

    def _door_word(self, text: str, turn: Turn) -> Open | None:
        """«MC 12»: the keyword of a notice, where there are no buttons to open it."""
        word, _, subject = text.strip().partition(" ")
        name = self._words.get(word.upper())
        if name is None or turn.stranger or not self._dialogues[name].led_to_by(subject.strip()):
            return None
        return Open(name, subject.strip())

    def _saying(self, text: str, turn: Turn) -> Open | None:
        """«Đã đọc»: what people answer to a notice, typed instead of pressed."""
        name = None if turn.stranger else self._sayings.get(fold(text).strip(" .,✅"))
        return Open(name) if name is not None else None

    def _through(self, name: str, subject: str) -> Open:
        """The way behind a door; a door that is not ours leads nowhere."""
        dialogue = self._dialogues.get(name)
        if dialogue is None or not dialogue.led_to_by(subject):
            raise Refusal(Code.NOT_FOUND)
        return Open(name, subject)

    async def _follow(self, turn: Turn, stack: tuple[Frame, ...], answer: Next) -> _Outcome:
        """Where the answer leads."""
        match answer:
            case Go():
                return _Outcome((*stack[:-1], _frame(stack[-1].dialogue, answer)), answer.note)
            case Stay(note, gather):
                return _Outcome(stack, note, gather)
            case Finish(note, then):
                below = stack[:-1] or (await self._first(turn),)
                if then is not None:
                    return await self._follow(turn, below, replace(then, note=note))
                return _Outcome(below, note)
            case Home(note, as_new, fresh):
                first = await self._first(await self._anew(turn) if as_new else turn)
                return _Outcome((first,), note, fresh=fresh)
            case Open(name, subject, note, gather):
                dialogue = self._dialogues.get(name)
                if dialogue is None or not dialogue.allowed(None if turn.stranger else turn.actor):
                    raise Refusal(Code.NOT_FOUND)
                entered = await dialogue.enter(turn, subject)
                if isinstance(entered, Home | Open):
                    return await self._follow(turn, stack, entered)
                frame = _frame(name, entered)
                below = tuple(one for one in stack if one.dialogue != name)
                return _Outcome((*below, frame), note or entered.note, gather)

    async def _show(
        self, turn: Turn, incoming: Incoming, standing: Standing, outcome: _Outcome, *, live: bool
    ) -> None:
        """Draw the screen, post it, and remember what was offered."""
        actor_turn = turn if not turn.stranger else await self._anew(turn)
        stack = outcome.stack
        note = outcome.note
        try:
            if live or actor_turn.stranger or _administers(actor_turn.actor):
                screen = await self._screen(actor_turn, stack)
            else:  # Somebody who joined just now, on trial.
                screen = Message(body=texts.ON_TRIAL)
        except Refusal as refusal:
            stack = (await self._first(actor_turn),)
            note = "\n".join(line for line in (note, refusals.sentence(refusal)) if line)
            screen = await self._screen(actor_turn, stack)
        if standing.tally.dropped:
            note = "\n".join(line for line in (texts.dropped(standing.tally.dropped), note) if line)
        screen = screen.noting(note)
        number = standing.turn + 1
        tap = incoming.tap
        if outcome.gather:
            await outbox.post_gathered(
                turn.session, turn.address, screen, turn.now, turn=number, key=outcome.gather
            )
        else:
            await outbox.post(
                turn.session,
                turn.address,
                screen,
                outbox.Lane.ANSWER,
                turn.now,
                turn=number,
                edit=tap is not None and turn.can.edits and not outcome.fresh,
            )
        conversations.keep(
            turn.session,
            turn.address,
            Standing(
                stack=stack,
                offered=screen,
                turn=number,
                last_tap=f"{tap.turn}:{tap.key}" if tap else "",
                screen=standing.screen,
                tally=replace(standing.tally, dropped=0),
            ),
            turn.now,
        )

    async def _screen(self, turn: Turn, stack: tuple[Frame, ...]) -> Message:
        step = self._step(stack[-1])
        screen = await step.show(turn, step.place_type.model_validate(stack[-1].place))
        if banner := await self._banner(turn, stack):
            screen = replace(screen, body=f"{banner}\n\n{screen.body}".rstrip())
        return screen if screen.nav else replace(screen, nav=texts.NAV)

    async def _banner(self, turn: Turn, stack: tuple[Frame, ...]) -> str:
        """The line of the uppermost dialogue that has one: it stays in sight in what is opened upon it."""
        for frame in reversed(stack):
            banner = self._dialogues[frame.dialogue].banner
            if banner is not None:
                return await banner(turn, frame.place)
        return ""

    async def _first(self, turn: Turn) -> Frame:
        name = ENTRANCE if turn.stranger else ROOT
        return _frame(name, await self._entry(turn, name))

    async def _entry(self, turn: Turn, name: str) -> Go:
        """The first step of a dialogue that has one for everybody."""
        first = await self._dialogues[name].enter(turn, "")
        assert isinstance(first, Go)
        return first

    async def _anew(self, turn: Turn) -> Turn:
        """The same turn for whoever this chat belongs to now: joining and leaving change it."""
        actors = await people.identify(turn.session, [turn.address], turn.now)
        actor = actors.get(turn.address)
        return replace(turn, stranger=actor is None, _actor=actor)

    def _sound(self, turn: Turn, stack: tuple[Frame, ...]) -> tuple[Frame, ...]:
        """The stack, or nothing where part of it no longer exists, fits or is allowed."""
        actor = None if turn.stranger else turn.actor
        for frame in stack:
            dialogue = self._dialogues.get(frame.dialogue)
            if dialogue is None or frame.step not in dialogue.by_name or not dialogue.allowed(actor):
                return ()
            if turn.stranger and frame.dialogue != ENTRANCE:
                return ()
            try:
                dialogue.by_name[frame.step].place_type.model_validate(frame.place)
            except ValidationError:
                return ()
        return stack

    def _step(self, frame: Frame) -> AnyStep:
        return self._dialogues[frame.dialogue].by_name[frame.step]


def _frame(dialogue: str, to: Go) -> Frame:
    return Frame(dialogue, to.step_name, to.place.model_dump(mode="json", exclude_defaults=True))


def _is_current(tap: Tap, standing: Standing) -> bool:
    """Whether the press is on a button of the screen last shown."""
    offered = standing.offered
    return tap.turn == standing.turn and tap.key in {one.key for one in (*offered.choices, *offered.nav)}


def _administers(actor: Actor) -> bool:
    return any(grant.role is Role.ADMINISTRATOR for grant in actor.grants)
