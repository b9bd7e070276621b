"""A ward whose head has proposed two of its people, under a plan that wants dossiers by 10 December."""

from core.roles import Role
from services import nominations
from tests.chat import Chat, Town
from tests.services.considering import cast, entered, in_force

ACHIEVEMENT = "Rút ngắn thời gian chờ khám từ 60 phút còn 25 phút."
REASON = "Biên bản họp đang ký, đơn vị gửi bổ sung trong tuần sau."
_ROUND = '[[rounds]]\ncode = "2026"'
_WANTS = f"""\
[dossier]
clause = "009-III"
copies = 2

[[dossier.parts]]
code = "009-H1"
quote = "Tờ trình đề nghị khen thưởng."

[[dossier.parts]]
code = "009-H2"
quote = "Biên bản họp xét của đơn vị."

[[dossier.parts]]
code = "009-H3"
quote = "Báo cáo thành tích của cá nhân."

[[dossier.parts]]
code = "009-H4"
quote = "Bản xác nhận của công đoàn cơ sở."

[[deadlines]]
code = "009-D1"
kind = "dossier"
clause = "009-III"
words = "trước ngày 11/12/2026"
day = 2026-12-11
before = true
round = "2026"

{_ROUND}"""
MENDED = ((_ROUND, _WANTS),)


async def proposed(town: Town) -> tuple[Chat, Chat, Chat, Chat]:
    """Lan and Bình, whom their head has proposed; the head; the appraiser."""
    lan, head, _office, appraiser = await cast(town)
    binh = await town.joined("Nguyễn Văn Bình", roles=(Role.STAFF,))
    await in_force(town, *MENDED)
    async with town.office() as session:
        chief = await town.actor(session, head)
        for chat in (lan, binh):
            sheet = await entered(town, session, await town.actor(session, chat), signed=True)
            await nominations.propose(session, chief, sheet, ACHIEVEMENT, town.clock.now())
    return lan, binh, head, appraiser
