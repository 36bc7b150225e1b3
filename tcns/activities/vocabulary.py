"""The kinds, forms, topics and states of activities."""

from tcns.counting import WHICH_COUNT, counts_pending
from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class ActivityKind(LabelledEnum):
    """What sort of session it was."""

    OUTREACH = "outreach", _l("Outreach")
    TRAINING = "training", _l("Training session")
    GUIDANCE = "guidance", _l("Hands-on guidance")
    LITERACY_CLASS = "literacy_class", _l("Digital literacy class")
    DUTY = "duty", _l("Duty at the public-service centre")


class ActivityForm(LabelledEnum):
    """How the team met the people."""

    IN_PERSON = "in_person", _l("In person")
    DOOR_TO_DOOR = "door_to_door", _l("Door to door")
    ONLINE = "online", _l("Online")
    SERVICE_CENTRE = "service_centre", _l("At the public-service centre")


class Topic(LabelledEnum):
    """The five basic digital skills of the national programme, the top topics of every session
    (review of the teams by the Ministry of Information and Communications, 2023)."""

    PUBLIC_SERVICES = "public_services", _l("Online public services")
    PAYMENT = "payment", _l("Online payment")
    SHOPPING = "shopping", _l("Online shopping")
    SAFETY = "safety", _l("Self-protection online")
    LOCAL_PLATFORMS = "local_platforms", _l("Local digital platforms")


class Status(LabelledEnum):
    """How far an activity has come; the province decides whether submitted ones count."""

    DRAFT = "draft", _l("Draft")
    SUBMITTED = "submitted", _l("Submitted")
    APPROVED = "approved", _l("Approved")
    RETURNED = "returned", _l("Returned")


# What was handed in, and what its team still has to do something about.
HANDED_IN = (Status.SUBMITTED, Status.APPROVED)
WITH_THE_TEAM = (Status.DRAFT, Status.RETURNED)


def counted_statuses() -> tuple[Status, ...]:
    """The statuses that figures count: what was handed in, or only what is approved."""
    return HANDED_IN if counts_pending() else (Status.APPROVED,)


class Shown(LabelledEnum):
    """Which sessions a list shows: those that figures count, those of one status, or all."""

    COUNTED = "counted", WHICH_COUNT
    DRAFT = "draft", Status.DRAFT.label
    SUBMITTED = "submitted", Status.SUBMITTED.label
    APPROVED = "approved", Status.APPROVED.label
    RETURNED = "returned", Status.RETURNED.label
    ASKED_BACK = "asked_back", _l("Asked back")
    ALL = "all", _l("All")

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses of the sessions shown."""
        several = {
            Shown.COUNTED: counted_statuses(),
            Shown.ASKED_BACK: (Status.APPROVED,),
            Shown.ALL: tuple(Status),
        }
        return several.get(self) or (Status(self),)


class TwinAnswer(LabelledEnum):
    """Whether a session is the one on file that it is like, as whoever logs it answers."""

    ANOTHER = "another", _l("It is another session: submit it")
    SAME = "same", _l("It is the same session: do not submit it")


class Doubt(LabelledEnum):
    """Why the figures of a session may be mistaken; what is doubted can be right."""

    REPEATED = "repeated", _l("Possibly logged twice")
    HOUSEHOLDS = "households", _l("More households than the village has")
    PARTICIPANTS = "participants", _l("Far more participants than usual")
