"""What the trail calls records and their fields."""

from flask_babel.speaklater import LazyString

from tcns.i18n import lazy_gettext as _l

RECORDS = {
    "activity": _l("Session"),
    "area": _l("Area"),
    "deployment": _l("Installation"),
    "establishing_decision": _l("Decision"),
    "import": _l("Imported file"),
    "indicator": _l("Indicator"),
    "membership": _l("Membership"),
    "person": _l("Person"),
    "reversible": _l("What can be undone"),
    "site": _l("The whole site"),
    "team": _l("Team"),
    "training": _l("Training"),
    "user": _l("Account"),
}

FIELDS = {
    "amounts": _l("Results by indicator"),
    "address": _l("Address of the list"),
    "authority": _l("Lines above the signature"),
    "birth_year": _l("Year of birth"),
    "sex": _l("Sex"),
    "broadband_households": _l("Households with fixed broadband"),
    "body": _l("Body represented"),
    "certificate_number": _l("Certificate number"),
    "codes": _l("Codes"),
    "course": _l("Course"),
    "decision": _l("Decision"),
    "decree": _l("Document"),
    "device_count": _l("Devices signed in"),
    "elderly_count": _l("of them elderly"),
    "end_reason": _l("Why it ended"),
    "finished_on": _l("Finished on"),
    "fixed_broadband": _l("Reached by fixed broadband"),
    "file_name": _l("File"),
    "form": _l("Form"),
    "full_name": _l("Full name"),
    "helper_name": _l("Who helps when something does not work"),
    "helper_phone": _l("Phone of who helps"),
    "helpers": _l("Who helped"),
    "held_on": _l("Held on"),
    "home_area": _l("Belongs to"),
    "hours": _l("Hours"),
    "household_count": _l("Households"),
    "issued_on": _l("Issued on"),
    "issuer": _l("Issuer"),
    "kept_by": _l("Data kept by"),
    "kind": _l("Kind"),
    "list": _l("List"),
    "map_on": _l("Map of"),
    "merged_into": _l("Merged into"),
    "minority_count": _l("of them ethnic minorities"),
    "mobile_signal": _l("Covered by mobile signal"),
    "name": _l("Name"),
    "new_household_count": _l("of them new this year"),
    "note": _l("Note"),
    "number": _l("Number"),
    "other_person": _l("Other person"),
    "participant_count": _l("Participants"),
    "person": _l("Person"),
    "personal_columns": _l("Personal columns"),
    "phone": _l("Phone"),
    "photographs": _l("Photographs"),
    "place": _l("Place before the date"),
    "platform": _l("Platform"),
    "province_code": _l("Province"),
    "reason": _l("Reason"),
    "receivers": _l("Receivers, one a line"),
    "recall_answer": _l("Why it was not returned"),
    "recall_reason": _l("Reason for asking back"),
    "return_reason": _l("Reason for returning"),
    "role": _l("Role"),
    "rows": _l("Rows"),
    "scan_kind": _l("Scan"),
    "second_reason": _l("Why a second team"),
    "smartphone_adults": _l("Adults with a smartphone"),
    "smartphone_households": _l("Households with a smartphone"),
    "sign": _l("Letters after the number"),
    "signer_name": _l("Name of who signs"),
    "status": _l("Status"),
    "summary": _l("Summary"),
    "superior": _l("Agency above it"),
    "team": _l("Team"),
    "topics": _l("Topics"),
    "user_name": _l("User name"),
    "valid_from": _l("First day"),
    "valid_to": _l("Last day"),
    "venue": _l("Venue"),
    "verified_by": _l("Verified by"),
    "villages": _l("Villages"),
    "women_count": _l("of them women"),
}


def record_word(object_type: str) -> str | LazyString:
    """What a table's records are called; the table's own name where nobody thought of one."""
    return RECORDS.get(object_type, object_type)


def field_word(field: str) -> str | LazyString:
    """What a field is called; its own name where nobody thought of one."""
    return FIELDS.get(field, field)
