"""One's own account: who I am, what I may do where, my password, my devices."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.accounts import device_operations, operations, queries
from tcns.accounts.blueprint import blueprint
from tcns.accounts.device_names import device_name
from tcns.accounts.forms import PasswordForm, ShortcutsForm
from tcns.accounts.sign_in.device_cookie import asker
from tcns.accounts.sign_in.operations import NewPassword, prepare_password, shortest_password
from tcns.areas import queries as areas
from tcns.clock import today
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.permissions.guards import signed_in
from tcns.web.addresses import local_path
from tcns.web.forms import WritingForm
from tcns.web.idempotency import lead_to, submit_once


@blueprint.get("/account")
@signed_in
def show_my_account() -> str:
    """Who I am, my roles and where they hold, the devices I am signed in on."""
    roles = current_user.roles_on(today())
    area_ids = [current_user.home_area_id, *(assignment.area_id for assignment in roles)]
    return render_template(
        "accounts/show_my_account.html",
        user=current_user,
        roles=roles,
        labels=areas.labels(area_ids, areas.map_day()),
        map_day=areas.map_day(),
        devices=queries.sign_ins_of(current_user),
        this_device=g.sign_in_id,
        device_name=device_name,
        new_form=WritingForm,
    )


@blueprint.route("/account/password", methods=["GET", "POST"])
@signed_in
def change_password() -> Response | str:
    """Change my password, knowing the present one; my other devices are signed out."""
    form, answer = PasswordForm(), None
    if form.validate_on_submit():
        outcome = prepare_password(
            current_user, form.old_password.data, form.password.data, asker()
        )
        answer = submit_once(
            form,
            lambda: _set_password(outcome),
            lambda _done: lead_to(
                url_for("accounts.show_my_account"),
                _("Your password is changed. Your other devices are signed out."),
            ),
        )
    return answer or render_template(
        "accounts/change_password.html", form=form, shortest=shortest_password(current_user)
    )


def _set_password(prepared: NewPassword | RuleViolation) -> None:
    """Change my password to one prepared; what speaks against it is said where the form is."""
    if isinstance(prepared, RuleViolation):
        raise prepared
    operations.change_password(
        current_user, kept=prepared.kept, fresh=prepared.fresh, keep_id=g.sign_in_id
    )


@blueprint.post("/account/shortcuts")
@signed_in
def switch_shortcuts() -> Response:
    """Turn my single-key shortcuts on or off for good, and return to the page it was done on."""
    form = ShortcutsForm()
    is_on = form.is_on.data == "1"
    done = _("Single keys work again.") if is_on else _("Single keys do nothing any more.")
    answer = submit_once(
        form,
        lambda: operations.switch_shortcuts(current_user, is_on=is_on, by=current_user),
        lambda _done: lead_to(local_path(request.form.get("back")), done),
    )
    if answer is None:
        flash(_("That was not understood. Nothing is changed."), "error")
    return answer or redirect(url_for("accounts.show_my_account"))


@blueprint.post("/account/devices/end")
@signed_in
def end_my_sign_in() -> Response | str:
    """Sign the device that the form names out; somebody else's is not found."""
    sign_in_id = request.form.get("device", 0, type=int)
    answer = submit_once(
        WritingForm(),
        lambda: device_operations.end_sign_in(
            queries.sign_in_of(current_user, sign_in_id) or abort(404), by=current_user
        ),
        lambda _done: lead_to(url_for("accounts.show_my_account"), _("The device is signed out.")),
    )
    return answer or show_my_account()


@blueprint.post("/account/devices/end-others")
@signed_in
def end_my_other_sign_ins() -> Response | str:
    """Sign all my devices out but the one I am sitting at."""
    answer = submit_once(
        WritingForm(),
        lambda: device_operations.end_sign_ins(current_user, by=current_user, keep_id=g.sign_in_id),
        lambda _done: lead_to(
            url_for("accounts.show_my_account"), _("Your other devices are signed out.")
        ),
    )
    return answer or show_my_account()
