"""Tables of activities."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BindParameter,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Numeric,
    and_,
    bindparam,
    select,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tcns.activities.clock_rules import is_clock_off
from tcns.activities.vocabulary import (
    HANDED_IN,
    ActivityForm,
    ActivityKind,
    Status,
    Topic,
    counted_statuses,
)
from tcns.clock import ZONE
from tcns.database import IDS_USED_ONCE, Model, Versioned
from tcns.indicators.models import Indicator
from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Person, Team

# Statements are put together once: which statuses count is put in when they are carried out.
COUNTED_STATUSES: BindParameter[Any] = bindparam(
    "counted_statuses", callable_=counted_statuses, expanding=True
)
# Entered more than this many days after it was held, an activity is marked as late.
LATE_AFTER_DAYS = 7


class Activity(Versioned, Model):
    """A session a team held: residents are only ever counts, never names.

    `client_key` comes from the device, so that a session sent twice is one row; `client_digest`
    tells whether what is sent again is what was sent first. Of the
    participants (lượt người), women, ethnic minorities and elderly are parts that may overlap;
    of the households, the new ones were reached for the first time this year. What nobody counted,
    the participants themselves not excepted, is None: not recorded is not zero.

    `device_logged_at` and `device_sent_at` are what the clock of a phone said when the session was
    written down and when it was sent: claims, by which nothing is decided. An approved session may
    be asked back (`recall_`): since when, why, and why that was declined, if it was.
    """

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint(
            "participant_count >= 0 AND women_count BETWEEN 0 AND participant_count"
            " AND minority_count BETWEEN 0 AND participant_count"
            " AND elderly_count BETWEEN 0 AND participant_count",
            name="participants",
        ),
        CheckConstraint(
            "household_count >= 0 AND new_household_count BETWEEN 0 AND household_count",
            name="households",
        ),
        # What coverage sums up, and what speaks against figures, is read from the indexes alone;
        # their names would be too long.
        Index(
            "ix_activity_team_figures",
            *("team_id", "held_on", "status", "participant_count", "household_count", "kind"),
        ),
        Index(
            "ix_activity_day_figures",
            *("held_on", "team_id", "status", "kind", "participant_count", "household_count"),
        ),
        IDS_USED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_key: Mapped[str] = mapped_column(unique=True)
    client_digest: Mapped[str | None]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    kind: Mapped[str]
    form: Mapped[str]
    held_on: Mapped[date]
    hours: Mapped[Decimal | None] = mapped_column(Numeric(4, 1))
    venue: Mapped[str | None]
    participant_count: Mapped[int | None]
    women_count: Mapped[int | None]
    minority_count: Mapped[int | None]
    elderly_count: Mapped[int | None]
    household_count: Mapped[int | None]
    new_household_count: Mapped[int | None]
    note: Mapped[str | None]
    status: Mapped[str] = mapped_column(default=Status.DRAFT)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    entered_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reviewed_at: Mapped[datetime | None]
    return_reason: Mapped[str | None]
    device_logged_at: Mapped[datetime | None]
    device_sent_at: Mapped[datetime | None]
    recall_asked_at: Mapped[datetime | None]
    recall_reason: Mapped[str | None]
    recall_answer: Mapped[str | None]
    team: Mapped[Team] = relationship()
    topics: Mapped[list["ActivityTopic"]] = relationship(
        back_populates="activity", cascade="all, delete-orphan"
    )
    attendances: Mapped[list["Attendance"]] = relationship(
        back_populates="activity", cascade="all, delete-orphan"
    )
    indicator_values: Mapped[list["IndicatorValue"]] = relationship(
        back_populates="activity", cascade="all, delete-orphan"
    )
    photographs: Mapped[list["Photograph"]] = relationship(
        back_populates="activity", cascade="all, delete-orphan", order_by="Photograph.id"
    )

    @property
    def state(self) -> Status:
        """The status as a word of the vocabulary."""
        return Status(self.status)

    @property
    def activity_kind(self) -> ActivityKind:
        """The kind as a word of the vocabulary."""
        return ActivityKind(self.kind)

    @property
    def activity_form(self) -> ActivityForm:
        """The form as a word of the vocabulary."""
        return ActivityForm(self.form)

    @property
    def is_late(self) -> bool:
        """Whether it was entered more than a week after it was held; normal, and marked."""
        return self.days_to_entry > LATE_AFTER_DAYS

    @property
    def days_to_entry(self) -> int:
        """How many days after it was held it was entered."""
        return (self.entered_at.astimezone(ZONE).date() - self.held_on).days

    @property
    def is_clock_off(self) -> bool:
        """Whether the clock of the phone that sent it was wrong; its day is the person's word."""
        return is_clock_off(
            self.held_on, self.device_logged_at, self.device_sent_at, received_at=self.entered_at
        )

    @property
    def is_asked_back(self) -> bool:
        """Whether its team asked for it to correct it, and nobody has answered yet."""
        return self.recall_asked_at is not None and self.recall_answer is None

    @classmethod
    def asked_back(cls) -> ColumnElement[bool]:
        """The clause that its team asked for the session, and nobody has answered yet."""
        return and_(cls.recall_asked_at.is_not(None), cls.recall_answer.is_(None))

    @classmethod
    def is_counted(cls) -> ColumnElement[bool]:
        """The clause that figures count the activity: it is approved, or submitted where the
        province counts that; asked when the statement is carried out."""
        return cls.status.in_(COUNTED_STATUSES)

    @classmethod
    def is_pending(cls) -> ColumnElement[bool]:
        """The clause that the activity waits for review."""
        return cls.status == Status.SUBMITTED

    @classmethod
    def is_handed_in(cls) -> ColumnElement[bool]:
        """The clause that the activity was handed in: it is submitted or approved."""
        return cls.status.in_(HANDED_IN)

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Activities of the teams in the scope."""
        if scope.everything:
            return true()
        return cls.team_id.in_(select(Team.id).where(Team.within(scope)))

    def lies_in(self, scope: Scope) -> bool:
        """Whether the activity's team lies in the scope."""
        return self.team.lies_in(scope)


