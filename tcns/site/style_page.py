"""`/style`: every component of the pages in one place, with full, single, missing and extreme
figures. It belongs to `make dev` and is no part of what is served to others."""

from flask import Blueprint, Response, abort, render_template
from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice

from tcns.charts.slides import slide_png, slide_svg
from tcns.permissions.guards import public
from tcns.site import style_samples
from tcns.web.forms import BaseForm

blueprint = Blueprint("style", __name__)

NOTE = "Số buổi theo kỳ báo cáo tháng, toàn tỉnh. Cộng 11 kỳ: 18.884 buổi, tăng 27,0%"
FOOT = (
    "Nguồn: sổ buổi hoạt động của xã, phường. Số liệu đến 14:05 ngày 29/11/2026. Dữ liệu minh họa."
)
TONES = {
    "ink": "#1f2933",
    "soft": "#4a5866",
    "red": "#a3161d",
    "gold": "#ffd24d",
    "link": "#0b5cad",
    "data": "#0b4f9c",
    "then": "#76828f",
    "attention": "#b4500b",
    "worse": "#9a4207",
    "better": "#0a6566",
    "line": "#d5dbe1",
    "ground": "#f4f6f8",
}


class StyleForm(BaseForm):
    """One field of each kind."""

    name = StringField("Tên tổ")
    day = DateField("Ngày thành lập")
    kind = SelectField(
        "Loại địa bàn", choices=[SelectChoice("village", "Thôn"), SelectChoice("commune", "Xã")]
    )
    role = RadioField(
        "Vai trò",
        choices=[SelectChoice("leader", "Tổ trưởng"), SelectChoice("member", "Thành viên")],
    )


@blueprint.route("/style")
@public
def show_style() -> str:
    """All components."""
    form = StyleForm(meta={"csrf": False})
    form.name.errors = ["Nhập tên tổ."]
    return render_template("site/show_style.html", form=form, samples=style_samples, tones=TONES)


@blueprint.route("/style/<name>.<any(svg, png):kind>")
@public
def show_slide(name: str, kind: str) -> Response:
    """A chart of the page as a slide."""
    chart = style_samples.slides().get(name)
    if chart is None:
        abort(404)
    title = "Tháng nào năm 2026 cũng nhiều buổi hơn năm 2025"
    if kind == "svg":
        return Response(slide_svg(chart, title, NOTE, FOOT), mimetype="image/svg+xml")
    return Response(slide_png(chart, title, NOTE, FOOT), mimetype="image/png")
