"""The pages of the templates that a province puts in."""

import io
from collections.abc import Callable

from flask import Response, abort, flash, redirect, render_template, send_file, url_for
from flask_login import current_user
from werkzeug import Response as Led
from werkzeug.datastructures import FileStorage

from tcns.areas import queries as areas
from tcns.areas.agencies.queries import agency_of
from tcns.areas.models import Area
from tcns.documents import operations
from tcns.documents.blueprint import blueprint
from tcns.documents.forms import ChosenTemplateForm, TemplateForm
from tcns.documents.heads import head_of, signature_of
from tcns.documents.queries import content_of, template_by_id, templates
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.letters.content import Column, Letter, Section, Table
from tcns.letters.docx import DOCX, as_docx
from tcns.letters.template import default_template
from tcns.permissions.guards import requires
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.sending import attachment
from tcns.web.forms import WritingForm
from tcns.web.idempotency import lead_to, submit_once
from tcns.web.uploads import takes_file

LARGEST_TEMPLATE = 5 * 1024 * 1024


def province_served(**_values: object) -> Area | None:
    """The province of this installation: whoever may change its areas may change its templates."""
    return areas.province(areas.map_day())


@blueprint.route("/documents/templates", methods=["GET", "POST"])
@requires(Permission.AREA_WRITE, province_served)
@takes_file(LARGEST_TEMPLATE)
def list_templates(province: Area) -> Led | str:
    """The templates there are; another one is tried before it is kept."""
    form, answer = TemplateForm(), None
    if form.validate_on_submit():
        try:
            content, name = _tried(form.file.data, province)
        except RuleViolation as broken:
            form.add_error(broken)
        else:
            answer = submit_once(
                form,
                lambda: operations.put_in(content, name, by=current_user),
                lambda _kept: lead_to(
                    url_for("documents.list_templates"),
                    _("The template is sound. Look at the sample, then use it."),
                ),
            )
    return answer or render_template(
        "documents/list_templates.html",
        form=form,
        templates=templates(),
        choice=ChosenTemplateForm(),
    )


def _tried(file: object, province: Area) -> tuple[bytes, str]:
    """A template that a sample could be written into; raises RuleViolation."""
    if not isinstance(file, FileStorage) or not file.filename:
        raise RuleViolation(_("Choose a file."), "file")
    content = file.stream.read()
    as_docx(_sample(province), content)
    return content, file.filename


def _sample(province: Area) -> Letter:
    """A document of invented content that has every part."""
    agency = agency_of(province, areas.map_day())
    columns = (Column("STT", 0.5, "center"), Column("Nội dung", 4), Column("Số lượng", 1, "right"))
    table = Table(columns, (("1", "Dòng mẫu", "1.234"),), "Bảng 1. Bảng mẫu", ("", "Cộng", "1.234"))
    return Letter(
        head=head_of(agency, "BC"),
        kind="Báo cáo",
        subject="Văn bản mẫu để xem thử",
        sections=(Section("I. ĐỀ MỤC MẪU", 1, ("Đoạn văn mẫu.",), (table,)),),
        signatures=(signature_of(agency),),
        receivers=("Nơi nhận mẫu", "Lưu: VT"),
    )


@blueprint.get("/documents/templates/usual")
@requires(Permission.AREA_WRITE, province_served)
def send_usual_template(province: Area) -> Response:
    """The usual template, to be changed in Word and put in."""
    return _attached(default_template(), _("Template for documents"))


@blueprint.get("/documents/templates/<int:template_id>/sample")
@requires(Permission.AREA_WRITE, province_served)
def send_sample(province: Area, template_id: int) -> Response | Led:
    """A sample written into a template."""
    if template_by_id(template_id) is None:
        abort(404)
    content = content_of(template_id)
    if content is None:
        flash(_("The file of the template is lost. Put it in again."), "warning")
        return redirect(url_for("documents.list_templates"))
    return _attached(as_docx(_sample(province), content), _("Sample document"))


def _attached(content: bytes, title: str) -> Response:
    """A Word file to keep."""
    answer = send_file(io.BytesIO(content), mimetype=DOCX)
    answer.headers["Content-Disposition"] = attachment(title, "docx")
    return answer


@blueprint.post("/documents/templates/use")
@requires(Permission.AREA_WRITE, province_served)
def use_template(province: Area) -> Led:
    """Write documents into the chosen template from now on, or into the usual one."""
    form = ChosenTemplateForm()
    template = template_by_id(form.chosen())
    return _answered(
        form,
        lambda: operations.use(template, by=current_user),
        _("Documents are written into the chosen template from now on."),
    )


@blueprint.post("/documents/templates/<int:template_id>/remove")
@requires(Permission.AREA_WRITE, province_served)
def remove_template(province: Area, template_id: int) -> Led:
    """Remove a template; its file goes with the next clean-up."""
    template = template_by_id(template_id)
    if template is None:
        abort(404)
    return _answered(
        WritingForm(),
        lambda: operations.remove(template, by=current_user),
        _("The template is removed."),
    )


def _answered(form: WritingForm, operate: Callable[[], None], said: str) -> Led:
    """Press a button once, and lead back to the templates."""
    back = url_for("documents.list_templates")
    answer = submit_once(form, operate, lambda _done: lead_to(back, said))
    return answer or redirect(back)
