"""The page of a commune's week."""

from flask import Blueprint, render_template

from tcns.digests.vocabulary import Digest
from tcns.notices.models import Notice
from tcns.notices.views import own_notice
from tcns.notices.vocabulary import NoticeKind
from tcns.permissions.guards import requires
from tcns.permissions.vocabulary import Permission

blueprint = Blueprint("digests", __name__)


def own_digest(notice_id: int) -> Notice | None:
    """The visitor's own notice of this id, if it tells of a week."""
    notice = own_notice(notice_id)
    return notice if notice and notice.what is NoticeKind.WEEKLY_DIGEST else None


@blueprint.get("/notices/<int:notice_id>/week")
@requires(Permission.AREA_READ, own_digest)
def show_digest(notice: Notice) -> str:
    """How the commune stood that day, with the way to each list as it is now."""
    return render_template("digests/show_digest.html", digest=Digest.of_facts(notice.facts))
