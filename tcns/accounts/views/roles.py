"""Granting and revoking roles."""

from flask import url_for
from flask_login import current_user
from werkzeug import Response

from tcns.accounts import operations
from tcns.accounts.blueprint import blueprint
from tcns.accounts.forms import RoleForm
from tcns.accounts.models import RoleAssignment, User
from tcns.accounts.views.administration import account_page, places_for_roles, pressed
from tcns.i18n import gettext as _
from tcns.permissions.guards import requires
from tcns.permissions.vocabulary import Permission, Role
from tcns.web.idempotency import lead_to, submit_once


@blueprint.post("/accounts/<int:user_id>/roles")
@requires(Permission.ROLE_GRANT, User)
def grant_role(user: User) -> Response | str:
    """Grant a role over an area."""
    places = places_for_roles()
    form = RoleForm().offer(places.choices)

    answer = submit_once(
        form,
        lambda: operations.grant_role(
            user, Role(form.role.data), places.by_code[form.area.data], by=current_user
        ),
        lambda _role: lead_to(
            url_for("accounts.show_account", user_id=user.id),
            _("The role is granted. The devices of the account are signed out."),
        ),
    )
    return answer or account_page(user, form)


@blueprint.post("/accounts/roles/<int:assignment_id>/revoke")
@requires(Permission.ROLE_GRANT, RoleAssignment)
def revoke_role(assignment: RoleAssignment) -> Response:
    """Revoke a role as of today."""
    return pressed(
        assignment.user,
        lambda: operations.revoke_role(assignment, by=current_user),
        _("The role is revoked. The devices of the account are signed out."),
    )
