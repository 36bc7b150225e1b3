"""One account: adding it, its page, its one-time codes, closing and opening it."""

from collections.abc import Callable

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.accounts import operations, queries
from tcns.accounts.blueprint import blueprint
from tcns.accounts.credentials.one_time_codes import code_digest, code_expiry, derive_code, is_same
from tcns.accounts.forms import AccountCorrectionForm, AccountForm, CodeForm, RoleForm
from tcns.accounts.models import User
from tcns.accounts.rules import check_may_change, check_not_own
from tcns.accounts.views.places import Places
from tcns.areas import queries as areas
from tcns.clock import now, today
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.permissions.guards import can_open, my_scope, requires
from tcns.permissions.vocabulary import Permission, Role
from tcns.teams.queries import holder_of
from tcns.web.forms import WritingForm
from tcns.web.idempotency import lead_to, submit_once


@blueprint.route("/accounts/add", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_WRITE)
def add_account() -> Response | str:
    """Add an account, and hand out its first one-time code."""
    places = Places(my_scope(Permission.ACCOUNT_WRITE))
    form = AccountForm(full_name=request.args.get("full_name"), area=request.args.get("area"))
    form.offer(places.choices, with_roles=bool(my_scope(Permission.ROLE_GRANT)))

    answer = submit_once(form, lambda: _add(form, places), lambda user: _code_url(user, form))
    return answer or render_template("accounts/add_account.html", form=form)


def _add(form: AccountForm, places: Places) -> User:
    """Add the account with its role, if it is to have one, and its one-time code."""
    area = places.by_code[form.area.data]
    user = operations.add_account(
        full_name=form.full_name.data,
        user_name=form.user_name.data or _user_name_for(form),
        home_area=area,
        by=current_user,
    )
    if form.role and form.role.data:
        operations.grant_role(user, Role(form.role.data), area, by=current_user)
    _give_code(user, form.idempotency_key.data)
    return user


@blueprint.get("/accounts/<int:user_id>")
@requires(Permission.ACCOUNT_READ, User)
def show_account(user: User) -> str:
    """One account: who it is, its roles and where, whether it is in use."""
    form = _role_form() if can_open("accounts.grant_role", user) else None
    return account_page(user, form)


@blueprint.route("/accounts/<int:user_id>/correct", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_WRITE, User)
def correct_account(user: User) -> Response | str:
    """Put the account's full name right, or move it to another area."""
    if not _may_change(user):
        abort(403)
    places, holder = Places(my_scope(Permission.ACCOUNT_WRITE)), holder_of(user)
    form = AccountCorrectionForm.of(user).offer(places.choices, with_name=holder is None)

    answer = submit_once(
        form,
        lambda: operations.correct_account(
            user,
            full_name=form.full_name.data if form.full_name else user.full_name,
            home_area=places.by_code[form.area.data],
            version=form.version.data,
            by=current_user,
        ),
        lambda _done: lead_to(
            url_for("accounts.show_account", user_id=user.id),
            _("The account of %(name)s is corrected.", name=user.full_name),
        ),
    )
    return answer or render_template(
        "accounts/correct_account.html", form=form, user=user, holder=holder
    )


@blueprint.post("/accounts/<int:user_id>/code")
@requires(Permission.ACCOUNT_WRITE, User)
def issue_code(user: User) -> Response:
    """Hand out a one-time code, with which the holder sets a new password."""
    form = CodeForm()
    answer = submit_once(
        form,
        lambda: _give_code(user, form.idempotency_key.data),
        lambda _done: _code_url(user, form),
    )
    return answer or back_to(user, form)


@blueprint.get("/accounts/<int:user_id>/code")
@requires(Permission.ACCOUNT_WRITE, User)
def show_code(user: User) -> str:
    """The slip with the one-time code, for as long as the code can be used."""
    if _refusal(user):
        abort(403)
    secret = str(current_app.secret_key)
    code = derive_code(secret, user.id, request.args.get("key", ""))
    is_current = is_same(user.code_hash, code_digest(secret, user.id, code))
    expires_at = user.code_expires_at
    return render_template(
        "accounts/show_code.html",
        user=user,
        code=code if is_current and expires_at and now() < expires_at else None,
        expires_at=expires_at,
        activation=url_for("accounts.activate", _external=True),
    )


