"""What the scripts of a phone say: they have no catalogue of their own, so pages bring the words.

What stands in braces the script puts in.
"""

from collections.abc import Mapping
from typing import Any

from tcns.i18n import lazy_gettext as _l

# The line under the band, by state.
LINE = {
    "full": _l("The phone is full. The session is not saved yet: remove photographs or send now."),
    "refused": _l("Sessions not accepted: {count}"),
    "conflict": _l("Sessions with two versions: {count}"),
    "offline": _l("No signal. Sessions can be logged as usual."),
    "offline_stored": _l("No signal. Sessions saved on this phone: {count}"),
    "offline_photos": _l("No signal. Photographs saved on this phone: {count}"),
    "stored": _l("Sessions saved on this phone: {count}"),
    "photos": _l("Photographs saved on this phone: {count}"),
    "busy": _l("The system is busy. Sent again at {time}"),
    "sending": _l("Sending 1 of {all} sessions"),
    "signed_out": _l("Your sign-in has ended. Sign in and sending goes on."),
    "closed": _l("The account is closed. Call the commune's official."),
    "others": _l("Sessions of another account wait on this phone"),
    "update": _l("There is a new version. What waits to be sent stays. Update"),
    "all_sent": _l("All sent at {time}"),
}
# The notebook's own page.
SHELL = {
    "signed_out": LINE["signed_out"],
    "closed": LINE["closed"],
    "participants": _l("{count} participants"),
    "households": _l("{count} households"),
    "photos": _l("{count} photographs"),
    "no_photos": _l("no photographs"),
    "photos_kept": _l("Photographs of this session already on the phone: {count}."),
    "photos_left": _l("The figures are received. Photographs that wait: {count}."),
    "photos_most": _l("A session has at most 6 photographs."),
    "photo_unreadable": _l("{name} could not be opened: take it again or leave it out."),
    "photo_refused": _l("Photograph {number} was not accepted: {message} The rest is received."),
    "received": _l("The system received it at {moment}."),
    "busy": _l("The system is busy; it is sent again by itself."),
    "clock": _l("The phone's clock says {day}: it is sent all the same, marked “wrong clock”."),
    "badge_stored": _l("Saved on the phone"),
    "badge_sending": _l("Sending"),
    "badge_waiting": _l("Again at {time}"),
    "badge_photos": _l("Photographs wait"),
    "badge_sent": _l("Sent"),
    "badge_refused": _l("Not accepted"),
    "badge_conflict": _l("Two versions"),
    "state_stored": _l("Saved on this phone"),
    "state_sending": _l("Sending"),
    "state_waiting": _l("The system is busy"),
    "state_photos": _l("Photographs wait on this phone"),
    "state_sent": _l("Sent"),
    "state_refused": _l("Not accepted by the system"),
    "state_conflict": _l("Two versions"),
    "about_stored": _l(
        "Not sent yet. With signal it is sent by itself; nothing has to be written again."
    ),
    "about_sending": _l("Switched off or without signal now, nothing is lost or sent twice."),
    "about_waiting": _l("It is sent again by itself at {time}."),
    "about_photos": _l(
        "The system received the figures at {moment}. "
        "With signal the photographs follow by themselves."
    ),
    "about_sent": _l("The system received it at {moment}. The commune's official reviews it."),
    "about_refused": _l("The session is still on this phone; nothing is lost."),
    "about_conflict": _l("The session is on file with other content. Both are kept."),
    "act_choose": _l("Look and choose a version"),
    "closed_month": _l("Once the month is open again, press “Send now”."),
    "act_ask": _l("Ask to open the month"),
    "act_edit": _l("Edit"),
    "act_edit_day": _l("Correct the day"),
    "act_delete": _l("Delete"),
    "act_confirm": _l("The figures are right: send"),
    "act_drop_photo": _l("Leave this photograph out"),
    "act_open": _l("Open the session"),
    "act_sign_in": _l("Sign in and send"),
    "both_said": _l("{title} is on file. The version on this phone differs in {count} points."),
    "differs": _l("{label}: {saved} in the system, {sent} on this phone."),
    "not_recorded": _l("not recorded"),
}


def in_words(words: Mapping[str, Any]) -> dict[str, str]:
    """Words in the language of the page."""
    return {name: str(text) for name, text in words.items()}
