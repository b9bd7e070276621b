"""Errands: the kinds of slow work there are."""

from enum import StrEnum


class ErrandKind(StrEnum):
    """What there is to do."""

    FETCH_EVIDENCE = "fetch_evidence"
    SIGNED_COPY = "signed_copy"
    READ_PLAN = "read_plan"
    WRITE_PLAN = "write_plan"
    COMMANDS = "commands"
    ANNOUNCE = "announce"
    FETCH_ANNOUNCEMENT_FILE = "fetch_announcement_file"
    ANNOUNCEMENT_PROGRESS = "announcement_progress"
    ANNOUNCEMENT_SHEET = "announcement_sheet"
    CODE_SHEET = "code_sheet"
    FORGET_CODE_SHEET = "forget_code_sheet"
    DOSSIER_ARCHIVE = "dossier_archive"
    COUNCIL_PAPERS = "council_papers"
    ROUND_ARCHIVE = "round_archive"
    APPRAISAL_LIKENESS = "appraisal_likeness"
    APPRAISAL_REPORT = "appraisal_report"
    DOSSIER_PAPERS = "dossier_papers"
    READ_TEMPLATE = "read_template"
    GIVE_TEMPLATES = "give_templates"
    READ_AWARDS = "read_awards"
    GIVE_AWARD_TEMPLATE = "give_award_template"