@blueprint.post("/accounts/<int:user_id>/close")
@requires(Permission.ACCOUNT_WRITE, User)
def close_account(user: User) -> Response:
    """Close the account."""
    return pressed(
        user, lambda: operations.close_account(user, by=current_user), _("The account is closed.")
    )


@blueprint.post("/accounts/<int:user_id>/open")
@requires(Permission.ACCOUNT_WRITE, User)
def open_account(user: User) -> Response:
    """Open the account again."""
    return pressed(
        user,
        lambda: operations.open_account(user, by=current_user),
        _("The account is open again."),
    )


@blueprint.post("/accounts/<int:user_id>/sign-ins/end")
@requires(Permission.ACCOUNT_WRITE, User)
def end_sign_ins(user: User) -> Response:
    """Sign all devices of the account out."""
    return pressed(
        user,
        lambda: operations.sign_out_everywhere(user, by=current_user),
        _("All devices of the account are signed out."),
    )


def account_page(user: User, form: RoleForm | None) -> str:
    """The page of one account; with a form of roles for those who may grant one."""
    devices = queries.sign_ins_of(user)
    area_ids = [user.home_area_id, *(assignment.area_id for assignment in user.assignments)]
    return render_template(
        "accounts/show_account.html",
        user=user,
        form=form,
        day=today(),
        labels=areas.labels(area_ids, areas.map_day()),
        device_count=len(devices),
        last_seen=queries.last_seen([user]).get(user.id),
        refusal=_refusal(user),
        can_correct=_may_change(user),
        holder=holder_of(user),
        map_day=areas.map_day(),
        new_form=WritingForm,
    )


def pressed(user: User, operate: Callable[[], object], done: str) -> Response:
    """Carry out a button of the account's page and lead back there with what came of it."""
    form, page = WritingForm(), url_for("accounts.show_account", user_id=user.id)
    return submit_once(form, operate, lambda _done: lead_to(page, done)) or back_to(user, form)


def back_to(user: User, form: WritingForm) -> Response:
    """Lead back to the account's page with what was wrong."""
    for messages in form.errors.values():
        flash(messages[0], "error")
    return redirect(url_for("accounts.show_account", user_id=user.id))


def places_for_roles() -> Places:
    """The areas over which the signed-in user may grant roles."""
    return Places(my_scope(Permission.ROLE_GRANT))


def _user_name_for(form: AccountForm) -> str:
    """The user name of an account for which none was typed."""
    is_official = form.role and form.role.data == Role.COMMUNE_OFFICIAL
    code = form.area.data if is_official else None
    return queries.suggest_user_name(form.full_name.data, commune_code=code)


def _role_form() -> RoleForm:
    """An empty form of roles."""
    return RoleForm(formdata=None).offer(places_for_roles().choices)


def _give_code(user: User, key: str) -> None:
    """Issue the one-time code of the form's idempotency key."""
    secret = str(current_app.secret_key)
    operations.issue_code(
        user,
        digest=code_digest(secret, user.id, derive_code(secret, user.id, key)),
        expires_at=code_expiry(is_first=user.password_hash is None),
        by=current_user,
    )


def _code_url(user: User, form: WritingForm) -> str:
    """Where the slip with the one-time code of a form is shown."""
    return url_for("accounts.show_code", user_id=user.id, key=form.idempotency_key.data)


def _may_change(user: User) -> bool:
    """Whether the signed-in user may change this account."""
    try:
        check_may_change(user, by=current_user)
    except RuleViolation:
        return False
    return True


def _refusal(user: User) -> str | None:
    """Why the signed-in user may not change this account, if a rule says so."""
    try:
        check_not_own(user, by=current_user)
        check_may_change(user, by=current_user)
    except RuleViolation as broken:
        return str(broken.message)
    return None
