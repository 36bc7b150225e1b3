"""Pages of one's own saved questions."""

from flask import render_template, request, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.coverage.presets import operations
from tcns.coverage.presets.forms import DeletePresetForm, NewPresetForm, PresetForm, asked_in
from tcns.coverage.presets.models import Preset
from tcns.coverage.presets.queries import preset_of, presets_of
from tcns.coverage.views import blueprint
from tcns.i18n import gettext as _
from tcns.permissions.guards import LARGEST_ID, requires
from tcns.permissions.vocabulary import Permission
from tcns.web.idempotency import lead_to, submit_once


def own_preset(preset_id: int) -> Preset | None:
    """The saved question of an id, where it is the visitor's own."""
    return preset_of(current_user, preset_id) if preset_id <= LARGEST_ID else None


@blueprint.get("/coverage/presets")
@requires(Permission.COVERAGE_READ)
def list_presets() -> str:
    """One's own saved questions."""
    return render_template("coverage/presets/list_presets.html", presets=presets_of(current_user))


@blueprint.route("/coverage/presets/add", methods=["GET", "POST"])
@requires(Permission.COVERAGE_READ)
def add_preset() -> Response | str:
    """Save the question that the address carries along."""
    form = NewPresetForm(data={"query": asked_in(request.args.get("query"))})
    answer = submit_once(
        form,
        lambda: operations.save_preset(
            form.name.data, form.query.data, is_default=form.opens_page.data, by=current_user
        ),
        lambda preset: lead_to(
            f"{url_for('coverage.show_coverage')}?{preset.query}", _("The view is saved.")
        ),
    )
    return answer or render_template("coverage/presets/add_preset.html", form=form)


@blueprint.route("/coverage/presets/<int:preset_id>/correct", methods=["GET", "POST"])
@requires(Permission.COVERAGE_READ, own_preset)
def correct_preset(preset: Preset) -> Response | str:
    """Call a saved question otherwise, or make it the default."""
    form = PresetForm.of(preset)
    answer = submit_once(
        form,
        lambda: operations.correct_preset(
            preset,
            form.name.data,
            is_default=form.opens_page.data,
            version=form.version.data,
            by=current_user,
        ),
        lambda _done: lead_to(url_for("coverage.list_presets"), _("The view is corrected.")),
    )
    return answer or render_template(
        "coverage/presets/correct_preset.html", form=form, preset=preset
    )


@blueprint.route("/coverage/presets/<int:preset_id>/delete", methods=["GET", "POST"])
@requires(Permission.COVERAGE_READ, own_preset)
def delete_preset(preset: Preset) -> Response | str:
    """Delete a saved question."""
    form = DeletePresetForm.of(preset)
    answer = submit_once(
        form,
        lambda: operations.delete_preset(preset, version=form.version.data, by=current_user),
        lambda _done: lead_to(url_for("coverage.list_presets"), _("The view is deleted.")),
    )
    return answer or render_template(
        "coverage/presets/delete_preset.html", form=form, preset=preset
    )
