"""Tables of teams, establishing decisions, persons and memberships."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, or_, select, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from tcns.accounts.models import User
from tcns.areas.models import Area
from tcns.database import IDS_USED_ONCE, Dated, Model, SortKey, Versioned, interval_check
from tcns.database.id_lists import in_ids
from tcns.files.scans import ScanKind
from tcns.permissions.scope import Scope
from tcns.teams.ownership import HandOver, keeping_part
from tcns.teams.vocabulary import Body, EndReason, MemberRole, Purpose
from tcns.vietnamese import fold, name_sort_key, sort_key


class EstablishingDecision(Versioned, Model):
    """The decision (số, ngày, cơ quan ban hành, trích yếu) that establishes or changes teams."""

    __tablename__ = "establishing_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    issued_on: Mapped[date]
    issuer: Mapped[str]
    summary: Mapped[str]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    search_key: Mapped[str] = mapped_column(index=True)
    scan_key: Mapped[str | None]  # of its file
    scan_kind: Mapped[str | None]
    effects: Mapped[list["TeamDecision"]] = relationship(viewonly=True)

    @property
    def scan(self) -> ScanKind | None:
        """What its scan is, as a word of the vocabulary."""
        return ScanKind(self.scan_kind) if self.scan_kind else None

    @validates("number")
    def _derive_key(self, _field: str, number: str) -> str:
        """Keep the search key in step with the number."""
        self.search_key = self.keys_of(number)["search_key"]
        return number

    @staticmethod
    def keys_of(number: str) -> dict[str, str]:
        """What is derived of a number: the key by which it is searched."""
        return {"search_key": fold(number)}

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Decisions of the areas in the scope, and those about the teams in it."""
        if scope.everything:
            return true()
        about = select(TeamDecision.decision_id).where(in_ids(TeamDecision.team_id, scope.teams))
        return or_(in_ids(cls.area_id, scope.areas), cls.id.in_(about))

    def lies_in(self, scope: Scope) -> bool:
        """Whether the decision belongs to an area of the scope, or is about a team in it."""
        if scope.everything or self.area_id in scope.areas:
            return True
        return any(effect.team_id in scope.teams for effect in self.effects)


