"""Pages of those who take part in a course: shown, enrolled, completed, given out."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.activities.entry.queries import teams_to_log_for
from tcns.areas import queries as areas
from tcns.areas.places import has_districts
from tcns.clock import today
from tcns.i18n import format_day, join_words, ngettext
from tcns.i18n import gettext as _
from tcns.permissions.guards import LARGEST_ID, my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.sending import send_rows
from tcns.teams.blueprint import blueprint
from tcns.teams.phone_views import decide_phones, write_phone
from tcns.teams.queries import team_by_id
from tcns.teams.training import course_operations
from tcns.teams.training.course_forms import CompleteForm, EnrolForm
from tcns.teams.training.course_queries import candidates_of, participants_of
from tcns.teams.training.models import Course
from tcns.teams.training.rules import may_change_course, may_vouch
from tcns.teams.training.spreadsheet import participant_columns
from tcns.web.idempotency import lead_to, submit_once


@blueprint.get("/courses/<int:course_id>")
@requires(Permission.PERSON_READ, Course)
def show_course(course: Course) -> str:
    """A course and those of the visitor's who take or took part."""
    found = participants_of(my_scope(Permission.PERSON_READ), course, today(), areas.map_day())
    return render_template(
        "teams/training/show_course.html",
        course=course,
        participants=found,
        completed=[one for one in found if one.training.finished_on],
        may_complete=[
            one
            for one in found
            if not one.training.finished_on and may_vouch(one.person, current_user)
        ],
        may_change=may_change_course(course, current_user),
        form=CompleteForm(),
    )


@blueprint.get("/courses/<int:course_id>/export")
@requires(Permission.PERSON_EXPORT, Course)
def export_participants(course: Course) -> Any:
    """The file of those who take or took part."""
    map_on = areas.map_day()
    found = participants_of(my_scope(Permission.PERSON_EXPORT), course, today(), map_on)
    decide_phones([one.person.id for one in found])
    when = _("As on file on %(day)s", day=format_day(today()))
    columns = participant_columns(course, write_phone, has_districts=has_districts(map_on))
    return send_rows(found, columns, lines=[course.name, course.organiser, when])


@blueprint.post("/courses/<int:course_id>/complete")
@requires(Permission.PERSON_WRITE, Course)
def complete_course(course: Course) -> Response:
    """Say which of those enrolled completed the course."""
    form = CompleteForm()
    answer = submit_once(
        form,
        lambda: course_operations.complete(
            course, form.chosen.data, form.finished_on.data, by=current_user
        ),
        lambda done: lead_to(page_of(course), completed(len(done))),
    )
    if answer is None:
        messages = [str(one) for errors in form.errors.values() for one in errors]
        flash(join_words(messages), "danger")
    return answer or redirect(page_of(course))


def completed(count: int) -> str:
    """How many completed it now."""
    return ngettext(
        "%(num)s member completed the course.", "%(num)s members completed the course.", count
    )


@blueprint.get("/courses/<int:course_id>/enrol")
@requires(Permission.PERSON_WRITE, Course)
def choose_team_to_enrol(course: Course) -> Response | str:
    """Choose the team whose members take part."""
    asked = request.args.get("team", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        return redirect(url_for("teams.enrol_members", course_id=course.id, team_id=int(asked)))
    teams = teams_to_log_for(my_scope(Permission.PERSON_WRITE), today())
    return render_template("teams/training/choose_team_to_enrol.html", course=course, teams=teams)


@blueprint.route("/courses/<int:course_id>/enrol/<int:team_id>", methods=["GET", "POST"])
@requires(Permission.PERSON_WRITE, Course)
def enrol_members(course: Course, team_id: int) -> Response | str:
    """Let members of a team take part in a course."""
    scope = my_scope(Permission.PERSON_WRITE)
    team = team_by_id(scope, team_id) if team_id <= LARGEST_ID else None
    if team is None:
        abort(404)
    form = EnrolForm()
    found = candidates_of(scope, course, team, today())
    form.offer(one.person for one in found if not one.is_enrolled)
    answer = submit_once(
        form,
        lambda: course_operations.enrol(
            course, [one.person for one in found], form.persons.data, by=current_user
        ),
        lambda done: lead_to(page_of(course), enrolled(len(done))),
    )
    return answer or render_template(
        "teams/training/enrol_members.html",
        course=course,
        team=team,
        form=form,
        enrolled=[one.person for one in found if one.is_enrolled],
    )


def enrolled(count: int) -> str:
    """How many take part now."""
    return ngettext("%(num)s member is enrolled.", "%(num)s members are enrolled.", count)


def page_of(course: Course) -> str:
    """The address of a course's page."""
    return url_for("teams.show_course", course_id=course.id)
