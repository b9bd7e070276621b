"""Begin."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:  # noqa: PLR0915 - the whole schema at once
    op.create_table(
        "channel_stop",
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("bot", AutoString(), nullable=False),
        sa.Column("why", AutoString(), nullable=False),
        sa.Column("detail", AutoString(), nullable=False),
        sa.Column("stopped_at", UTCDateTime(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=True),
        sa.CheckConstraint("why IN ('exhausted', 'misconfigured')", name=op.f("ck_channel_stop_why_known")),
        sa.PrimaryKeyConstraint("channel", "bot", name=op.f("pk_channel_stop")),
    )
    op.create_table(
        "channel_use",
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("bot", AutoString(), nullable=False),
        sa.Column("month", AutoString(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("lifted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "bot", "month", name=op.f("pk_channel_use")),
    )
    op.create_table(
        "conversation",
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("bot", AutoString(), nullable=False),
        sa.Column("chat", AutoString(), nullable=False),
        sa.Column("stack", sa.Text(), nullable=False),
        sa.Column("offered", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("last_tap", AutoString(), nullable=False),
        sa.Column("screen", AutoString(), nullable=False),
        sa.Column("screen_turn", sa.Integer(), nullable=False),
        sa.Column("shown_at", UTCDateTime(), nullable=True),
        sa.Column("face", AutoString(), nullable=False),
        sa.Column("tally", AutoString(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "bot", "chat", name=op.f("pk_conversation")),
    )
    op.create_table(
        "errand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("once", AutoString(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", UTCDateTime(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("error", AutoString(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'failed')", name=op.f("ck_errand_state_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errand")),
        sa.UniqueConstraint("once", name=op.f("uq_errand_once")),
    )
    with op.batch_alter_table("errand", schema=None) as batch_op:
        batch_op.create_index(
            "ix_errand_due", ["not_before"], unique=False, sqlite_where=sa.text("state = 'waiting'")
        )

    op.create_table(
        "guess_limit",
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("bot", AutoString(), nullable=False),
        sa.Column("chat", AutoString(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("window_start", UTCDateTime(), nullable=False),
        sa.Column("locked_until", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "bot", "chat", name=op.f("pk_guess_limit")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("bot", AutoString(), nullable=False),
        sa.Column("external_id", AutoString(), nullable=False),
        sa.Column("chat", AutoString(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("not_before", UTCDateTime(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("crashes", sa.Integer(), nullable=False),
        sa.Column("lone_crashes", sa.Integer(), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("case_code", AutoString(), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('new', 'working', 'done', 'dead')", name=op.f("ck_inbox_state_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "bot", "external_id", name=op.f("uq_inbox_channel_bot_external_id")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbox_chat",
            ["channel", "bot", "chat", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('new', 'working')"),
        )
        batch_op.create_index(
            "ix_inbox_waiting", ["id"], unique=False, sqlite_where=sa.text("state IN ('new', 'working')")
        )

    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor", AutoString(), nullable=False),
        sa.Column("verb", AutoString(), nullable=False),
        sa.Column("subject", AutoString(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("digest", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("bot", AutoString(), nullable=False),
        sa.Column("chat", AutoString(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("edit", sa.Boolean(), nullable=False),
        sa.Column("once", AutoString(), nullable=True),
        sa.Column("replaces", AutoString(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.Integer(), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("not_before", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=True),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.Column("external_id", AutoString(), nullable=False),
        sa.Column("error", AutoString(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'dead', 'expired', 'cancelled', 'paused')",
            name=op.f("ck_outbox_state_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("once", name=op.f("uq_outbox_once")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_batch",
            ["batch", "recipient", "state"],
            unique=False,
            sqlite_where=sa.text("batch IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_outbox_chat",
            ["channel", "bot", "chat", "lane", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('queued', 'sending')"),
        )
        batch_op.create_index(
            "ix_outbox_queued",
            ["channel", "bot", "lane", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'queued'"),
        )
        batch_op.create_index(
            "one_in_flight",
            ["channel", "bot", "chat"],
            unique=True,
            sqlite_where=sa.text("state = 'sending'"),
            postgresql_where=sa.text("state = 'sending'"),
        )

    op.create_table(
        "outbox_file",
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("bot", AutoString(), nullable=False),
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("handle", AutoString(), nullable=False),
        sa.Column("kept_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "bot", "sha256", "name", name=op.f("pk_outbox_file")),
    )
    op.create_table(
        "outbox_outage",
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("bot", AutoString(), nullable=False),
        sa.Column("why", AutoString(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "bot", "why", name=op.f("pk_outbox_outage")),
    )
    op.create_table(
        "outbox_pause",
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("bot", AutoString(), nullable=False),
        sa.Column("chat", AutoString(), nullable=False),
        sa.Column("told_at", UTCDateTime(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "bot", "chat", name=op.f("pk_outbox_pause")),
    )
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", AutoString(), nullable=False),
        sa.Column("code", AutoString(), nullable=False),
        sa.Column("label", AutoString(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("opens_at", UTCDateTime(), nullable=True),
        sa.Column("closes_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("campaign", "code", name=op.f("uq_round_campaign_code")),
    )
    op.create_table(
        "setting",
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("value", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_code", AutoString(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("folded", AutoString(), nullable=False),
        sa.Column("phone", AutoString(), nullable=False),
        sa.Column("post", AutoString(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("rating", AutoString(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("preferred", AutoString(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_person_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("staff_code", name=op.f("uq_person_staff_code")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_folded"), ["folded"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "unit_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("folded", AutoString(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_unit_name_period_ordered")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_name_parent_id_unit")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_name_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_name")),
        sa.UniqueConstraint("unit_id", "since", name=op.f("uq_unit_name_unit_id_since")),
    )
    with op.batch_alter_table("unit_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_name_folded"), ["folded"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_name_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_name_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("named_by", sa.Integer(), nullable=True),
        sa.Column("named_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_absence_period_ordered")),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name=op.f("fk_absence_deputy_id_person")),
        sa.ForeignKeyConstraint(["named_by"], ["person.id"], name=op.f("fk_absence_named_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_deputy_id"), ["deputy_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_absence_person_id"), ["person_id"], unique=False)

    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("bot", AutoString(), nullable=False),
        sa.Column("chat", AutoString(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("unreachable_since", UTCDateTime(), nullable=True),
        sa.Column("linked_at", UTCDateTime(), nullable=False),
        sa.Column("frozen_at", UTCDateTime(), nullable=True),
        sa.Column("frozen_why", AutoString(), nullable=False),
        sa.CheckConstraint("state IN ('active', 'frozen')", name=op.f("ck_account_state_known")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "one_active_account",
            ["person_id", "channel"],
            unique=True,
            sqlite_where=sa.text("state = 'active'"),
            postgresql_where=sa.text("state = 'active'"),
        )
        batch_op.create_index(
            "one_active_chat",
            ["channel", "bot", "chat"],
            unique=True,
            sqlite_where=sa.text("state = 'active'"),
            postgresql_where=sa.text("state = 'active'"),
        )

    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("campaign", AutoString(), nullable=False),
        sa.Column("reminds", sa.Integer(), nullable=True),
        sa.Column("repeats", sa.Integer(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("pending", sa.Text(), nullable=True),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retracted", sa.Boolean(), nullable=False),
        sa.Column("yearly", sa.Boolean(), nullable=False),
        sa.Column("on_the_day", sa.Boolean(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("wanted_at", UTCDateTime(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("leaves_at", UTCDateTime(), nullable=True),
        sa.Column("left_at", UTCDateTime(), nullable=True),
        sa.Column("laid_to", sa.Integer(), nullable=True),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'waiting', 'scheduled', 'running', 'paused', 'stopped', 'finished', 'discarded')",
            name=op.f("ck_announcement_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["person.id"], name=op.f("fk_announcement_approved_by_person")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_announcement_author_id_person")),
        sa.ForeignKeyConstraint(
            ["reminds"], ["announcement.id"], name=op.f("fk_announcement_reminds_announcement")
        ),
        sa.ForeignKeyConstraint(
            ["repeats"], ["announcement.id"], name=op.f("fk_announcement_repeats_announcement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_announcement_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_announcement_open", ["state", "leaves_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_announcement_repeats"), ["repeats"], unique=False)

    op.create_table(
        "award_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'faulty', 'refused', 'lost', 'read', 'entered', 'dropped')",
            name=op.f("ck_award_sheet_state_known"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_award_sheet_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_sheet")),
    )
    with op.batch_alter_table("award_sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_award_sheet_person_id"), ["person_id"], unique=False)

    op.create_table(
        "calendar_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("source", AutoString(), nullable=False),
        sa.Column("swapped_with", sa.Date(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", UTCDateTime(), nullable=False),
        sa.Column("replaced_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("kind IN ('off', 'work')", name=op.f("ck_calendar_day_kind_known")),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["person.id"], name=op.f("fk_calendar_day_entered_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
    )
    with op.batch_alter_table("calendar_day", schema=None) as batch_op:
        batch_op.create_index(
            "one_calendar_day",
            ["day"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", AutoString(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["person.id"], name=op.f("fk_calendar_year_confirmed_by_person")
        ),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "campaign_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", AutoString(), nullable=False),
        sa.Column("subject", AutoString(), nullable=False),
        sa.Column("value", AutoString(), nullable=False),
        sa.Column("document", AutoString(), nullable=False),
        sa.Column("instead_of", AutoString(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", UTCDateTime(), nullable=False),
        sa.Column("replaced_at", UTCDateTime(), nullable=True),
        sa.Column("withdrawn_for", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["person.id"], name=op.f("fk_campaign_date_entered_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_date")),
    )
    with op.batch_alter_table("campaign_date", schema=None) as batch_op:
        batch_op.create_index(
            "one_date_in_force",
            ["campaign", "subject"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "campaign_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", AutoString(), nullable=False),
        sa.Column("digest", AutoString(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("loaded_at", UTCDateTime(), nullable=False),
        sa.Column("loaded_by", sa.Integer(), nullable=True),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", UTCDateTime(), nullable=True),
        sa.Column("published_at", UTCDateTime(), nullable=True),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'approved', 'published')", name=op.f("ck_campaign_version_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["person.id"], name=op.f("fk_campaign_version_approved_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["loaded_by"], ["person.id"], name=op.f("fk_campaign_version_loaded_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_version")),
        sa.UniqueConstraint("code", "digest", name=op.f("uq_campaign_version_code_digest")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("campaign_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_version_code"), ["code"], unique=False)
        batch_op.create_index(
            "ix_campaign_version_current",
            ["id", "code", "digest"],
            unique=False,
            sqlite_where=sa.text("current IS 1"),
            postgresql_where=sa.text("current IS true"),
        )

    op.create_table(
        "code_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=True),
        sa.Column("sha256", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_code_sheet_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_sheet")),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", AutoString(), nullable=False),
        sa.Column("ground", AutoString(), nullable=False),
        sa.Column("notice_version", AutoString(), nullable=False),
        sa.Column("notice_sha256", AutoString(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("bot", AutoString(), nullable=False),
        sa.Column("chat", AutoString(), nullable=False),
        sa.Column("message_id", AutoString(), nullable=False),
        sa.Column("given_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_person_id"), ["person_id"], unique=False)

    op.create_table(
        "cut_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", AutoString(), nullable=False),
        sa.Column("deadline", AutoString(), nullable=False),
        sa.Column("period", AutoString(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_cut_off_set_by_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_cut_off_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cut_off")),
    )
    with op.batch_alter_table("cut_off", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cut_off_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index("one_cut_off", ["campaign", "deadline", "period", "unit_id"], unique=True)

    op.create_table(
        "dossier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("receipt", AutoString(), nullable=False),
        sa.Column("submitted_at", UTCDateTime(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("appraiser_id", sa.Integer(), nullable=True),
        sa.Column("supplement_due", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('drafting', 'submitted', 'appraising', 'supplement', 'appraised', 'in_council', 'concluded', 'decided')",
            name=op.f("ck_dossier_state_known"),
        ),
        sa.ForeignKeyConstraint(["appraiser_id"], ["person.id"], name=op.f("fk_dossier_appraiser_id_person")),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_dossier_opened_by_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_dossier_round_id_round")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_dossier_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
        sa.UniqueConstraint("round_id", "unit_id", name=op.f("uq_dossier_round_id_unit_id")),
    )
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dossier_appraiser_id"), ["appraiser_id"], unique=False)
        batch_op.create_index("ix_dossier_state", ["state", "submitted_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_dossier_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", AutoString(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("mime", AutoString(), nullable=False),
        sa.Column("album", AutoString(), nullable=False),
        sa.Column("caption", AutoString(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("served_sha256", AutoString(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("seen_elsewhere", sa.Boolean(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("checked_at", UTCDateTime(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'clean', 'refused', 'lost')", name=op.f("ck_evidence_state_known")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_evidence_person_id_person")),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["evidence.id"], name=op.f("fk_evidence_replaces_id_evidence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("code", name=op.f("uq_evidence_code")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_sha256"), ["sha256"], unique=False)

    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", AutoString(), nullable=False),
        sa.Column("deadline", AutoString(), nullable=False),
        sa.Column("period", AutoString(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("document", AutoString(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'granted', 'denied', 'withdrawn')", name=op.f("ck_extension_state_known")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_extension_asked_by_person")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_extension_decided_by_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_extension_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extension_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "one_open_extension",
            ["campaign", "deadline", "period", "unit_id"],
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )

    op.create_table(
        "hindrance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("document", AutoString(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.Column("noted_at", UTCDateTime(), nullable=False),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.Column("lifted_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("kind IN ('discipline', 'complaint')", name=op.f("ck_hindrance_kind_known")),
        sa.CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_hindrance_of_somebody")),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_hindrance_period_ordered")),
        sa.ForeignKeyConstraint(["lifted_by"], ["person.id"], name=op.f("fk_hindrance_lifted_by_person")),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name=op.f("fk_hindrance_noted_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hindrance_person_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_hindrance_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hindrance")),
    )
    with op.batch_alter_table("hindrance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hindrance_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hindrance_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", AutoString(), nullable=False),
        sa.Column("code_hash", AutoString(), nullable=False),
        sa.Column("issued_at", UTCDateTime(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("further", sa.Boolean(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.Column("void_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["issued_by"], ["person.id"], name=op.f("fk_invitation_issued_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitation_code_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_person_id"), ["person_id"], unique=False)

    op.create_table(
        "leadership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("rank", AutoString(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("rank IN ('head', 'deputy')", name=op.f("ck_leadership_rank_known")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_leadership_person_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_leadership_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leadership")),
    )
    with op.batch_alter_table("leadership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leadership_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_leadership_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "nudge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation", AutoString(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("principal_id", sa.Integer(), nullable=False),
        sa.Column("rung", AutoString(), nullable=False),
        sa.Column("outbox_key", AutoString(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("delivered_at", UTCDateTime(), nullable=True),
        sa.Column("failure", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_nudge_person_id_person")),
        sa.ForeignKeyConstraint(["principal_id"], ["person.id"], name=op.f("fk_nudge_principal_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nudge")),
        sa.UniqueConstraint(
            "obligation", "due", "person_id", "rung", name=op.f("uq_nudge_obligation_due_person_id_rung")
        ),
    )
    with op.batch_alter_table("nudge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nudge_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_nudge_made_at"), ["made_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_nudge_outbox_key"), ["outbox_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_nudge_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "ix_nudge_waiting",
            ["id"],
            unique=False,
            sqlite_where=sa.text("delivered_at IS NULL AND failure = ''"),
            postgresql_where=sa.text("delivered_at IS NULL AND failure = ''"),
        )

    op.create_table(
        "paper_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("preview", AutoString(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("put_by", sa.Integer(), nullable=True),
        sa.Column("put_at", UTCDateTime(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "in_force_from IS NULL OR state = 'ready'", name=op.f("ck_paper_template_ready_in_force")
        ),
        sa.CheckConstraint(
            "kind IN ('request', 'minutes', 'individual', 'collective', 'list', 'evidence')",
            name=op.f("ck_paper_template_kind_known"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'faulty', 'refused', 'lost', 'ready')",
            name=op.f("ck_paper_template_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_paper_template_person_id_person")
        ),
        sa.ForeignKeyConstraint(["put_by"], ["person.id"], name=op.f("fk_paper_template_put_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_template")),
    )
    with op.batch_alter_table("paper_template", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_template_person_id"), ["person_id"], unique=False)

    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", AutoString(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("quorum_part", sa.Integer(), nullable=False),
        sa.Column("quorum_whole", sa.Integer(), nullable=False),
        sa.Column("threshold_part", sa.Integer(), nullable=False),
        sa.Column("threshold_whole", sa.Integer(), nullable=False),
        sa.Column("base", AutoString(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("closes_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("base IN ('members', 'cast')", name=op.f("ck_poll_base_known")),
        sa.CheckConstraint("state IN ('open', 'closed', 'cancelled')", name=op.f("ck_poll_state_known")),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_poll_opened_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
    )
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_subject"), ["subject"], unique=False)
        batch_op.create_index(
            "one_open_poll",
            ["subject"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("campaign", AutoString(), nullable=False),
        sa.Column("clause", AutoString(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_question_answered_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_question_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(
            "ix_question_open",
            ["id"],
            unique=False,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_question_person_id"), ["person_id"], unique=False)

    op.create_table(
        "quiet_hours",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_quiet_hours_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_quiet_hours")),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", AutoString(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_role_grant_given_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_role_grant_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_person_id"), ["person_id"], unique=False)

    op.create_table(
        "round_archive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('making', 'made', 'lost')", name=op.f("ck_round_archive_state_known")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_round_archive_asked_by_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_round_archive_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_archive")),
    )
    with op.batch_alter_table("round_archive", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_archive_round_id"), ["round_id"], unique=False)
        batch_op.create_index(
            "one_archive_in_making",
            ["round_id"],
            unique=True,
            sqlite_where=sa.text("state = 'making'"),
            postgresql_where=sa.text("state = 'making'"),
        )

    op.create_table(
        "snooze",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation", AutoString(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_snooze_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snooze")),
    )
    with op.batch_alter_table("snooze", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_snooze_due"), ["due"], unique=False)

    op.create_table(
        "upload_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("bot", AutoString(), nullable=False),
        sa.Column("chat", AutoString(), nullable=False),
        sa.Column("frame", sa.Text(), nullable=False),
        sa.Column("what", AutoString(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("issued_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("most >= 1", name=op.f("ck_upload_page_takes_files")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_upload_page_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_page")),
    )
    with op.batch_alter_table("upload_page", schema=None) as batch_op:
        batch_op.create_index("ix_upload_page_of_person", ["person_id", "issued_at"], unique=False)

    op.create_table(
        "announcement_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("checked_at", UTCDateTime(), nullable=True),
        sa.Column("removed_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'clean', 'refused', 'lost')", name=op.f("ck_announcement_file_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
            name=op.f("fk_announcement_file_announcement_id_announcement"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_announcement_file_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_file")),
    )
    with op.batch_alter_table("announcement_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_announcement_file_announcement_id"), ["announcement_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_announcement_file_person_id"), ["person_id"], unique=False)

    op.create_table(
        "announcement_recipient",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("bot", AutoString(), nullable=False),
        sa.Column("chat", AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("got", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("perhaps_twice", sa.Boolean(), nullable=False),
        sa.Column("read_at", UTCDateTime(), nullable=True),
        sa.Column("read_version", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Integer(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'sent', 'no_account', 'unreachable', 'trial', 'rejected', 'expired', 'stopped')",
            name=op.f("ck_announcement_recipient_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
            name=op.f("fk_announcement_recipient_announcement_id_announcement"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_announcement_recipient_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_announcement_recipient_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("announcement_id", "person_id", name=op.f("pk_announcement_recipient")),
    )
    with op.batch_alter_table("announcement_recipient", schema=None) as batch_op:
        batch_op.create_index(
            "ix_announcement_recipient_person", ["person_id", "announcement_id"], unique=False
        )
        batch_op.create_index(
            "ix_announcement_recipient_queued",
            ["announcement_id"],
            unique=False,
            sqlite_where=sa.text("state = 'queued'"),
            postgresql_where=sa.text("state = 'queued'"),
        )

    op.create_table(
        "announcement_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
            name=op.f("fk_announcement_sheet_announcement_id_announcement"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_announcement_sheet_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_sheet")),
    )
    op.create_table(
        "announcement_wording",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
            name=op.f("fk_announcement_wording_announcement_id_announcement"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_announcement_wording_made_by_person")
        ),
        sa.PrimaryKeyConstraint("announcement_id", "version", name=op.f("pk_announcement_wording")),
    )
    op.create_table(
        "appraisal_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("declared_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_appraisal_conflict_dossier_id_dossier")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_appraisal_conflict_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_conflict")),
        sa.UniqueConstraint(
            "dossier_id", "person_id", name=op.f("uq_appraisal_conflict_dossier_id_person_id")
        ),
    )
    with op.batch_alter_table("appraisal_conflict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appraisal_conflict_person_id"), ["person_id"], unique=False)

    op.create_table(
        "appraisal_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("sha256", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_appraisal_report_asked_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_appraisal_report_dossier_id_dossier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_report")),
    )
    with op.batch_alter_table("appraisal_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appraisal_report_dossier_id"), ["dossier_id"], unique=False)

    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("track", AutoString(), nullable=False),
        sa.Column("filled_by", sa.Integer(), nullable=True),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'signed')", name=op.f("ck_assessment_state_known")),
        sa.CheckConstraint(
            "track IN ('individual', 'head', 'collective')", name=op.f("ck_assessment_track_known")
        ),
        sa.ForeignKeyConstraint(["filled_by"], ["person.id"], name=op.f("fk_assessment_filled_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assessment_person_id_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_assessment_round_id_round")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_assessment_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["campaign_version.id"], name=op.f("fk_assessment_version_id_campaign_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessment_round_id"), ["round_id"], unique=False)
        batch_op.create_index(
            "one_of_a_person",
            ["person_id", "round_id"],
            unique=True,
            sqlite_where=sa.text("track <> 'collective'"),
            postgresql_where=sa.text("track <> 'collective'"),
        )
        batch_op.create_index(
            "one_of_a_unit",
            ["unit_id", "round_id"],
            unique=True,
            sqlite_where=sa.text("track = 'collective'"),
            postgresql_where=sa.text("track = 'collective'"),
        )

    op.create_table(
        "campaign_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("original_sha256", AutoString(), nullable=False),
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('sent', 'template', 'export', 'next_year')", name=op.f("ck_campaign_file_kind_known")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'faulty', 'drafted', 'refused', 'lost', 'made')",
            name=op.f("ck_campaign_file_state_known"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_campaign_file_person_id_person")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["campaign_version.id"],
            name=op.f("fk_campaign_file_version_id_campaign_version"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_file")),
    )
    with op.batch_alter_table("campaign_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_file_person_id"), ["person_id"], unique=False)

    op.create_table(
        "council_sitting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("held_at", UTCDateTime(), nullable=False),
        sa.Column("place", AutoString(), nullable=False),
        sa.Column("called_by", sa.Integer(), nullable=True),
        sa.Column("called_at", UTCDateTime(), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("secretary_id", sa.Integer(), nullable=True),
        sa.Column("quorum_part", sa.Integer(), nullable=False),
        sa.Column("quorum_whole", sa.Integer(), nullable=False),
        sa.Column("threshold_part", sa.Integer(), nullable=False),
        sa.Column("threshold_whole", sa.Integer(), nullable=False),
        sa.Column("base", AutoString(), nullable=False),
        sa.Column("tie_order", AutoString(), nullable=False),
        sa.Column("individual_places", sa.Integer(), nullable=True),
        sa.Column("collective_places", sa.Integer(), nullable=True),
        sa.Column("conclusions", AutoString(), nullable=False),
        sa.Column("concluded_at", UTCDateTime(), nullable=True),
        sa.Column("referred", AutoString(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", UTCDateTime(), nullable=True),
        sa.Column("number", AutoString(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("scan_id", sa.Integer(), nullable=True),
        sa.Column("ballots_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('called', 'voting', 'counted', 'concluded', 'approved', 'decided', 'cancelled')",
            name=op.f("ck_council_sitting_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["person.id"], name=op.f("fk_council_sitting_approved_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["ballots_id"], ["evidence.id"], name=op.f("fk_council_sitting_ballots_id_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["called_by"], ["person.id"], name=op.f("fk_council_sitting_called_by_person")
        ),
        sa.ForeignKeyConstraint(["chair_id"], ["person.id"], name=op.f("fk_council_sitting_chair_id_person")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_council_sitting_decided_by_person")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_council_sitting_round_id_round")),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["evidence.id"], name=op.f("fk_council_sitting_scan_id_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["secretary_id"], ["person.id"], name=op.f("fk_council_sitting_secretary_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_sitting")),
    )
    with op.batch_alter_table("council_sitting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_sitting_round_id"), ["round_id"], unique=False)
        batch_op.create_index(
            "one_sitting_of_a_round",
            ["round_id"],
            unique=True,
            sqlite_where=sa.text("state NOT IN ('decided', 'cancelled')"),
            postgresql_where=sa.text("state NOT IN ('decided', 'cancelled')"),
        )

    op.create_table(
        "dossier_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("act", AutoString(), nullable=False),
        sa.Column("led_to", AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("done_for", sa.Integer(), nullable=True),
        sa.Column("done_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["done_by"], ["person.id"], name=op.f("fk_dossier_step_done_by_person")),
        sa.ForeignKeyConstraint(["done_for"], ["person.id"], name=op.f("fk_dossier_step_done_for_person")),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_dossier_step_dossier_id_dossier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_step")),
    )
    with op.batch_alter_table("dossier_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dossier_step_dossier_id"), ["dossier_id"], unique=False)

    op.create_table(
        "dossier_submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("receipt", AutoString(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", AutoString(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("overridden_for", AutoString(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_for", sa.Integer(), nullable=True),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_dossier_submission_dossier_id_dossier")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_dossier_submission_made_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["made_for"], ["person.id"], name=op.f("fk_dossier_submission_made_for_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_submission")),
        sa.UniqueConstraint("dossier_id", "version", name=op.f("uq_dossier_submission_dossier_id_version")),
        sa.UniqueConstraint("receipt", name=op.f("uq_dossier_submission_receipt")),
    )
    op.create_table(
        "hindrance_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hindrance_id", sa.Integer(), nullable=False),
        sa.Column("lifts", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("document", AutoString(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'granted', 'denied')", name=op.f("ck_hindrance_change_state_known")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> asked_by", name=op.f("ck_hindrance_change_two_people")
        ),
        sa.CheckConstraint(
            "until IS NULL OR until >= since", name=op.f("ck_hindrance_change_period_ordered")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_hindrance_change_asked_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_hindrance_change_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["hindrance_id"], ["hindrance.id"], name=op.f("fk_hindrance_change_hindrance_id_hindrance")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hindrance_change")),
    )
    with op.batch_alter_table("hindrance_change", schema=None) as batch_op:
        batch_op.create_index(
            "one_open_change",
            ["hindrance_id"],
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )

    op.create_table(
        "paper_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_paper_request_dossier_id_dossier")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_paper_request_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_request")),
    )
    with op.batch_alter_table("paper_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_request_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_request_person_id"), ["person_id"], unique=False)

    op.create_table(
        "picture_print",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("second", sa.Integer(), nullable=False),
        sa.Column("third", sa.Integer(), nullable=False),
        sa.Column("fourth", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_picture_print_evidence_id_evidence")
        ),
        sa.PrimaryKeyConstraint("evidence_id", name=op.f("pk_picture_print")),
    )
    with op.batch_alter_table("picture_print", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_picture_print_first"), ["first"], unique=False)
        batch_op.create_index(batch_op.f("ix_picture_print_fourth"), ["fourth"], unique=False)
        batch_op.create_index(batch_op.f("ix_picture_print_second"), ["second"], unique=False)
        batch_op.create_index(batch_op.f("ix_picture_print_third"), ["third"], unique=False)

    op.create_table(
        "poll_voter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("reminded_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_poll_voter_person_id_person")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_voter_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_voter")),
        sa.UniqueConstraint("poll_id", "person_id", name=op.f("uq_poll_voter_poll_id_person_id")),
    )
    with op.batch_alter_table("poll_voter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_voter_person_id"), ["person_id"], unique=False)

    op.create_table(
        "public_window",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("opened_for", sa.Integer(), nullable=True),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_public_window_state_known")),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_public_window_dossier_id_dossier")
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_public_window_opened_by_person")),
        sa.ForeignKeyConstraint(
            ["opened_for"], ["person.id"], name=op.f("fk_public_window_opened_for_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_window")),
    )
    with op.batch_alter_table("public_window", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_public_window_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(
            "one_open_window",
            ["dossier_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "round_archive_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("archive_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["archive_id"], ["round_archive.id"], name=op.f("fk_round_archive_part_archive_id_round_archive")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_archive_part")),
        sa.UniqueConstraint("archive_id", "part", name=op.f("uq_round_archive_part_archive_id_part")),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("campaign", AutoString(), nullable=False),
        sa.Column("deadline", AutoString(), nullable=False),
        sa.Column("period", AutoString(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", AutoString(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("receipt", AutoString(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_for", sa.Integer(), nullable=True),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_for", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('plan', 'report', 'yearly_review', 'final_review')",
            name=op.f("ck_submission_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["person.id"], name=op.f("fk_submission_confirmed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_for"], ["person.id"], name=op.f("fk_submission_confirmed_for_person")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_submission_evidence_id_evidence")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_submission_made_by_person")),
        sa.ForeignKeyConstraint(["made_for"], ["person.id"], name=op.f("fk_submission_made_for_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_submission_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index("one_receipt", ["receipt"], unique=True)
        batch_op.create_index(
            "one_submission",
            ["campaign", "deadline", "period", "unit_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "unit_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("held_at", UTCDateTime(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("place", AutoString(), nullable=False),
        sa.Column("quorum_part", sa.Integer(), nullable=False),
        sa.Column("quorum_whole", sa.Integer(), nullable=False),
        sa.Column("threshold_part", sa.Integer(), nullable=False),
        sa.Column("threshold_whole", sa.Integer(), nullable=False),
        sa.Column("base", AutoString(), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=True),
        sa.Column("secretary_id", sa.Integer(), nullable=True),
        sa.Column("conclusions", sa.Text(), nullable=False),
        sa.Column("proof_id", sa.Integer(), nullable=True),
        sa.Column("called_by", sa.Integer(), nullable=True),
        sa.Column("called_for", sa.Integer(), nullable=True),
        sa.Column("called_at", UTCDateTime(), nullable=False),
        sa.Column("annulled_by", sa.Integer(), nullable=True),
        sa.Column("annulled_at", UTCDateTime(), nullable=True),
        sa.Column("annulled_because", sa.Text(), nullable=False),
        sa.CheckConstraint("base IN ('members', 'cast')", name=op.f("ck_unit_meeting_base_known")),
        sa.CheckConstraint(
            "state IN ('preparing', 'voting', 'counted', 'held', 'annulled')",
            name=op.f("ck_unit_meeting_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["annulled_by"], ["person.id"], name=op.f("fk_unit_meeting_annulled_by_person")
        ),
        sa.ForeignKeyConstraint(["called_by"], ["person.id"], name=op.f("fk_unit_meeting_called_by_person")),
        sa.ForeignKeyConstraint(
            ["called_for"], ["person.id"], name=op.f("fk_unit_meeting_called_for_person")
        ),
        sa.ForeignKeyConstraint(["chair_id"], ["person.id"], name=op.f("fk_unit_meeting_chair_id_person")),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_unit_meeting_dossier_id_dossier")
        ),
        sa.ForeignKeyConstraint(
            ["proof_id"], ["evidence.id"], name=op.f("fk_unit_meeting_proof_id_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["secretary_id"], ["person.id"], name=op.f("fk_unit_meeting_secretary_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_meeting")),
    )
    with op.batch_alter_table("unit_meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_meeting_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_meeting_proof_id"), ["proof_id"], unique=False)
        batch_op.create_index(
            "one_meeting_of_a_version",
            ["dossier_id", "version"],
            unique=True,
            sqlite_where=sa.text("state <> 'annulled'"),
            postgresql_where=sa.text("state <> 'annulled'"),
        )

    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("criterion", AutoString(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("outcome", AutoString(), nullable=False),
        sa.Column("note", AutoString(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_answer_assessment_id_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("assessment_id", "criterion", name=op.f("uq_answer_assessment_id_criterion")),
    )
    op.create_table(
        "council_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_council_member_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["council_sitting.id"], name=op.f("fk_council_member_sitting_id_council_sitting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_member")),
        sa.UniqueConstraint("sitting_id", "person_id", name=op.f("uq_council_member_sitting_id_person_id")),
    )
    with op.batch_alter_table("council_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_member_person_id"), ["person_id"], unique=False)

    op.create_table(
        "council_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["council_sitting.id"], name=op.f("fk_council_paper_sitting_id_council_sitting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_paper")),
    )
    with op.batch_alter_table("council_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_paper_sitting_id"), ["sitting_id"], unique=False)

    op.create_table(
        "council_vote_aside",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("referred", sa.Boolean(), nullable=False),
        sa.Column("words", AutoString(), nullable=False),
        sa.Column("conclusions", AutoString(), nullable=False),
        sa.Column("ballots_id", sa.Integer(), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("done_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballots_id"], ["evidence.id"], name=op.f("fk_council_vote_aside_ballots_id_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["done_by"], ["person.id"], name=op.f("fk_council_vote_aside_done_by_person")
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_council_vote_aside_poll_id_poll")),
        sa.ForeignKeyConstraint(
            ["sitting_id"],
            ["council_sitting.id"],
            name=op.f("fk_council_vote_aside_sitting_id_council_sitting"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_vote_aside")),
        sa.UniqueConstraint("poll_id", name=op.f("uq_council_vote_aside_poll_id")),
    )
    with op.batch_alter_table("council_vote_aside", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_vote_aside_sitting_id"), ["sitting_id"], unique=False)

    op.create_table(
        "dossier_archive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["dossier_submission.id"],
            name=op.f("fk_dossier_archive_submission_id_dossier_submission"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_archive")),
        sa.UniqueConstraint("submission_id", "part", name=op.f("uq_dossier_archive_submission_id_part")),
    )
    op.create_table(
        "evidence_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("criterion", AutoString(), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.Column("removed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_evidence_use_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_use_evidence_id_evidence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_use")),
    )
    with op.batch_alter_table("evidence_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_use_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_use_evidence_id"), ["evidence_id"], unique=False)
        batch_op.create_index(
            "one_live_use",
            ["evidence_id", "assessment_id", "criterion"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.create_table(
        "meeting_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("absent_because", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["unit_meeting.id"], name=op.f("fk_meeting_member_meeting_id_unit_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_meeting_member_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_member")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_meeting_member_meeting_id_person_id")),
    )
    op.create_table(
        "nomination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("subject", AutoString(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("achievement", AutoString(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("nominated_by", sa.Integer(), nullable=True),
        sa.Column("nominated_for", sa.Integer(), nullable=True),
        sa.Column("nominated_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('proposed', 'commended', 'not_chosen', 'withdrawn')",
            name=op.f("ck_nomination_state_known"),
        ),
        sa.CheckConstraint(
            "subject IN ('collective', 'individual')", name=op.f("ck_nomination_subject_known")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_nomination_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["nominated_by"], ["person.id"], name=op.f("fk_nomination_nominated_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["nominated_for"], ["person.id"], name=op.f("fk_nomination_nominated_for_person")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_nomination_person_id_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_nomination_round_id_round")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_nomination_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
    )
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nomination_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_nomination_round", ["round_id", "subject", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_nomination_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "one_nomination",
            ["assessment_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )

    op.create_table(
        "sent_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("criterion", AutoString(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("sent_for", sa.Integer(), nullable=True),
        sa.Column("sent_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_sent_back_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["person.id"], name=op.f("fk_sent_back_sent_by_person")),
        sa.ForeignKeyConstraint(["sent_for"], ["person.id"], name=op.f("fk_sent_back_sent_for_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_back")),
    )
    with op.batch_alter_table("sent_back", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sent_back_assessment_id"), ["assessment_id"], unique=False)

    op.create_table(
        "share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("criterion", AutoString(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.Column("given_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_share_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_share_given_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_share_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
        sa.UniqueConstraint("assessment_id", "criterion", name=op.f("uq_share_assessment_id_criterion")),
    )
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_share_person_id"), ["person_id"], unique=False)

    op.create_table(
        "signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("receipt", AutoString(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", AutoString(), nullable=False),
        sa.Column("signed_at", UTCDateTime(), nullable=False),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.Column("copy_sha256", AutoString(), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("signed_for", sa.Integer(), nullable=True),
        sa.Column("proof_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_signature_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["proof_id"], ["evidence.id"], name=op.f("fk_signature_proof_id_evidence")),
        sa.ForeignKeyConstraint(["signed_by"], ["person.id"], name=op.f("fk_signature_signed_by_person")),
        sa.ForeignKeyConstraint(["signed_for"], ["person.id"], name=op.f("fk_signature_signed_for_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("receipt", name=op.f("uq_signature_receipt")),
    )
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signature_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index(
            "ix_signature_proof_id",
            ["proof_id"],
            unique=False,
            sqlite_where=sa.text("proof_id IS NOT NULL"),
            postgresql_where=sa.text("proof_id IS NOT NULL"),
        )
        batch_op.create_index(
            "one_live_signature",
            ["assessment_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("obstacle", AutoString(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('asked', 'granted', 'denied')", name=op.f("ck_waiver_state_known")),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name=op.f("ck_waiver_two_people")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_waiver_asked_by_person")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_waiver_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_waiver_decided_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
    )
    with op.batch_alter_table("waiver", schema=None) as batch_op:
        batch_op.create_index(
            "one_waiver",
            ["assessment_id", "obstacle"],
            unique=True,
            sqlite_where=sa.text("state <> 'denied'"),
            postgresql_where=sa.text("state <> 'denied'"),
        )

    op.create_table(
        "appraisal_likeness",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("criterion", AutoString(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("other_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('file', 'picture', 'words')", name=op.f("ck_appraisal_likeness_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_appraisal_likeness_nomination_id_nomination")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["assessment.id"], name=op.f("fk_appraisal_likeness_other_id_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_likeness")),
        sa.UniqueConstraint(
            "nomination_id",
            "kind",
            "criterion",
            "other_id",
            name=op.f("uq_appraisal_likeness_nomination_id_kind_criterion_other_id"),
        ),
    )
    op.create_table(
        "appraisal_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("criterion", AutoString(), nullable=False),
        sa.Column("mark", AutoString(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("marked_by", sa.Integer(), nullable=False),
        sa.Column("marked_at", UTCDateTime(), nullable=False),
        sa.Column("replaced_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "mark IN ('met', 'not_met', 'unclear')", name=op.f("ck_appraisal_mark_mark_known")
        ),
        sa.ForeignKeyConstraint(
            ["marked_by"], ["person.id"], name=op.f("fk_appraisal_mark_marked_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_appraisal_mark_nomination_id_nomination")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_mark")),
    )
    with op.batch_alter_table("appraisal_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appraisal_mark_nomination_id"), ["nomination_id"], unique=False)
        batch_op.create_index(
            "one_live_mark",
            ["nomination_id", "criterion"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("title", AutoString(), nullable=False),
        sa.Column("authority", AutoString(), nullable=False),
        sa.Column("number", AutoString(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("achievement", sa.Text(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("last_year", sa.Integer(), nullable=False),
        sa.Column("thematic", sa.Boolean(), nullable=False),
        sa.Column("campaign", AutoString(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("nomination_id", sa.Integer(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", UTCDateTime(), nullable=False),
        sa.Column("annulled_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_award_of_somebody")),
        sa.CheckConstraint("last_year >= first_year", name=op.f("ck_award_period_ordered")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_award_entered_by_person")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_award_nomination_id_nomination")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_award_person_id_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_award_round_id_round")),
        sa.ForeignKeyConstraint(["sheet_id"], ["award_sheet.id"], name=op.f("fk_award_sheet_id_award_sheet")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_award_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
    )
    with op.batch_alter_table("award", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_award_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_award_sheet_id"), ["sheet_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_award_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "one_award",
            ["nomination_id"],
            unique=True,
            sqlite_where=sa.text("nomination_id IS NOT NULL"),
            postgresql_where=sa.text("nomination_id IS NOT NULL"),
        )

    op.create_table(
        "council_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_council_conflict_nomination_id_nomination")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_council_conflict_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"],
            ["council_sitting.id"],
            name=op.f("fk_council_conflict_sitting_id_council_sitting"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_conflict")),
        sa.UniqueConstraint(
            "sitting_id",
            "person_id",
            "nomination_id",
            name=op.f("uq_council_conflict_sitting_id_person_id_nomination_id"),
        ),
    )
    op.create_table(
        "council_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("announced", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Integer(), nullable=False),
        sa.Column("settled_words", AutoString(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=True),
        sa.Column("reason", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_council_item_dossier_id_dossier")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_council_item_nomination_id_nomination")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["council_sitting.id"], name=op.f("fk_council_item_sitting_id_council_sitting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_item")),
        sa.UniqueConstraint(
            "sitting_id", "nomination_id", name=op.f("uq_council_item_sitting_id_nomination_id")
        ),
    )
    with op.batch_alter_table("council_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_item_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_council_item_nomination_id"), ["nomination_id"], unique=False)

    op.create_table(
        "council_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("words", AutoString(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answer", AutoString(), nullable=False),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["person.id"], name=op.f("fk_council_question_answered_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_council_question_asked_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_council_question_nomination_id_nomination")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"],
            ["council_sitting.id"],
            name=op.f("fk_council_question_sitting_id_council_sitting"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_question")),
    )
    with op.batch_alter_table("council_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_question_sitting_id"), ["sitting_id"], unique=False)

    op.create_table(
        "dossier_nominee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.Column("removed_at", UTCDateTime(), nullable=True),
        sa.Column("removed_for", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_dossier_nominee_dossier_id_dossier")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_dossier_nominee_nomination_id_nomination")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_nominee")),
    )
    with op.batch_alter_table("dossier_nominee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dossier_nominee_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(
            "one_dossier_of_a_nomination",
            ["nomination_id"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.create_table(
        "dossier_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=True),
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("template", AutoString(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("removed_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "(sha256 = '') <> (evidence_id IS NULL)", name=op.f("ck_dossier_paper_made_or_sent")
        ),
        sa.CheckConstraint(
            "kind IN ('request', 'minutes', 'report', 'list', 'evidence', 'other')",
            name=op.f("ck_dossier_paper_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_dossier_paper_dossier_id_dossier")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_dossier_paper_evidence_id_evidence")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_dossier_paper_made_by_person")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_dossier_paper_nomination_id_nomination")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_paper")),
    )
    with op.batch_alter_table("dossier_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dossier_paper_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dossier_paper_evidence_id"), ["evidence_id"], unique=False)

    op.create_table(
        "meeting_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["unit_meeting.id"], name=op.f("fk_meeting_conflict_meeting_id_unit_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_meeting_conflict_nomination_id_nomination")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_meeting_conflict_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_conflict")),
        sa.UniqueConstraint(
            "meeting_id",
            "person_id",
            "nomination_id",
            name=op.f("uq_meeting_conflict_meeting_id_person_id_nomination_id"),
        ),
    )
    op.create_table(
        "meeting_vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("blank", sa.Integer(), nullable=False),
        sa.Column("endorsed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["unit_meeting.id"], name=op.f("fk_meeting_vote_meeting_id_unit_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_meeting_vote_nomination_id_nomination")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_vote")),
        sa.UniqueConstraint(
            "meeting_id", "nomination_id", name=op.f("uq_meeting_vote_meeting_id_nomination_id")
        ),
    )
    with op.batch_alter_table("meeting_vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_vote_nomination_id"), ["nomination_id"], unique=False)

    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("settlement", sa.Text(), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_for", sa.Integer(), nullable=True),
        sa.Column("settled_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_objection_nomination_id_nomination")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_objection_person_id_person")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_objection_settled_by_person")),
        sa.ForeignKeyConstraint(["settled_for"], ["person.id"], name=op.f("fk_objection_settled_for_person")),
        sa.ForeignKeyConstraint(
            ["window_id"], ["public_window.id"], name=op.f("fk_objection_window_id_public_window")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objection_nomination_id"), ["nomination_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_objection_window_id"), ["window_id"], unique=False)

    op.create_table(
        "objector",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_objector_nomination_id_nomination")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_objector_person_id_person")),
        sa.ForeignKeyConstraint(
            ["window_id"], ["public_window.id"], name=op.f("fk_objector_window_id_public_window")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objector")),
        sa.UniqueConstraint(
            "window_id",
            "nomination_id",
            "person_id",
            name=op.f("uq_objector_window_id_nomination_id_person_id"),
        ),
    )
    with op.batch_alter_table("objector", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objector_person_id"), ["person_id"], unique=False)

    op.create_table(
        "particulars",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.Column("given_at", UTCDateTime(), nullable=False),
        sa.Column("erased_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_particulars_given_by_person")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_particulars_nomination_id_nomination")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_particulars")),
        sa.UniqueConstraint("nomination_id", name=op.f("uq_particulars_nomination_id")),
    )
    op.create_table(
        "poll_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_poll_conflict_nomination_id_nomination")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_poll_conflict_person_id_person")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_conflict_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_conflict")),
        sa.UniqueConstraint(
            "poll_id",
            "person_id",
            "nomination_id",
            name=op.f("uq_poll_conflict_poll_id_person_id_nomination_id"),
        ),
    )
    op.create_table(
        "poll_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("blank", sa.Integer(), nullable=False),
        sa.Column("paper_for", sa.Integer(), nullable=False),
        sa.Column("paper_against", sa.Integer(), nullable=False),
        sa.Column("paper_blank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_poll_item_nomination_id_nomination")
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_item_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_item")),
        sa.UniqueConstraint("poll_id", "nomination_id", name=op.f("uq_poll_item_poll_id_nomination_id")),
    )
    with op.batch_alter_table("poll_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_item_nomination_id"), ["nomination_id"], unique=False)

    op.create_table(
        "poll_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("urn", AutoString(), nullable=False),
        sa.Column("slip", AutoString(), nullable=False),
        sa.Column("voted_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_poll_mark_nomination_id_nomination")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_poll_mark_person_id_person")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_mark_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_mark")),
        sa.UniqueConstraint(
            "poll_id", "person_id", "nomination_id", name=op.f("uq_poll_mark_poll_id_person_id_nomination_id")
        ),
    )
    op.create_table(
        "shortlist_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_shortlist_change_made_by_person")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_shortlist_change_nomination_id_nomination")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlist_change")),
    )
    with op.batch_alter_table("shortlist_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_shortlist_change_nomination_id"), ["nomination_id"], unique=False
        )

    op.create_table(
        "supplement_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=True),
        sa.Column("criterion", AutoString(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=False),
        sa.Column("noted_at", UTCDateTime(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "criterion = '' OR nomination_id IS NOT NULL",
            name=op.f("ck_supplement_item_criterion_of_somebody"),
        ),
        sa.CheckConstraint(
            "answered_at IS NULL OR asked_at IS NOT NULL", name=op.f("ck_supplement_item_asked_first")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["person.id"], name=op.f("fk_supplement_item_answered_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_supplement_item_dossier_id_dossier")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_supplement_item_nomination_id_nomination")
        ),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name=op.f("fk_supplement_item_noted_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplement_item")),
    )
    with op.batch_alter_table("supplement_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supplement_item_dossier_id"), ["dossier_id"], unique=False)

    op.create_table(
        "window_nominee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_window_nominee_nomination_id_nomination")
        ),
        sa.ForeignKeyConstraint(
            ["window_id"], ["public_window.id"], name=op.f("fk_window_nominee_window_id_public_window")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_window_nominee")),
        sa.UniqueConstraint(
            "window_id", "nomination_id", name=op.f("uq_window_nominee_window_id_nomination_id")
        ),
    )
    with op.batch_alter_table("window_nominee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_window_nominee_nomination_id"), ["nomination_id"], unique=False)

    op.create_table(
        "award_annulment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("slip", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", AutoString(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("slip OR document <> ''", name=op.f("ck_award_annulment_on_a_decision")),
        sa.CheckConstraint(
            "state IN ('asked', 'granted', 'denied')", name=op.f("ck_award_annulment_state_known")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> asked_by", name=op.f("ck_award_annulment_two_people")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_award_annulment_asked_by_person")),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_award_annulment_award_id_award")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_award_annulment_decided_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_annulment")),
    )
    with op.batch_alter_table("award_annulment", schema=None) as batch_op:
        batch_op.create_index(
            "one_annulment",
            ["award_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'denied'"),
            postgresql_where=sa.text("state <> 'denied'"),
        )

    op.create_table(
        "supplement_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_supplement_file_added_by_person")),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_supplement_file_evidence_id_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["supplement_item.id"], name=op.f("fk_supplement_file_item_id_supplement_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplement_file")),
        sa.UniqueConstraint("item_id", "evidence_id", name=op.f("uq_supplement_file_item_id_evidence_id")),
    )
    with op.batch_alter_table("supplement_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supplement_file_evidence_id"), ["evidence_id"], unique=False)

    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER no_{verb.lower()}_of_journal BEFORE {verb} ON journal "
                "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
            )


def downgrade() -> None:  # noqa: PLR0915 - the whole schema at once
    with op.batch_alter_table("supplement_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supplement_file_evidence_id"))

    op.drop_table("supplement_file")
    with op.batch_alter_table("award_annulment", schema=None) as batch_op:
        batch_op.drop_index(
            "one_annulment",
            sqlite_where=sa.text("state <> 'denied'"),
            postgresql_where=sa.text("state <> 'denied'"),
        )

    op.drop_table("award_annulment")
    with op.batch_alter_table("window_nominee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_window_nominee_nomination_id"))

    op.drop_table("window_nominee")
    with op.batch_alter_table("supplement_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supplement_item_dossier_id"))

    op.drop_table("supplement_item")
    with op.batch_alter_table("shortlist_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shortlist_change_nomination_id"))

    op.drop_table("shortlist_change")
    op.drop_table("poll_mark")
    with op.batch_alter_table("poll_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_item_nomination_id"))

    op.drop_table("poll_item")
    op.drop_table("poll_conflict")
    op.drop_table("particulars")
    with op.batch_alter_table("objector", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objector_person_id"))

    op.drop_table("objector")
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_window_id"))
        batch_op.drop_index(batch_op.f("ix_objection_nomination_id"))

    op.drop_table("objection")
    with op.batch_alter_table("meeting_vote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_vote_nomination_id"))

    op.drop_table("meeting_vote")
    op.drop_table("meeting_conflict")
    with op.batch_alter_table("dossier_paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dossier_paper_evidence_id"))
        batch_op.drop_index(batch_op.f("ix_dossier_paper_dossier_id"))

    op.drop_table("dossier_paper")
    with op.batch_alter_table("dossier_nominee", schema=None) as batch_op:
        batch_op.drop_index(
            "one_dossier_of_a_nomination",
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_dossier_nominee_dossier_id"))

    op.drop_table("dossier_nominee")
    with op.batch_alter_table("council_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_question_sitting_id"))

    op.drop_table("council_question")
    with op.batch_alter_table("council_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_item_nomination_id"))
        batch_op.drop_index(batch_op.f("ix_council_item_dossier_id"))

    op.drop_table("council_item")
    op.drop_table("council_conflict")
    with op.batch_alter_table("award", schema=None) as batch_op:
        batch_op.drop_index(
            "one_award",
            sqlite_where=sa.text("nomination_id IS NOT NULL"),
            postgresql_where=sa.text("nomination_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_award_unit_id"))
        batch_op.drop_index(batch_op.f("ix_award_sheet_id"))
        batch_op.drop_index(batch_op.f("ix_award_person_id"))

    op.drop_table("award")
    with op.batch_alter_table("appraisal_mark", schema=None) as batch_op:
        batch_op.drop_index(
            "one_live_mark",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_appraisal_mark_nomination_id"))

    op.drop_table("appraisal_mark")
    op.drop_table("appraisal_likeness")
    with op.batch_alter_table("waiver", schema=None) as batch_op:
        batch_op.drop_index(
            "one_waiver",
            sqlite_where=sa.text("state <> 'denied'"),
            postgresql_where=sa.text("state <> 'denied'"),
        )

    op.drop_table("waiver")
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.drop_index(
            "one_live_signature",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_signature_proof_id",
            sqlite_where=sa.text("proof_id IS NOT NULL"),
            postgresql_where=sa.text("proof_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_signature_assessment_id"))

    op.drop_table("signature")
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_share_person_id"))

    op.drop_table("share")
    with op.batch_alter_table("sent_back", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sent_back_assessment_id"))

    op.drop_table("sent_back")
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.drop_index(
            "one_nomination",
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )
        batch_op.drop_index(batch_op.f("ix_nomination_unit_id"))
        batch_op.drop_index("ix_nomination_round")
        batch_op.drop_index(batch_op.f("ix_nomination_person_id"))

    op.drop_table("nomination")
    op.drop_table("meeting_member")
    with op.batch_alter_table("evidence_use", schema=None) as batch_op:
        batch_op.drop_index(
            "one_live_use",
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_evidence_use_evidence_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_use_assessment_id"))

    op.drop_table("evidence_use")
    op.drop_table("dossier_archive")
    with op.batch_alter_table("council_vote_aside", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_vote_aside_sitting_id"))

    op.drop_table("council_vote_aside")
    with op.batch_alter_table("council_paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_paper_sitting_id"))

    op.drop_table("council_paper")
    with op.batch_alter_table("council_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_member_person_id"))

    op.drop_table("council_member")
    op.drop_table("answer")
    with op.batch_alter_table("unit_meeting", schema=None) as batch_op:
        batch_op.drop_index(
            "one_meeting_of_a_version",
            sqlite_where=sa.text("state <> 'annulled'"),
            postgresql_where=sa.text("state <> 'annulled'"),
        )
        batch_op.drop_index(batch_op.f("ix_unit_meeting_proof_id"))
        batch_op.drop_index(batch_op.f("ix_unit_meeting_dossier_id"))

    op.drop_table("unit_meeting")
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_index(
            "one_submission",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index("one_receipt")
        batch_op.drop_index(batch_op.f("ix_submission_unit_id"))

    op.drop_table("submission")
    op.drop_table("round_archive_part")
    with op.batch_alter_table("public_window", schema=None) as batch_op:
        batch_op.drop_index(
            "one_open_window",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index(batch_op.f("ix_public_window_dossier_id"))

    op.drop_table("public_window")
    with op.batch_alter_table("poll_voter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_voter_person_id"))

    op.drop_table("poll_voter")
    with op.batch_alter_table("picture_print", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_picture_print_third"))
        batch_op.drop_index(batch_op.f("ix_picture_print_second"))
        batch_op.drop_index(batch_op.f("ix_picture_print_fourth"))
        batch_op.drop_index(batch_op.f("ix_picture_print_first"))

    op.drop_table("picture_print")
    with op.batch_alter_table("paper_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_request_person_id"))
        batch_op.drop_index(batch_op.f("ix_paper_request_dossier_id"))

    op.drop_table("paper_request")
    with op.batch_alter_table("hindrance_change", schema=None) as batch_op:
        batch_op.drop_index(
            "one_open_change",
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )

    op.drop_table("hindrance_change")
    op.drop_table("dossier_submission")
    with op.batch_alter_table("dossier_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dossier_step_dossier_id"))

    op.drop_table("dossier_step")
    with op.batch_alter_table("council_sitting", schema=None) as batch_op:
        batch_op.drop_index(
            "one_sitting_of_a_round",
            sqlite_where=sa.text("state NOT IN ('decided', 'cancelled')"),
            postgresql_where=sa.text("state NOT IN ('decided', 'cancelled')"),
        )
        batch_op.drop_index(batch_op.f("ix_council_sitting_round_id"))

    op.drop_table("council_sitting")
    with op.batch_alter_table("campaign_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_file_person_id"))

    op.drop_table("campaign_file")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_index(
            "one_of_a_unit",
            sqlite_where=sa.text("track = 'collective'"),
            postgresql_where=sa.text("track = 'collective'"),
        )
        batch_op.drop_index(
            "one_of_a_person",
            sqlite_where=sa.text("track <> 'collective'"),
            postgresql_where=sa.text("track <> 'collective'"),
        )
        batch_op.drop_index(batch_op.f("ix_assessment_round_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_person_id"))

    op.drop_table("assessment")
    with op.batch_alter_table("appraisal_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appraisal_report_dossier_id"))

    op.drop_table("appraisal_report")
    with op.batch_alter_table("appraisal_conflict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appraisal_conflict_person_id"))

    op.drop_table("appraisal_conflict")
    op.drop_table("announcement_wording")
    op.drop_table("announcement_sheet")
    with op.batch_alter_table("announcement_recipient", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_announcement_recipient_queued",
            sqlite_where=sa.text("state = 'queued'"),
            postgresql_where=sa.text("state = 'queued'"),
        )
        batch_op.drop_index("ix_announcement_recipient_person")

    op.drop_table("announcement_recipient")
    with op.batch_alter_table("announcement_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_announcement_file_person_id"))
        batch_op.drop_index(batch_op.f("ix_announcement_file_announcement_id"))

    op.drop_table("announcement_file")
    with op.batch_alter_table("upload_page", schema=None) as batch_op:
        batch_op.drop_index("ix_upload_page_of_person")

    op.drop_table("upload_page")
    with op.batch_alter_table("snooze", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_snooze_due"))

    op.drop_table("snooze")
    with op.batch_alter_table("round_archive", schema=None) as batch_op:
        batch_op.drop_index(
            "one_archive_in_making",
            sqlite_where=sa.text("state = 'making'"),
            postgresql_where=sa.text("state = 'making'"),
        )
        batch_op.drop_index(batch_op.f("ix_round_archive_round_id"))

    op.drop_table("round_archive")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_person_id"))

    op.drop_table("role_grant")
    op.drop_table("quiet_hours")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_person_id"))
        batch_op.drop_index(
            "ix_question_open",
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )

    op.drop_table("question")
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.drop_index(
            "one_open_poll",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index(batch_op.f("ix_poll_subject"))

    op.drop_table("poll")
    with op.batch_alter_table("paper_template", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_template_person_id"))

    op.drop_table("paper_template")
    with op.batch_alter_table("nudge", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_nudge_waiting",
            sqlite_where=sa.text("delivered_at IS NULL AND failure = ''"),
            postgresql_where=sa.text("delivered_at IS NULL AND failure = ''"),
        )
        batch_op.drop_index(batch_op.f("ix_nudge_person_id"))
        batch_op.drop_index(batch_op.f("ix_nudge_outbox_key"))
        batch_op.drop_index(batch_op.f("ix_nudge_made_at"))
        batch_op.drop_index(batch_op.f("ix_nudge_due"))

    op.drop_table("nudge")
    with op.batch_alter_table("leadership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_leadership_unit_id"))
        batch_op.drop_index(batch_op.f("ix_leadership_person_id"))

    op.drop_table("leadership")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_person_id"))

    op.drop_table("invitation")
    with op.batch_alter_table("hindrance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hindrance_unit_id"))
        batch_op.drop_index(batch_op.f("ix_hindrance_person_id"))

    op.drop_table("hindrance")
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.drop_index(
            "one_open_extension",
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )
        batch_op.drop_index(batch_op.f("ix_extension_unit_id"))

    op.drop_table("extension")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_sha256"))
        batch_op.drop_index(batch_op.f("ix_evidence_person_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dossier_unit_id"))
        batch_op.drop_index("ix_dossier_state")
        batch_op.drop_index(batch_op.f("ix_dossier_appraiser_id"))

    op.drop_table("dossier")
    with op.batch_alter_table("cut_off", schema=None) as batch_op:
        batch_op.drop_index("one_cut_off")
        batch_op.drop_index(batch_op.f("ix_cut_off_unit_id"))

    op.drop_table("cut_off")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_person_id"))

    op.drop_table("consent")
    op.drop_table("code_sheet")
    with op.batch_alter_table("campaign_version", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_campaign_version_current",
            sqlite_where=sa.text("current IS 1"),
            postgresql_where=sa.text("current IS true"),
        )
        batch_op.drop_index(batch_op.f("ix_campaign_version_code"))

    op.drop_table("campaign_version")
    with op.batch_alter_table("campaign_date", schema=None) as batch_op:
        batch_op.drop_index(
            "one_date_in_force",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.drop_table("campaign_date")
    op.drop_table("calendar_year")
    with op.batch_alter_table("calendar_day", schema=None) as batch_op:
        batch_op.drop_index(
            "one_calendar_day",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.drop_table("calendar_day")
    with op.batch_alter_table("award_sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_award_sheet_person_id"))

    op.drop_table("award_sheet")
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_announcement_repeats"))
        batch_op.drop_index("ix_announcement_open")
        batch_op.drop_index(batch_op.f("ix_announcement_author_id"))

    op.drop_table("announcement")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(
            "one_active_chat",
            sqlite_where=sa.text("state = 'active'"),
            postgresql_where=sa.text("state = 'active'"),
        )
        batch_op.drop_index(
            "one_active_account",
            sqlite_where=sa.text("state = 'active'"),
            postgresql_where=sa.text("state = 'active'"),
        )
        batch_op.drop_index(batch_op.f("ix_account_person_id"))

    op.drop_table("account")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absence_person_id"))
        batch_op.drop_index(batch_op.f("ix_absence_deputy_id"))

    op.drop_table("absence")
    with op.batch_alter_table("unit_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_name_unit_id"))
        batch_op.drop_index(batch_op.f("ix_unit_name_parent_id"))
        batch_op.drop_index(batch_op.f("ix_unit_name_folded"))

    op.drop_table("unit_name")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_unit_id"))
        batch_op.drop_index(batch_op.f("ix_person_folded"))

    op.drop_table("person")
    op.drop_table("unit")
    op.drop_table("setting")
    op.drop_table("round")
    op.drop_table("outbox_pause")
    op.drop_table("outbox_outage")
    op.drop_table("outbox_file")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "one_in_flight",
            sqlite_where=sa.text("state = 'sending'"),
            postgresql_where=sa.text("state = 'sending'"),
        )
        batch_op.drop_index("ix_outbox_queued", sqlite_where=sa.text("state = 'queued'"))
        batch_op.drop_index("ix_outbox_chat", sqlite_where=sa.text("state IN ('queued', 'sending')"))
        batch_op.drop_index("ix_outbox_batch", sqlite_where=sa.text("batch IS NOT NULL"))

    op.drop_table("outbox")
    op.drop_table("journal")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_waiting", sqlite_where=sa.text("state IN ('new', 'working')"))
        batch_op.drop_index("ix_inbox_chat", sqlite_where=sa.text("state IN ('new', 'working')"))

    op.drop_table("inbox")
    op.drop_table("guess_limit")
    with op.batch_alter_table("errand", schema=None) as batch_op:
        batch_op.drop_index("ix_errand_due", sqlite_where=sa.text("state = 'waiting'"))

    op.drop_table("errand")
    op.drop_table("conversation")
    op.drop_table("channel_use")
    op.drop_table("channel_stop")
