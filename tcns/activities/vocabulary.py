"""The kinds, forms, topics and states of activities."""

from enum import StrEnum

from flask_babel.speaklater import LazyString

from tcns.i18n import lazy_gettext as _l


class ActivityKind(StrEnum):
    """What sort of session it was."""

    OUTREACH = "outreach"
    TRAINING = "training"
    GUIDANCE = "guidance"
    LITERACY_CLASS = "literacy_class"
    DUTY = "duty"

    @property
    def label(self) -> LazyString:
        """The kind's name on pages."""
        return KIND_LABELS[self]


KIND_LABELS = {
    ActivityKind.OUTREACH: _l("Outreach"),
    ActivityKind.TRAINING: _l("Training session"),
    ActivityKind.GUIDANCE: _l("Hands-on guidance"),
    ActivityKind.LITERACY_CLASS: _l("Digital literacy class"),
    ActivityKind.DUTY: _l("Duty at the public-service centre"),
}


class ActivityForm(StrEnum):
    """How the team met the people."""

    IN_PERSON = "in_person"
    DOOR_TO_DOOR = "door_to_door"
    ONLINE = "online"
    SERVICE_CENTRE = "service_centre"

    @property
    def label(self) -> LazyString:
        """The form's name on pages."""
        return FORM_LABELS[self]


FORM_LABELS = {
    ActivityForm.IN_PERSON: _l("In person"),
    ActivityForm.DOOR_TO_DOOR: _l("Door to door"),
    ActivityForm.ONLINE: _l("Online"),
    ActivityForm.SERVICE_CENTRE: _l("At the public-service centre"),
}


class Topic(StrEnum):
    """The five basic digital skills of the national programme, the top topics of every session
    (review of the teams by the Ministry of Information and Communications, 2023)."""

    PUBLIC_SERVICES = "public_services"
    PAYMENT = "payment"
    SHOPPING = "shopping"
    SAFETY = "safety"
    LOCAL_PLATFORMS = "local_platforms"

    @property
    def label(self) -> LazyString:
        """The topic's name on pages."""
        return TOPIC_LABELS[self]


TOPIC_LABELS = {
    Topic.PUBLIC_SERVICES: _l("Online public services"),
    Topic.PAYMENT: _l("Online payment"),
    Topic.SHOPPING: _l("Online shopping"),
    Topic.SAFETY: _l("Self-protection online"),
    Topic.LOCAL_PLATFORMS: _l("Local digital platforms"),
}


class Status(StrEnum):
    """How far an activity has come; submitted and approved ones count."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"

    @property
    def label(self) -> LazyString:
        """The state's name on pages."""
        return STATUS_LABELS[self]


COUNTED = (Status.SUBMITTED, Status.APPROVED)

STATUS_LABELS = {
    Status.DRAFT: _l("Draft"),
    Status.SUBMITTED: _l("Submitted"),
    Status.APPROVED: _l("Approved"),
    Status.RETURNED: _l("Returned"),
}


class Shown(StrEnum):
    """Which sessions a list shows: those that figures count, those of one status, or all."""

    COUNTED = "counted"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    ALL = "all"

    @property
    def label(self) -> LazyString:
        """The choice in words."""
        return SHOWN_LABELS[self]

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses of the sessions shown."""
        return {Shown.COUNTED: COUNTED, Shown.ALL: tuple(Status)}.get(self) or (Status(self),)


SHOWN_LABELS = {
    Shown.COUNTED: _l("Submitted or approved"),
    Shown.DRAFT: STATUS_LABELS[Status.DRAFT],
    Shown.SUBMITTED: STATUS_LABELS[Status.SUBMITTED],
    Shown.APPROVED: STATUS_LABELS[Status.APPROVED],
    Shown.RETURNED: STATUS_LABELS[Status.RETURNED],
    Shown.ALL: _l("All"),
}
