"""What a stand-in signs or proposes for a unit: in whose place is kept and shown, also on paper."""

import io
import json
import zipfile
from datetime import timedelta

from core.roles import Role
from core.texts.nominations import candidate
from core.texts.signing import signed_by
from db.models import Absence, JournalRow, Nomination, Person, Signature
from db.transaction import write_now
from services import assessment, journal, nominations, signing, unit_votes
from services.papers import signed_copy
from services.papers.campaign_fields import VIETNAM
from tests.chat import Chat, Town
from tests.services.considering import cast, entered, share, unit_entered
from tests.services.reviewing import a_ward
from tests.services.test_unit_reviews import a_meeting

BOTH = "Lê Văn Bình (thay Phạm Văn Trưởng)"


async def standing_in(town: Town, head_name: str = "Phạm Văn Trưởng") -> Chat:
    """Bình, who stands in for the head today."""
    binh = await town.joined("Lê Văn Bình", roles=(Role.STAFF,))
    known = {one.name: one.id or 0 for one in await town.rows(Person)}
    now = town.clock.now()
    async with town.office() as session:
        session.add(
            Absence(
                person_id=known[head_name],
                deputy_id=known["Lê Văn Bình"],
                starts_on=now.date(),
                ends_on=now.date(),
                named_at=now,
            )
        )
    return binh


async def test_a_units_is_signed_in_its_heads_place(numbers_town: Town) -> None:
    town = numbers_town
    await cast(town)
    binh = await standing_in(town)
    people = {one.name: one.id for one in await town.rows(Person)}
    async with town.office() as session:
        actor = await town.actor(session, binh)
        sheet = await unit_entered(town, session, actor, share(1, 100), signed=True)
    (row,) = await town.rows(Signature)
    assert (row.signed_by, row.signed_for) == (people["Lê Văn Bình"], people["Phạm Văn Trưởng"])
    async with town.office() as session:
        actor = await town.actor(session, binh)
        assert json.loads(row.content)["signed_for"] == people["Phạm Văn Trưởng"]
        shown = await signing.signature_of(session, actor, sheet)
        whole = await assessment.sheet(session, actor, sheet)
        line = signed_by(whole, shown.signer, shown.proof, shown.stood_in_for)
        assert line == f"Người ký: {BOTH}, thay mặt tập thể Khoa Mẫu 1."
        found = await signing.signed_copy(session, row.id or 0)
        assert found is not None
        paper = signed_copy.build(found[1], VIETNAM)
    with zipfile.ZipFile(io.BytesIO(paper)) as packed:
        told = packed.read("word/document.xml").decode()
    assert f"{BOTH} ký thay mặt tập thể Khoa Mẫu 1" in told
    (noted,) = [one for one in await town.rows(JournalRow) if one.verb == "signed"]
    assert json.loads(noted.facts)["instead_of"] == f"person:{people['Phạm Văn Trưởng']}"


async def test_a_head_who_signs_stands_in_for_nobody(numbers_town: Town) -> None:
    town = numbers_town
    _lan, head, _office, _appraiser = await cast(town)
    async with town.office() as session:
        actor = await town.actor(session, head)
        sheet = await unit_entered(town, session, actor, share(1, 100), signed=True)
        shown = await signing.signature_of(session, actor, sheet)
    assert (shown.signer, shown.stood_in_for) == ("Phạm Văn Trưởng", "")
    (row,) = await town.rows(Signature)
    assert row.signed_for is None
    assert "signed_for" not in json.loads(row.content)


async def test_somebody_is_proposed_in_the_heads_place(numbers_town: Town) -> None:
    town = numbers_town
    lan, _head, office, _appraiser = await cast(town)
    binh = await standing_in(town)
    people = {one.name: one.id for one in await town.rows(Person)}
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, binh)
        sheet = await entered(town, session, await town.actor(session, lan), signed=True)
        await nominations.propose(session, actor, sheet, "Rút ngắn thời gian chờ khám.", now)
        await write_now(session)
        case, elsewhere = await nominations.candidate(session, actor, sheet, now)
        assert f"Người đề nghị: {BOTH}." in candidate(case, elsewhere).body
        officer = await town.actor(session, office)
        (one,), _more = await nominations.nominees(session, officer, case.round_id, 0, now)
        assert one.nomination.by == BOTH
    (row,) = await town.rows(Nomination)
    assert (row.nominated_by, row.nominated_for) == (people["Lê Văn Bình"], people["Phạm Văn Trưởng"])
    (noted,) = [each for each in await town.rows(JournalRow) if each.verb == "nominated"]
    assert json.loads(noted.facts)["instead_of"] == f"person:{people['Phạm Văn Trưởng']}"


async def test_who_stands_in_opens_and_ends_a_vote_in_the_heads_name(numbers_town: Town) -> None:
    ward = await a_ward(numbers_town)
    town, now = ward.town, ward.town.clock.now()
    binh = await standing_in(town)
    async with town.office() as session:
        actor, head = await town.actor(session, binh), await ward.boss(session)
        number = await a_meeting(ward, session)
        await unit_votes.open_vote(session, actor, number, now + timedelta(hours=4), now)
        await unit_votes.close_vote(session, actor, number, now)
        await write_now(session)
        lines = {one.verb: one for one in await journal.latest(session, 20)}
        for verb in ("opened_vote", "closed_vote"):
            assert (lines[verb].actor, lines[verb].facts["instead_of"]) == (actor.label, head.label)