class Team(Dated, Versioned, Model):
    """A team of one commune or village; its area never changes.

    Normally one active team per area: a second needs `second_reason`.
    """

    __tablename__ = "team"
    __table_args__ = (
        interval_check(),
        Index(None, "area_id", "valid_from", "valid_to"),
        IDS_USED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    name: Mapped[str]
    search_key: Mapped[str] = mapped_column(index=True)
    sort_key: Mapped[str] = mapped_column(SortKey)
    second_reason: Mapped[str | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    area: Mapped[Area] = relationship()
    decisions: Mapped[list["TeamDecision"]] = relationship(back_populates="team")
    memberships: Mapped[list["Membership"]] = relationship(back_populates="team")

    @validates("name")
    def _derive_keys(self, _field: str, name: str) -> str:
        """Keep the search and sort keys in step with the name."""
        keys = self.keys_of(name)
        self.search_key, self.sort_key = keys["search_key"], keys["sort_key"]
        return name

    @staticmethod
    def keys_of(name: str) -> dict[str, str]:
        """What is derived of a name: the keys by which it is searched and sorted."""
        return {"search_key": fold(name), "sort_key": sort_key(name)}

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Teams of the areas in the scope, and the scope's own teams."""
        if scope.everything:
            return true()
        return or_(in_ids(cls.area_id, scope.areas), in_ids(cls.id, scope.teams))

    def lies_in(self, scope: Scope) -> bool:
        """Whether the team's area, or the team itself, belongs to the scope."""
        return scope.everything or self.area_id in scope.areas or self.id in scope.teams


class TeamDecision(Model):
    """What a decision did to a team: one decision may cover many teams."""

    __tablename__ = "team_decision"

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    decision_id: Mapped[int] = mapped_column(
        ForeignKey("establishing_decision.id"), primary_key=True, index=True
    )
    purpose: Mapped[str] = mapped_column(primary_key=True)
    team: Mapped[Team] = relationship(back_populates="decisions")
    decision: Mapped[EstablishingDecision] = relationship()

    @property
    def kind(self) -> Purpose:
        """The purpose as a word of the vocabulary."""
        return Purpose(self.purpose)


class Person(Versioned, Model):
    """Somebody who is, or was, in a team; in two teams still one person.

    `phone` is E.164, neither required nor unique: families share one. `user_id` is the account
    the person signs in with, if any. `handed_to_id` is the team to whose commune the person's data
    were handed over. Who turned out to be on file twice is merged into the other
    row, keeps no membership, and stands in no list.
    """

    __tablename__ = "person"
    __table_args__ = IDS_USED_ONCE

    id: Mapped[int] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    search_key: Mapped[str] = mapped_column(index=True)
    sort_key: Mapped[str] = mapped_column(SortKey, index=True)
    phone: Mapped[str | None] = mapped_column(index=True)
    birth_year: Mapped[int | None]
    sex: Mapped[str | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), unique=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    handed_to_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    handed_over_on: Mapped[date | None]
    user: Mapped[User | None] = relationship()
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="person", order_by="Membership.valid_from, Membership.id"
    )
    merged_into: Mapped["Person | None"] = relationship(remote_side=[id])

    @property
    def standing(self) -> "Person":
        """The row that stands for the person: this one, unless it was merged into another."""
        person = self
        while person.merged_into is not None:
            person = person.merged_into
        return person

    @validates("full_name")
    def _derive_keys(self, _field: str, full_name: str) -> str:
        """Keep the search and sort keys in step with the name."""
        keys = self.keys_of(full_name)
        self.search_key, self.sort_key = keys["search_key"], keys["sort_key"]
        return full_name

    @staticmethod
    def keys_of(full_name: str) -> dict[str, str]:
        """What is derived of a name: the keys by which a person is searched and sorted."""
        return {"search_key": fold(full_name), "sort_key": name_sort_key(full_name)}

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Persons with a membership, present or past, in a team of the scope.

        Who was merged into another has none.
        """
        if scope.everything:
            return cls.merged_into_id.is_(None)
        return cls.id.in_(
            select(Membership.person_id).join(Membership.team).where(Team.within(scope))
        )

    def lies_in(self, scope: Scope) -> bool:
        """Whether a membership of the person, present or past, lies in the scope."""
        return scope.everything or any(m.team.lies_in(scope) for m in self.memberships)

    @property
    def hand_over(self) -> HandOver | None:
        """To which team the person's data were handed over, if they were."""
        if self.handed_to_id is None or self.handed_over_on is None:
            return None
        return HandOver(self.handed_to_id, self.handed_over_on)

    def keeping_membership(self, day: date) -> "Membership | None":
        """The membership whose commune keeps the person's data on a day."""
        return keeping_part(self.memberships, day, self.hand_over)


class Membership(Dated, Versioned, Model):
    """A person's part in a team for a time; a change of role closes one and opens another.

    `end_reason` says why it ended, if it did and that is known.
    """

    __tablename__ = "membership"
    __table_args__ = (
        interval_check(),
        Index(None, "team_id", "valid_from", "valid_to", "person_id"),
        Index(None, "person_id", "valid_from"),
        # Two leaders for good are impossible even when two officials save at the same instant.
        Index(
            "uq_membership_present_leader",
            "team_id",
            unique=True,
            sqlite_where=text("role = 'leader' AND valid_to IS NULL"),
            postgresql_where=text("role = 'leader' AND valid_to IS NULL"),
        ),
        IDS_USED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    role: Mapped[str]
    body: Mapped[str | None]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("establishing_decision.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    end_reason: Mapped[str | None]
    person: Mapped[Person] = relationship(back_populates="memberships")
    team: Mapped[Team] = relationship(back_populates="memberships")

    @property
    def member_role(self) -> MemberRole:
        """The role as a word of the vocabulary."""
        return MemberRole(self.role)

    @property
    def member_body(self) -> Body | None:
        """The body as a word of the vocabulary."""
        return Body(self.body) if self.body else None

    @property
    def ended_because(self) -> EndReason | None:
        """Why it ended, as a word of the vocabulary."""
        return EndReason(self.end_reason) if self.end_reason else None

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Memberships of the teams in the scope."""
        if scope.everything:
            return true()
        return cls.team_id.in_(select(Team.id).where(Team.within(scope)))

    def lies_in(self, scope: Scope) -> bool:
        """Whether the membership's team lies in the scope."""
        return self.team.lies_in(scope)


class Training(Versioned, Model):
    """A course a person took, self-declared until an official verifies it; one on file that is not
    completed yet has no day on which it was finished."""

    __tablename__ = "training"
    __table_args__ = IDS_USED_ONCE

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    platform: Mapped[str]
    course: Mapped[str]
    finished_on: Mapped[date | None]
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"), index=True)
    certificate_number: Mapped[str | None]
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    verified_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Training of the persons in the scope."""
        if scope.everything:
            return true()
        return cls.person_id.in_(select(Person.id).where(Person.within(scope)))

    def lies_in(self, scope: Scope) -> bool:
        """Whether the person lies in the scope."""
        return self.person.lies_in(scope)
