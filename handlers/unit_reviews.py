"""«Bình xét của đơn vị»: how it stands, candidates side by side, and one criterion sent back."""

from core.messages import Capabilities, FileOut, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import unit_reviews as texts
from core.unit_reviews import FEWEST_COMPARED, MOST_COMPARED
from handlers.dialogue import Dialogue, Go, Next, Open, Place, Stay, Step, Turn
from services import outbox, unit_reviews, unit_rounds


class PlacesPlace(Place):
    """Before a unit and a round are chosen."""


class ReviewPlace(Place):
    """At a unit's review of a round."""

    round: int
    unit: int


class PickPlace(Place):
    """Picking whom to compare."""

    round: int
    unit: int
    page: int = 0
    chosen: tuple[int, ...] = ()


class ComparePlace(Place):
    """Before several side by side; `key` once at one criterion, `sheet` once it is to be sent back."""

    round: int
    unit: int
    chosen: tuple[int, ...]
    page: int = 0
    key: str = ""
    sheet: int = 0


class SentBackPlace(Place):
    """At a criterion that was sent back."""

    number: int


class ChoosePlace(Step[PlacesPlace]):
    """Several units or rounds: which one."""

    name = "places"
    place_type = PlacesPlace

    async def show(self, turn: Turn, place: PlacesPlace) -> Message:
        return texts.choose(await unit_rounds.places(turn.session, turn.actor, turn.now))

    async def chose(self, turn: Turn, place: PlacesPlace, key: str) -> Next:
        _at, of_round, unit = key.split(".")
        return Go(Review, ReviewPlace(round=int(of_round), unit=int(unit)))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Review(Step[ReviewPlace]):
    """How it stands, and what comes next."""

    name = "review"
    place_type = ReviewPlace

    async def show(self, turn: Turn, place: ReviewPlace) -> Message:
        facts = await unit_reviews.review(turn.session, turn.actor, place.round, place.unit, turn.now)
        return texts.review(facts, may_propose=facts.acts)

    async def chose(self, turn: Turn, place: ReviewPlace, key: str) -> Next:
        at = f"{place.round}.{place.unit}"
        match key:
            case "propose":
                return Open("nominations")
            case "window":
                return Open("objections", at)
            case "meeting":
                return Open("unit_meetings", at)
            case _:
                return Go(Pick, PickPlace(round=place.round, unit=place.unit))

    async def back(self, turn: Turn, place: ReviewPlace) -> Next:
        return Go(ChoosePlace, PlacesPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Pick(Step[PickPlace]):
    """Two to four signed self-assessments, picked by a tap each."""

    name = "pick"
    place_type = PickPlace

    async def show(self, turn: Turn, place: PickPlace) -> Message:
        cases, more = await unit_reviews.candidates(
            turn.session, turn.actor, place.round, place.unit, place.page, turn.now
        )
        return texts.pick(cases, place.chosen, page_number=place.page, more=more)

    async def chose(self, turn: Turn, place: PickPlace, key: str) -> Next:
        if key.startswith("page."):
            return Go(Pick, place.model_copy(update={"page": int(key.removeprefix("page."))}))
        if key == "compare":
            if len(place.chosen) < FEWEST_COMPARED:
                return Stay()
            return Go(Compare, ComparePlace(round=place.round, unit=place.unit, chosen=place.chosen))
        number = int(key.removeprefix("case."))
        if number in place.chosen:
            chosen = tuple(one for one in place.chosen if one != number)
        elif len(place.chosen) >= MOST_COMPARED:
            return Stay(texts.TOO_MANY)
        else:
            chosen = (*place.chosen, number)
        return Go(Pick, place.model_copy(update={"chosen": chosen}))

    async def back(self, turn: Turn, place: PickPlace) -> Next:
        return Go(Review, ReviewPlace(round=place.round, unit=place.unit))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_COMPARE


class Compare(Step[ComparePlace]):
    """Criterion by criterion."""

    name = "compare"
    place_type = ComparePlace

    async def show(self, turn: Turn, place: ComparePlace) -> Message:
        found = await unit_reviews.compared(turn.session, turn.actor, place.chosen, turn.now)
        return texts.comparison(found, place.page)

    async def chose(self, turn: Turn, place: ComparePlace, key: str) -> Next:
        if key.startswith("page."):
            return Go(Compare, place.model_copy(update={"page": int(key.removeprefix("page."))}))
        return Go(Criterion, place.model_copy(update={"key": key.removeprefix("key.")}))

    async def back(self, turn: Turn, place: ComparePlace) -> Next:
        return Go(Pick, PickPlace(round=place.round, unit=place.unit, chosen=place.chosen))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_CRITERION


class Criterion(Step[ComparePlace]):
    """One criterion in full, with everybody's files."""

    name = "criterion"
    place_type = ComparePlace

    async def show(self, turn: Turn, place: ComparePlace) -> Message:
        found = await unit_reviews.compared(turn.session, turn.actor, place.chosen, turn.now)
        if place.key not in texts.keys_of(found):
            raise Refusal(Code.NOT_FOUND)
        facts = await unit_reviews.review(turn.session, turn.actor, place.round, place.unit, turn.now)
        return texts.criterion(found, place.key, turn.zone, acts=facts.acts and facts.open_to_unit)

    async def chose(self, turn: Turn, place: ComparePlace, key: str) -> Next:
        verb, *numbers = key.split(".")
        if verb == "back":
            return Go(Comment, place.model_copy(update={"sheet": int(numbers[0])}))
        if not turn.can.files_out:
            return Stay(texts.NO_FILES_HERE)
        sheet, file_id = (int(one) for one in numbers)
        file = await unit_reviews.proof(turn.session, turn.actor, sheet, place.key, file_id, turn.now)
        out = FileOut(file.served_sha256, file.served_name, file.mime)
        await outbox.post(turn.session, turn.address, Message(files=(out,)), outbox.Lane.ANSWER, turn.now)
        return Stay(texts.FILE_SENT)

    async def back(self, turn: Turn, place: ComparePlace) -> Next:
        return Go(Compare, place.model_copy(update={"key": "", "sheet": 0}))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_CRITERION


class Comment(Step[ComparePlace]):
    """What is to be made clear; with it, it is sent back."""

    name = "comment"
    place_type = ComparePlace

    async def show(self, turn: Turn, place: ComparePlace) -> Message:
        (candidate,) = await unit_reviews.compared(turn.session, turn.actor, [place.sheet], turn.now)
        return texts.ask_comment(candidate, place.key)

    async def said(self, turn: Turn, place: ComparePlace, text: str) -> Next:
        await unit_reviews.send_back(turn.session, turn.actor, place.sheet, place.key, text, turn.now)
        return Go(Review, ReviewPlace(round=place.round, unit=place.unit), texts.SENT_BACK)

    async def back(self, turn: Turn, place: ComparePlace) -> Next:
        return Go(Criterion, place.model_copy(update={"sheet": 0}))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_COMMENT


class Returned(Step[SentBackPlace]):
    """What one's head wants made clear, with the way to that criterion."""

    name = "returned"
    place_type = SentBackPlace

    async def show(self, turn: Turn, place: SentBackPlace) -> Message:
        return texts.returned(await unit_reviews.returned(turn.session, turn.actor, place.number))

    async def chose(self, turn: Turn, place: SentBackPlace, key: str) -> Next:
        facts = await unit_reviews.returned(turn.session, turn.actor, place.number)
        return Open("assessment", f"sheet.{facts.assessment_id}.{facts.key}")

    def help(self, can: Capabilities) -> str:
        return texts.HELP_CRITERION


async def _enter(turn: Turn, _subject: str) -> Go:
    places = await unit_rounds.places(turn.session, turn.actor, turn.now)
    if len(places) == 1:
        return Go(Review, ReviewPlace(round=places[0].round_id, unit=places[0].unit_id))
    return Go(ChoosePlace, PlacesPlace())


async def _enter_returned(_turn: Turn, subject: str) -> Go:
    if not subject:
        raise Refusal(Code.NOT_FOUND)
    return Go(Returned, SentBackPlace(number=int(subject)))


DIALOGUE = Dialogue(
    name="unit_reviews",
    steps=(Review(), ChoosePlace(), Pick(), Compare(), Criterion(), Comment()),
    enter=_enter,
    needs=Permission.PREPARE_DOSSIER,
    label=texts.LABEL,
    command="binhxet",
)

SENT_BACK = Dialogue(
    name="sent_back",
    steps=(Returned(),),
    enter=_enter_returned,
    needs=Permission.ASSESS_SELF,
    word=texts.SENT_BACK_WORD,
)
