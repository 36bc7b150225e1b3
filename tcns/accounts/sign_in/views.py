"""Getting in and out: signing in, setting a password by a one-time code, signing out."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.accounts.blueprint import blueprint
from tcns.accounts.device_names import LONGEST_HEADER
from tcns.accounts.forms import ActivationForm, SignInForm
from tcns.accounts.sign_in.device_cookie import asker, keep_device
from tcns.accounts.sign_in.operations import Admission, Visitor, admit_by_code, admit_by_password
from tcns.accounts.sign_in.session_cookie import forget_in_cookie, remember_in_cookie
from tcns.accounts.sign_in.throttling import TooManyTries
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.permissions.guards import public
from tcns.web.addresses import local_path
from tcns.web.form_restore import Typed, read_typed

Answer = Response | tuple[str, int, dict[str, str]] | str


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Answer:
    """Sign in by user name and password, then go on to where the visitor was led away from."""
    form, back = SignInForm(), local_path(request.args.get("back"))
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(back)
    if not form.validate_on_submit():
        return render_template("accounts/sign_in/sign_in.html", form=form)
    try:
        admission = admit_by_password(form.user_name.data, form.password.data, _visitor(form))
    except RuleViolation as broken:
        return _turned_away("accounts/sign_in/sign_in.html", form, broken)
    typed = read_typed(form.typed.data)
    return _let_in(admission, back, typed)


@blueprint.route("/activate", methods=["GET", "POST"])
@public
def activate() -> Answer:
    """Set a password by a one-time code, and be signed in."""
    form = ActivationForm(user_name=request.args.get("user_name"))
    if not form.validate_on_submit():
        return render_template("accounts/sign_in/activate.html", form=form)
    try:
        admission = admit_by_code(
            form.user_name.data,
            form.code.data,
            form.password.data,
            _visitor(form),
            secret=str(current_app.secret_key),
        )
    except RuleViolation as broken:
        return _turned_away("accounts/sign_in/activate.html", form, broken)
    return _let_in(admission, url_for("home.show_home"))


@blueprint.post("/sign-out")
@public
def sign_out() -> Response:
    """Sign this device out: its key opens nothing any more, even if somebody kept the cookie.

    It asks nobody who is signed in: even where the database does not answer, the browser is out.
    The browser forgets the pages it keeps, and nothing else: what a phone has yet to send stays.
    """
    if forget_in_cookie():
        flash(_("You are signed out."), "success")
        answer = redirect(url_for("accounts.sign_in"))
    else:
        frame = current_app.jinja_env.get_template("accounts/sign_in/sign_out.html")
        answer = Response(frame.render(), mimetype="text/html")
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _visitor(form: SignInForm | ActivationForm) -> Visitor:
    """Who is asking."""
    device = request.user_agent.string[:LONGEST_HEADER]
    return Visitor(asker(), device, own_phone=form.own_phone.data)


def _let_in(admission: Admission, back: str, typed: Typed = ()) -> Response:
    """Hand over the keys and lead on, to what was typed before if there was anything."""
    remember_in_cookie(admission.key, permanent=admission.permanent)
    resumed = "accounts/sign_in/resume.html"
    answer = render_template(resumed, back=back, typed=typed) if typed else redirect(back)
    return keep_device(answer, admission.device_key)


def _turned_away(template: str, form: SignInForm | ActivationForm, broken: RuleViolation) -> Answer:
    """The form again with what was wrong; 429 and how long to wait after too many tries."""
    form.add_error(broken)
    page = render_template(template, form=form)
    if isinstance(broken, TooManyTries):
        return page, 429, {"Retry-After": str(broken.seconds)}
    return page
