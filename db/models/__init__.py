"""Tables, one module per word; imported here together so that the metadata is whole."""

from sqlmodel import SQLModel

from db.models.naming import NAMING

# isort: split
from db.models.announcements import (
    Announcement,
    AnnouncementFile,
    AnnouncementRecipient,
    AnnouncementSheet,
    AnnouncementWording,
)
from db.models.appraisal import (
    AppraisalConflict,
    AppraisalLikeness,
    AppraisalMark,
    AppraisalReport,
    PicturePrint,
    ShortlistChange,
    SupplementFile,
    SupplementItem,
)
from db.models.assessment import Answer, Assessment, Share, Signature
from db.models.awards import Award, AwardAnnulment, AwardSheet
from db.models.ballots import Poll, PollConflict, PollItem, PollMark, PollVoter
from db.models.calendar import CalendarDay, CalendarYear
from db.models.campaign_files import CampaignFile
from db.models.campaigns import CampaignDate, CampaignVersion, Round
from db.models.conversations import Conversation
from db.models.council import (
    CouncilConflict,
    CouncilItem,
    CouncilMember,
    CouncilPaper,
    CouncilQuestion,
    CouncilSitting,
    CouncilVoteAside,
)
from db.models.deadlines import Absence, CutOff, Extension, Submission
from db.models.dossiers import (
    Dossier,
    DossierArchive,
    DossierNominee,
    DossierPaper,
    DossierStep,
    DossierSubmission,
    PaperRequest,
    Particulars,
)
from db.models.eligibility import Hindrance, HindranceChange, Waiver
from db.models.errands import Errand
from db.models.evidence import Evidence, EvidenceUse
from db.models.inbox import InboxRow
from db.models.journal import JournalRow
from db.models.nominations import Nomination
from db.models.outbox import OutboxFile, OutboxOutage, OutboxPause, OutboxRow
from db.models.paper_templates import PaperTemplate
from db.models.people import (
    Account,
    CodeSheet,
    Consent,
    GuessLimit,
    Invitation,
    Leadership,
    Person,
    RoleGrant,
    Unit,
    UnitName,
)
from db.models.questions import Question
from db.models.quota_meter import ChannelStop, ChannelUse
from db.models.reminders import NudgeRow, QuietHours, SnoozeRow
from db.models.round_archives import RoundArchive, RoundArchivePart
from db.models.settings import Setting
from db.models.triggers import APPEND_ONLY
from db.models.unit_reviews import (
    MeetingConflict,
    MeetingMember,
    MeetingVote,
    Objection,
    Objector,
    PublicWindow,
    SentBack,
    UnitMeeting,
    WindowNominee,
)
from db.models.uploads import UploadPage

__all__ = [
    "APPEND_ONLY",
    "NAMING",
    "Absence",
    "Account",
    "Announcement",
    "AnnouncementFile",
    "AnnouncementRecipient",
    "AnnouncementSheet",
    "AnnouncementWording",
    "Answer",
    "AppraisalConflict",
    "AppraisalLikeness",
    "AppraisalMark",
    "AppraisalReport",
    "Assessment",
    "Award",
    "AwardAnnulment",
    "AwardSheet",
    "CalendarDay",
    "CalendarYear",
    "CampaignDate",
    "CampaignFile",
    "CampaignVersion",
    "ChannelStop",
    "ChannelUse",
    "CodeSheet",
    "Consent",
    "Conversation",
    "CouncilConflict",
    "CouncilItem",
    "CouncilMember",
    "CouncilPaper",
    "CouncilQuestion",
    "CouncilSitting",
    "CouncilVoteAside",
    "CutOff",
    "Dossier",
    "DossierArchive",
    "DossierNominee",
    "DossierPaper",
    "DossierStep",
    "DossierSubmission",
    "Errand",
    "Evidence",
    "EvidenceUse",
    "Extension",
    "GuessLimit",
    "Hindrance",
    "HindranceChange",
    "InboxRow",
    "Invitation",
    "JournalRow",
    "Leadership",
    "MeetingConflict",
    "MeetingMember",
    "MeetingVote",
    "Nomination",
    "NudgeRow",
    "Objection",
    "Objector",
    "OutboxFile",
    "OutboxOutage",
    "OutboxPause",
    "OutboxRow",
    "PaperRequest",
    "PaperTemplate",
    "Particulars",
    "Person",
    "PicturePrint",
    "Poll",
    "PollConflict",
    "PollItem",
    "PollMark",
    "PollVoter",
    "PublicWindow",
    "Question",
    "QuietHours",
    "RoleGrant",
    "Round",
    "RoundArchive",
    "RoundArchivePart",
    "SQLModel",
    "SentBack",
    "Setting",
    "Share",
    "ShortlistChange",
    "Signature",
    "SnoozeRow",
    "Submission",
    "SupplementFile",
    "SupplementItem",
    "Unit",
    "UnitMeeting",
    "UnitName",
    "UploadPage",
    "Waiver",
    "WindowNominee",
]
