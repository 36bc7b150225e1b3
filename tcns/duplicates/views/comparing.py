"""Two persons side by side: joined into one, or told apart."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.areas.places import usual_map
from tcns.clock import today
from tcns.duplicates import operations
from tcns.duplicates.blueprint import blueprint
from tcns.duplicates.forms import MergePersonsForm, PairForm
from tcns.duplicates.pairs import Pair, pair_by_ids, pair_of
from tcns.duplicates.queries import help_of
from tcns.i18n import gettext as _
from tcns.i18n import join_words
from tcns.permissions.guards import LARGEST_ID, my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams.members.queries import memberships_until
from tcns.teams.models import Person
from tcns.teams.training.queries import training_of
from tcns.web.idempotency import lead_to, submit_once


def pair_in_address(person_id: int, other_id: int) -> Pair | None:
    """The two persons whom the address names."""
    return pair_by_ids(person_id, other_id) if max(person_id, other_id) <= LARGEST_ID else None


@blueprint.route("/duplicates/<int:person_id>/<int:other_id>", methods=["GET", "POST"])
@requires(Permission.PERSON_WRITE, pair_in_address)
def compare_persons(pair: Pair) -> Response | str:
    """Show what is the same and what differs, and join both into one person."""
    form = MergePersonsForm.of(pair)
    answer = submit_once(
        form,
        lambda: operations.merge_persons(
            *form.kept_and_merged(),
            form.person_text(),
            version=form.version.data,
            by=current_user,
        ),
        lambda _done: _joined(pair.one.standing),
    )
    return answer or _elsewhere(pair) or _comparison(pair, form)


def _joined(kept: Person) -> str:
    """Say that the two are one, and lead to the row that stayed."""
    return lead_to(
        url_for("teams.show_person", person_id=kept.id),
        _("Both are one person now: %(name)s.", name=kept.full_name),
    )


def _elsewhere(pair: Pair) -> Response | None:
    """Where the page of a pair leads of which somebody was merged meanwhile; None else."""
    one, other = pair.standing
    if one is other:
        flash(_("Both are one person already."), "info")
        return redirect(url_for("teams.show_person", person_id=one.id))
    return None if {one, other} == {*pair} else redirect(_page_of(pair_of(one, other)))


def _comparison(pair: Pair, form: MergePersonsForm) -> str:
    return render_template(
        "duplicates/compare_persons.html",
        form=form,
        pair=pair,
        sides=[_side(person) for person in pair],
        apart=operations.distinction_of(pair),
        may_decide=operations.is_in_charge(pair, current_user),
        pair_form=PairForm.of,
    )


def _side(person: Person) -> dict[str, Any]:
    """What is shown of one of the two."""
    scope = my_scope(Permission.PERSON_READ)
    memberships = memberships_until(scope, person, today(), usual_map(today()))
    return {
        "person": person,
        "parts": memberships,
        "elsewhere_count": len(person.memberships) - len(memberships),
        "training": training_of(scope, person),
        "help": help_of(my_scope(Permission.ACTIVITY_READ), person),
    }


@blueprint.post("/duplicates/<int:person_id>/<int:other_id>/tell-apart")
@requires(Permission.PERSON_WRITE, pair_in_address)
def tell_apart(pair: Pair) -> Response:
    """Remember that the two are not the same person, and go on with the list."""
    form = PairForm.of(pair)
    names = {"one": pair.one.full_name, "other": pair.other.full_name}
    answer = submit_once(
        form,
        lambda: operations.tell_apart(pair, version=form.version.data, by=current_user),
        lambda _done: lead_to(
            url_for("duplicates.list_duplicates"),
            _("%(one)s and %(other)s are two persons: remembered.", **names),
        ),
    )
    return answer or _back_to(pair, form)


@blueprint.post("/duplicates/<int:person_id>/<int:other_id>/doubt-again")
@requires(Permission.PERSON_WRITE, pair_in_address)
def doubt_again(pair: Pair) -> Response:
    """Take back that the two were told apart."""
    form = PairForm.of(pair)
    answer = submit_once(
        form,
        lambda: operations.doubt_again(pair, version=form.version.data, by=current_user),
        lambda _done: lead_to(_page_of(pair), _("They may be one person again.")),
    )
    return answer or _back_to(pair, form)


def _back_to(pair: Pair, form: PairForm) -> Response:
    """Lead back to the page of the pair and say what forbids what the button asked for."""
    flash(join_words(form.form_errors), "danger")
    return redirect(_page_of(pair))


def _page_of(pair: Pair) -> str:
    """The address of a pair's page."""
    return url_for("duplicates.compare_persons", person_id=pair.one.id, other_id=pair.other.id)
