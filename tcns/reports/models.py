"""Tables of reports and of the steps on their way up."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, or_, select, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tcns.accounts.models import User
from tcns.areas.models import Area
from tcns.database import Model, Versioned
from tcns.database.id_lists import in_ids
from tcns.files.scans import ScanKind
from tcns.permissions.scope import Scope
from tcns.reports.vocabulary import ReportStatus, StepKind
from tcns.teams.models import Team


class Report(Versioned, Model):
    """The report of a team, a commune or the province for a period: its words, and how far it is.

    Its figures are computed as long as it is a draft; each sending keeps its own copy in a step.
    `area_id` is the team's where it is a team's report.
    """

    __tablename__ = "report"
    __table_args__ = (
        Index(
            "ix_report_of_area",
            *("area_id", "period"),
            unique=True,
            sqlite_where=text("team_id IS NULL"),
            postgresql_where=text("team_id IS NULL"),
        ),
        Index("ix_report_of_team", "team_id", "period", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    period: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    status: Mapped[str] = mapped_column(default=ReportStatus.DRAFT)
    remarks: Mapped[str | None]
    difficulties: Mapped[str | None]
    proposals: Mapped[str | None]
    number: Mapped[str | None]
    issued_on: Mapped[date | None]
    scan_key: Mapped[str | None]  # of the file of the signed document
    scan_kind: Mapped[str | None]
    area: Mapped[Area] = relationship()
    team: Mapped[Team | None] = relationship()
    steps: Mapped[list["ReportStep"]] = relationship(
        back_populates="report", order_by="ReportStep.id"
    )

    @property
    def state(self) -> ReportStatus:
        """The status as a word of the vocabulary."""
        return ReportStatus(self.status)

    @property
    def scan(self) -> ScanKind | None:
        """What the scan of the signed document is, as a word of the vocabulary."""
        return ScanKind(self.scan_kind) if self.scan_kind else None

    @property
    def last_sending(self) -> "ReportStep | None":
        """The step that sent it last, with the copy that was sent."""
        return next((step for step in reversed(self.steps) if step.frozen), None)

    @property
    def last_step(self) -> "ReportStep | None":
        """What was done to it last."""
        return self.steps[-1] if self.steps else None

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Reports of the scope's teams, and of its areas."""
        if scope.everything:
            return true()
        own = (cls.team_id.is_(None)) & in_ids(cls.area_id, scope.areas)
        return or_(own, cls.team_id.in_(select(Team.id).where(Team.within(scope))))

    def lies_in(self, scope: Scope) -> bool:
        """Whether the team or the area it is of belongs to the scope."""
        if self.team:
            return self.team.lies_in(scope)
        return scope.everything or self.area_id in scope.areas


class ReportStep(Model):
    """A step on a report's way: who sent, withdrew, returned or accepted it, when and why.

    `frozen` is what was sent, as values: figures with names, units and rules, parts, the letter.
    """

    __tablename__ = "report_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    kind: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    words: Mapped[str | None]
    frozen: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    report: Mapped[Report] = relationship(back_populates="steps")
    by: Mapped[User] = relationship()

    @property
    def step(self) -> StepKind:
        """The kind as a word of the vocabulary."""
        return StepKind(self.kind)