class ActivityTopic(Model):
    """One of the skills a session was about."""

    __tablename__ = "activity_topic"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True
    )
    topic: Mapped[str] = mapped_column(primary_key=True)
    activity: Mapped[Activity] = relationship(back_populates="topics")

    @property
    def skill(self) -> Topic:
        """The topic as a word of the vocabulary."""
        return Topic(self.topic)


class Attendance(Model):
    """Somebody of the team who helped at a session."""

    __tablename__ = "attendance"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True
    )
    membership_id: Mapped[int] = mapped_column(
        ForeignKey("membership.id"), primary_key=True, index=True
    )
    activity: Mapped[Activity] = relationship(back_populates="attendances")
    membership: Mapped[Membership] = relationship()

    @property
    def person(self) -> Person:
        """Who helped."""
        return self.membership.person


class IndicatorValue(Model):
    """What a session counted of one indicator."""

    __tablename__ = "indicator_value"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount"),)

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True
    )
    indicator_id: Mapped[int] = mapped_column(
        ForeignKey("indicator.id"), primary_key=True, index=True
    )
    amount: Mapped[int]
    activity: Mapped[Activity] = relationship(back_populates="indicator_values")
    indicator: Mapped[Indicator] = relationship()


class Photograph(Model):
    """A picture of a session: the key of its file, its size in pixels.

    `client_key` comes from the device, so that a picture sent twice is one row; `digest` tells
    whether what is sent again is what was sent first. Where it was taken (degrees) is None unless
    whoever added it wants it kept; the file never holds it.
    """

    __tablename__ = "photograph"
    __table_args__ = (IDS_USED_ONCE,)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activity.id", ondelete="CASCADE"), index=True
    )
    client_key: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str]
    file_key: Mapped[str] = mapped_column(unique=True)
    width: Mapped[int]
    height: Mapped[int]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime]
    activity: Mapped[Activity] = relationship(back_populates="photographs")

    @property
    def is_late(self) -> bool:
        """Whether it came only after its session was approved."""
        approved_at = self.activity.reviewed_at if self.activity.state is Status.APPROVED else None
        return approved_at is not None and self.added_at > approved_at

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Photographs of the sessions in the scope."""
        if scope.everything:
            return true()
        return cls.activity_id.in_(select(Activity.id).where(Activity.within(scope)))

    def lies_in(self, scope: Scope) -> bool:
        """Whether the session lies in the scope."""
        return self.activity.lies_in(scope)
