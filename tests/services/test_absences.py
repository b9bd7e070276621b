"""Standing in for somebody: who may name whom, what is lent and for how long, and what is refused."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from core.campaigns import Track
from core.refusals import Code
from core.roles import Grant, Role
from db.models import Absence, Account, JournalRow, OutboxRow, Person, RoleGrant, Submission
from db.transaction import write_now
from services import (
    absences,
    assessment,
    campaigns,
    date_changes,
    deadlines,
    outbox,
    people_grants,
    submissions,
)
from services.actor import Actor, console
from tests.builders import LONG_AGO
from tests.services.handing_in import HEADS, OFFICE, PAPER, PEOPLE, Stations, refusal_of, refused_to, stations
from tests.services.office import MONDAY

TODAY = MONDAY.date()
FRIDAY = TODAY + timedelta(days=4)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Stations]:
    async with stations(tmp_path) as found:
        for person in found.people.values():
            found.session.add(
                Account(person_id=person, channel="telegram", bot="bot", chat=str(person), linked_at=MONDAY)
            )
        await outbox.set_live(found.session)
        await found.session.flush()
        yield found


async def named(
    town: Stations,
    by: str = "head",
    whom: str = "head",
    deputy: str = "staff",
    starts_on: date = TODAY,
    ends_on: date = FRIDAY,
) -> int:
    actor, people = await town.actor(by), town.people
    found = await absences.name(
        town.session, actor, people[whom], people[deputy], starts_on, ends_on, town.now
    )
    return found.id


async def lent(town: Stations, who: str, day: date = TODAY) -> set[tuple[Role, int | None, int | None]]:
    """What somebody may do on a day in the place of others: role, unit, in whose place."""
    person = town.people[who]
    held = (await people_grants.held(town.session, [person], day))[person]
    return {(one.role, one.unit_id, one.instead_of) for one in held if one.instead_of is not None}


async def standing_in(town: Stations, who: str) -> Actor:
    actor = await town.actor(who)
    held = (await people_grants.held(town.session, [actor.person_id], TODAY))[actor.person_id]
    return Actor(actor.person_id, actor.name, actor.unit_id, TODAY, held, address=actor.address)


async def test_who_may_name_somebody_for_the_head_of_a_station(town: Stations) -> None:
    refused = {who for who in PEOPLE if await refused_to(town, named(town, who))}
    assert refused == PEOPLE.keys() - HEADS - OFFICE


async def test_who_may_see_and_end_it(town: Stations) -> None:
    kept = await named(town)
    for act in ("one", "end"):
        refused = set()
        for who in PEOPLE:
            actor = await town.actor(who)
            tried = (
                absences.one(town.session, actor, kept)
                if act == "one"
                else absences.end(town.session, actor, kept, town.now)
            )
            if await refused_to(town, tried):
                refused.add(who)
        assert refused == PEOPLE.keys() - HEADS - OFFICE
    for guessed in (0, kept + 1, 10**12):
        actor = await town.actor("officer")
        assert await refused_to(town, absences.end(town.session, actor, guessed, town.now))
        assert await refused_to(town, absences.unit_name(town.session, actor, 10**12))
    seen = {}
    for who in ("head", "director", "other_head", "officer"):
        seen[who] = [one.id for one in await absences.listed(town.session, await town.actor(who))]
    assert seen == {"head": [kept], "director": [kept], "other_head": [], "officer": [kept]}


async def test_nobody_names_strangers_nor_people_who_are_not_there(town: Stations) -> None:
    head, own = await town.actor("head"), town.people["head"]
    for stranger in (town.people["other_head"], town.people["director"], 0, 10**12):
        for person, deputy in ((own, stranger), (stranger, own)):
            act = absences.name(town.session, head, person, deputy, TODAY, FRIDAY, town.now)
            assert await refused_to(town, act)
    found = await absences.candidates(town.session, head)
    assert {one.person_id for one in found} == {
        town.people[who] for who in ("head", "clerk", "staff", "gone")
    }
    assert found[0].person_id == own


async def test_nobody_lends_what_is_out_of_their_own_reach(town: Stations) -> None:
    """Somebody at the station who heads the whole department is stood in for by order of the department."""
    town.session.add(
        RoleGrant(person_id=town.people["staff"], role="head", unit_id=town.units["top"], since=LONG_AGO)
    )
    await town.session.flush()
    assert await refusal_of(named(town, "head", "staff", "head")) is Code.DEPUTY_BEYOND
    assert not (await town.session.exec(select(Absence))).all()
    assert await named(town, "officer", "staff", "clerk")


async def test_nobody_lends_on_what_is_out_of_their_own_reach(town: Stations) -> None:
    """A head does not come to another station by standing in for one of their own who stands in there."""
    friday_after = FRIDAY + timedelta(days=7)
    await named(town, "officer", "other_head", "staff", starts_on=FRIDAY)
    for by, whom, deputy in (("head", "staff", "head"), ("head", "staff", "clerk")):
        act = named(town, by, whom, deputy, ends_on=friday_after)
        assert await refusal_of(act) is Code.DEPUTY_BEYOND
    before = FRIDAY - timedelta(days=1)
    assert await named(town, "head", "staff", "clerk", ends_on=before)
    assert await lent(town, "clerk", FRIDAY) == set()
    assert await named(town, "officer", "staff", "clerk", starts_on=FRIDAY)
    unit, other_head = town.units["two"], town.people["other_head"]
    assert await lent(town, "clerk", FRIDAY) == {(Role.HEAD, unit, other_head)}


async def test_a_head_does_not_lend_on_another_station(town: Stations) -> None:
    await named(town, "officer", "other_head", "head")
    assert await refusal_of(named(town, "head", "head", "staff")) is Code.DEPUTY_BEYOND
    assert await named(town, "officer", "head", "staff")


async def test_a_stand_in_names_nobody_and_prolongs_nothing(town: Stations) -> None:
    kept = await named(town)
    actor, people = await standing_in(town, "staff"), town.people
    after = FRIDAY + timedelta(days=1)
    for whom, deputy in (("head", "staff"), ("head", "clerk"), ("clerk", "staff"), ("staff", "clerk")):
        act = absences.name(town.session, actor, people[whom], people[deputy], after, after, town.now)
        assert await refused_to(town, act)
    assert await refused_to(town, absences.end(town.session, actor, kept, town.now))
    assert await refused_to(town, absences.listed(town.session, actor))
    assert len((await town.session.exec(select(Absence))).all()) == 1


async def test_what_is_lent_holds_for_the_period_alone(town: Stations) -> None:
    tuesday = TODAY + timedelta(days=1)
    kept = await named(town, starts_on=tuesday)
    head, unit = town.people["head"], town.units["one"]
    days = [TODAY, tuesday, FRIDAY, FRIDAY + timedelta(days=1)]
    assert [await lent(town, "staff", day) for day in days] == [
        set(),
        {(Role.HEAD, unit, head)},
        {(Role.HEAD, unit, head)},
        set(),
    ]
    person = town.people["staff"]
    held = (await people_grants.held(town.session, [person], FRIDAY))[person]
    assert Grant(Role.HEAD, unit, tuesday, FRIDAY, instead_of=head) in held
    await absences.end(town.session, await town.actor("head"), kept, town.now)
    assert await lent(town, "staff", FRIDAY) == set()


async def test_a_stand_in_who_is_away_lends_on_what_they_were_lent(town: Stations) -> None:
    await named(town, deputy="clerk")
    await named(town, "head", "clerk", "staff", ends_on=TODAY)
    head, clerk, unit = town.people["head"], town.people["clerk"], town.units["one"]
    assert await lent(town, "staff") == {(Role.HEAD, unit, head), (Role.COORDINATOR, unit, clerk)}
    assert await absences.acting(town.session, [head, clerk], TODAY) == [town.people["staff"]]
    tuesday = TODAY + timedelta(days=1)
    assert await absences.acting(town.session, [head, clerk], tuesday) == [clerk]
    assert await lent(town, "staff", tuesday) == set()


async def test_who_stands_in_at_the_end_of_a_chain_is_told_of_everything(town: Stations) -> None:
    await named(town, "officer", "head", "staff")
    await named(town, "officer", "staff", "gone")
    head, day = town.people["head"], town.now.date()
    table = await absences.told_instead(town.session, day)
    assert await absences.acting(town.session, [head], day) == [town.people["gone"]]
    assert table.stand_in(head, day) == town.people["gone"]
    office = console(day)
    await date_changes.enter(
        town.session, office, "004", "deadline:004-D2", "20/12/2026", "Công văn 40/SYT", "Lùi lại", town.now
    )
    await write_now(town.session)
    told = (
        await town.session.exec(select(OutboxRow.chat).where(col(OutboxRow.once).contains("date_")))
    ).all()
    assert {str(head), str(town.people["gone"])} <= set(told)


async def test_what_the_office_does_nobody_does_by_standing_in(town: Stations) -> None:
    await named(town, "officer", "leading_officer", "staff")
    unit, officer = town.units["desk"], town.people["leading_officer"]
    assert await lent(town, "staff") == {(Role.HEAD, unit, officer)}


async def test_standing_in_does_not_change_as_what_somebody_is_assessed(town: Stations) -> None:
    await named(town)
    ((_version, campaign),) = await campaigns.in_force(town.session)
    assert assessment.tracks_for(campaign, await standing_in(town, "staff"))[0] is Track.INDIVIDUAL


async def test_both_are_told_and_it_is_on_record(town: Stations) -> None:
    kept = await named(town, "officer")
    await absences.end(town.session, await town.actor("officer"), kept, town.now)
    await absences.end(town.session, await town.actor("officer"), kept, town.now)
    await town.session.flush()
    await write_now(town.session)
    told = (await town.session.exec(select(OutboxRow.chat, OutboxRow.payload))).all()
    both = {str(town.people["head"]), str(town.people["staff"])}
    assert sorted(chat for chat, _payload in told) == sorted([*both, *both])
    assert all("staff" in payload and "head" in payload for _chat, payload in told)
    noted = (await town.session.exec(select(JournalRow.verb, JournalRow.subject))).all()
    subject = f"person:{town.people['head']}"
    assert [verb for verb, of in noted if of == subject] == ["named_deputy", "ended_deputy"]
    (row,) = (await town.session.exec(select(Absence))).all()
    assert (row.named_by, row.ended_at) == (town.people["officer"], town.now)


@pytest.mark.parametrize(
    ("code", "starts", "ends"),
    [
        (Code.ABSENCE_PAST, -1, 3),
        (Code.ABSENCE_REVERSED, 3, 2),
        (Code.ABSENCE_TOO_LONG, 0, 366),
    ],
)
async def test_a_period_that_cannot_be(town: Stations, code: Code, starts: int, ends: int) -> None:
    first, last = TODAY + timedelta(days=starts), TODAY + timedelta(days=ends)
    assert await refusal_of(named(town, starts_on=first, ends_on=last)) is code
    assert not (await town.session.exec(select(Absence))).all()


async def test_who_cannot_stand_in(town: Stations) -> None:
    assert await refusal_of(named(town, deputy="head")) is Code.DEPUTY_SELF
    gone = await town.session.get(Person, town.people["gone"])
    assert gone is not None
    gone.active = False
    await town.session.flush()
    assert await refusal_of(named(town, deputy="gone")) is Code.DEPUTY_GONE
    for account in (await town.session.exec(select(Account))).all():
        if account.person_id == town.people["clerk"]:
            account.state = "frozen"
    await town.session.flush()
    assert await refusal_of(named(town, deputy="clerk")) is Code.DEPUTY_GONE
    offered = await absences.stand_ins(town.session, await town.actor("head"), town.people["head"])
    assert [one.person_id for one in offered] == [town.people["staff"]]


async def test_one_stand_in_a_day_and_never_one_who_is_away(town: Stations) -> None:
    await named(town)
    after = FRIDAY + timedelta(days=1)
    assert (
        await refusal_of(named(town, deputy="clerk", starts_on=FRIDAY, ends_on=after))
        is Code.ABSENCE_OVERLAPS
    )
    assert await refusal_of(named(town, whom="clerk", deputy="head")) is Code.DEPUTY_AWAY
    assert await named(town, deputy="clerk", starts_on=after, ends_on=after)


async def test_a_stand_in_who_leaves_stands_in_no_more(town: Stations) -> None:
    await named(town)
    assert len(await deadlines.absences(town.session, TODAY)) == 1
    staff = await town.session.get(Person, town.people["staff"])
    assert staff is not None
    staff.active = False
    await town.session.flush()
    assert not await deadlines.absences(town.session, TODAY)
    assert await absences.of_day(town.session, town.people["head"], TODAY) is None


async def test_both_names_stand_where_a_stand_in_hands_in_or_confirms(town: Stations) -> None:
    await named(town)
    actor = await standing_in(town, "staff")
    clerks = await town.hands_in()
    done = await submissions.confirm(town.session, actor, town.owed, clerks.id, town.now)
    assert done.confirmed_by == "staff (thay head)"
    (row,) = (await town.session.exec(select(Submission))).all()
    assert (row.made_for, row.confirmed_for) == (None, town.people["head"])
    assert await refusal_of(submissions.one(town.session, actor, town.other, town.now)) is Code.NOT_FOUND


async def in_place(town: Stations) -> list[str]:
    """The keys of what people were told of acts in their place."""
    await write_now(town.session)
    rows = (await town.session.exec(select(OutboxRow))).all()
    return sorted(row.once for row in rows if row.once is not None and row.once.startswith("in_place:"))


async def test_whoever_is_stood_in_for_is_told_once_what_was_done(town: Stations) -> None:
    await named(town)
    actor, head = await standing_in(town, "staff"), town.people["head"]
    clerks = await town.hands_in()
    assert await in_place(town) == []
    for _again in range(2):
        await submissions.confirm(town.session, actor, town.owed, clerks.id, town.now)
    assert await in_place(town) == [f"in_place:confirmed:{clerks.id}:{head}:0"]


async def test_what_a_stand_in_hands_in_is_one_message(town: Stations) -> None:
    await named(town)
    actor = await standing_in(town, "staff")
    done = await submissions.hand_in(town.session, actor, town.owed, PAPER, town.now)
    assert await in_place(town) == [f"in_place:confirmed:{done.id}:{town.people['head']}:0"]


async def test_nobody_is_told_what_people_do_in_their_own_right(town: Stations) -> None:
    clerks = await town.hands_in()
    await submissions.confirm(town.session, await town.actor("head"), town.owed, clerks.id, town.now)
    assert await in_place(town) == []
