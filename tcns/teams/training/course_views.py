"""Pages of courses: the list with its file; recorded, corrected, removed."""

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.areas import queries as areas
from tcns.areas.place_forms import lines_on_top
from tcns.areas.places import has_districts
from tcns.clock import today
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.sending import send_list
from tcns.teams.blueprint import blueprint
from tcns.teams.training import course_operations
from tcns.teams.training.course_forms import (
    CourseFilterForm,
    CourseForm,
    RecordCourseForm,
    WithdrawCourseForm,
)
from tcns.teams.training.course_queries import (
    CourseFilter,
    CourseRow,
    authorities,
    course_rows,
    courses_in,
)
from tcns.teams.training.models import Course
from tcns.teams.training.rules import may_change_course
from tcns.teams.training.spreadsheet import course_columns
from tcns.teams.vocabulary import PLATFORMS
from tcns.web.idempotency import lead_to, submit_once
from tcns.web.paging import paginate, same_filters
from tcns.web.sorting import wanted_order


def wanted_courses() -> tuple[CourseFilterForm, CourseFilter]:
    """The filters of the list as the address gives them."""
    form = CourseFilterForm.from_address()
    place = form.place(my_scope(Permission.AREA_READ), today())
    return form, CourseFilter(place, form.value("q") or "", wanted_order())


def rows_of(wanted: CourseFilter, found: Any) -> list[CourseRow]:
    """What the list shows of some of its courses."""
    scope = my_scope(Permission.PERSON_READ)
    return course_rows(scope, scope, found, wanted.place.map_on)


@blueprint.get("/courses")
@requires(Permission.PERSON_READ)
def list_courses() -> str:
    """The courses that members are sent to."""
    form, wanted = wanted_courses()
    page = paginate(courses_in(my_scope(Permission.PERSON_READ), wanted))
    return render_template(
        "teams/training/list_courses.html",
        form=form,
        page=page,
        rows=rows_of(wanted, [row.Course for row in page.rows]),
        export_url=same_filters("teams.export_courses"),
    )


@blueprint.get("/courses/export")
@requires(Permission.PERSON_READ)
def export_courses() -> Any:
    """The file of the list; a list with an unclear filter is not exported."""
    form, wanted = wanted_courses()
    if form.errors:
        return redirect(same_filters("teams.list_courses"))
    return send_list(
        courses_in(my_scope(Permission.PERSON_READ), wanted),
        lambda found: rows_of(wanted, found),
        course_columns(has_districts=has_districts(wanted.place.map_on)),
        lines=lines_on_top(
            _("Courses"),
            form,
            wanted.place,
            _("As on file on %(day)s", day=format_day(today())),
        ),
        area_id=wanted.place.area_id,
    )


@blueprint.route("/courses/record", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE)
def record_course() -> Response | str:
    """Put a course on file."""
    form = RecordCourseForm()
    form.offer(authorities(my_scope(Permission.TEAM_WRITE), areas.map_day()))
    answer = submit_once(
        form,
        lambda: course_operations.record_course(form.area(), form.text(), by=current_user),
        lambda course: lead_to(
            url_for("teams.show_course", course_id=course.id),
            _("The course %(course)s is on file.", course=course.name),
        ),
    )
    return answer or render_template(
        "teams/training/record_course.html", form=form, platforms=PLATFORMS
    )


@blueprint.route("/courses/<int:course_id>/correct", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Course)
def correct_course(course: Course) -> Response | str:
    """Correct what is said of a course."""
    if not may_change_course(course, current_user):
        abort(403)
    form = CourseForm.of(course)
    answer = submit_once(
        form,
        lambda: course_operations.correct_course(
            course, form.text(), version=form.version.data, by=current_user
        ),
        lambda _done: lead_to(
            url_for("teams.show_course", course_id=course.id),
            _("The course %(course)s is corrected.", course=course.name),
        ),
    )
    return answer or render_template(
        "teams/training/correct_course.html", form=form, course=course, platforms=PLATFORMS
    )


@blueprint.route("/courses/<int:course_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Course)
def withdraw_course(course: Course) -> Response | str:
    """Remove a course that was entered by mistake."""
    if not may_change_course(course, current_user):
        abort(403)
    form, name = WithdrawCourseForm.of(course), course.name
    answer = submit_once(
        form,
        lambda: course_operations.withdraw_course(
            course, version=form.version.data, by=current_user
        ),
        lambda _done: lead_to(
            url_for("teams.list_courses"), _("The course %(course)s is removed.", course=name)
        ),
    )
    return answer or render_template(
        "teams/training/withdraw_course.html", form=form, course=course
    )
