"""The forms that write: on which page each stands, who sends it, and what makes it succeed.

The walks over them (test_writing_forms.py) put something else in their place.
"""

from tests.conventions.before_forms import (
    also_across,
    approved_a_moment_ago,
    asked_back,
    closed_account,
    dissolved_by_mistake,
    is_across,
    june_closed,
    report_sent,
    report_signed,
    second_device,
    somebody_enrolled,
    team_by_mistake,
    told_apart,
    unread_notice,
    unseen_result,
)
from tests.conventions.opened_forms import Form

HEAD = {
    "number": "99/QĐ-UBND",
    "issued_on": "2024-03-10",
    "issuer": "UBND xã Hòa An",
    "summary": "Thành lập tổ",
}
INITIATIVE = {
    "kind": "market",
    "name": "Chợ 4.0",
    "stage": "pilot",
    "started_on": "2024-05-01",
}
COURSE = {
    "name": "Bồi dưỡng kỹ năng số",
    "organiser": "Sở Khoa học và Công nghệ",
    "platform": "MOOC",
    "started_on": "2024-05-01",
}
REACHED = {"participant_count": "12", "household_count": "3"}

# Who writes without such a form, and why.
EXCEPTED = {
    "home.switch_language": "writes a cookie alone",
    "accounts.sign_in": "is open to everybody: tests/accounts",
    "accounts.activate": "is open to everybody: tests/accounts",
    "accounts.sign_out": "ends what the others need",
    "accounts.change_password": "takes no text as it is, but hashes it: tests/accounts",
    "phone.take_photograph": "is sent by a phone, from no page: tests/phone",
    "phone.take_session": "is sent by a phone, from no page: tests/phone",
    "activities.log_sessions": "logs each row under a key of its own: tests/activities",
    "activities.approve_activities": "is asked of rows chosen of a list: tests/activities",
    "teams.end_memberships": "is asked of rows chosen of a list: tests/teams",
    "teams.dissolve_teams": "is asked of rows chosen of a list: tests/teams",
    "activities.add_photographs": "takes files: tests/activities",
    "documents.list_templates": "takes a file: tests/documents",
    "teams.attach_scan": "takes a file: tests/teams",
    "reports.attach_scan": "takes a file: tests/reports",
    "imports.upload_file": "takes a file: tests/imports",
    "imports.match_columns": "asks of a file that was read: tests/imports",
    "imports.answer_questions": "asks of a file that was checked: tests/imports",
    "imports.take_left_out": "asks of the columns of a file: tests/imports",
    "imports.import_sheet": "asks of the sheets of a file: tests/imports",
    "imports.mend_rows": "asks of the rows of a file: tests/imports",
    "imports.apply_import": "asks of a file that was checked: tests/imports",
    "imports.undo_import": "asks of a file that was taken in: tests/imports",
}

TEAM, HAMLET = {"team_id": "teams.village"}, {"team_id": "teams.hamlet"}
DEPUTY, MISTAKE = (
    {"membership_id": "memberships.deputy"},
    {"membership_id": "memberships.hamlet_member"},
)
MEMBER, DRAFT, WAITING, APPROVED = (
    {"user_id": "users.member"},
    {"activity_id": "activities.draft"},
    {"activity_id": "activities.submitted"},
    {"activity_id": "activities.approved"},
)
WHY = {"reason": "Ghi thiếu 4 người"}
REPORT = {"period": "'2025-06", "owner": "commune_report"}
JUNE = {"code": "commune.code", "month": "'2025-06"}
COMMUNE, VILLAGE, QUIET = (
    {"code": "commune.code"},
    {"code": "village.code"},
    {"code": "quiet_village.code"},
)
PAIR = {"person_id": "persons.deputy", "other_id": "persons.member"}
TRAINING = {"training_id": "training"}
BECOMES = {"name": "Hợp Nhất", "kind": "thôn", "first_day": "2024-03-01"}
ACCOUNT = {"values": MEMBER, "page": "accounts.show_account"}

PLAN, TARGET = {"plan_id": "plan"}, {"target_id": "target"}
PRESET = {"preset_id": "preset"}
PLANNED = {
    "number": "9/KH-UBND",
    "issued_on": "2024-02-01",
    "title": "Kế hoạch tổ công nghệ số",
    "starts_on": "2024-02-15",
}
AIM = {
    "measure": "team_count",
    "level": "commune",
    "amount": "3",
    "unit": "count",
    "due_on": "2024-12-31",
}
OF_PROVINCE = {"persona": "administrator"}

FORMS = [
    Form("coverage.add_preset", {}, lambda _w: {"name": "Tôi", "query": "by=commune"}),
    Form("coverage.correct_preset", PRESET, lambda _w: {"name": "Khác"}, **OF_PROVINCE),
    Form("coverage.delete_preset", PRESET, **OF_PROVINCE),
    Form("plans.add_plan", {}, lambda _w: PLANNED, **OF_PROVINCE),
    Form("plans.correct_plan", PLAN, lambda _w: {"title": "Kế hoạch khác"}, **OF_PROVINCE),
    Form("plans.delete_plan", PLAN, **OF_PROVINCE),
    Form("plans.add_target", PLAN, lambda _w: AIM, **OF_PROVINCE),
    Form("plans.correct_target", TARGET, lambda _w: {"amount": "95,5"}, **OF_PROVINCE),
    Form("plans.delete_target", TARGET, **OF_PROVINCE),
    Form("teams.establish_teams", {}, lambda w: {**HEAD, "areas": [str(w.quiet_village.id)]}),
    Form("teams.correct_team", HAMLET, lambda _w: {"name": "Tổ bản Nà Đình"}),
    Form("teams.dissolve_team", HAMLET, lambda _w: {**HEAD, "last_day": "2025-06-30"}),
    Form("teams.withdraw_team", needs=team_by_mistake),
    Form(
        "teams.correct_decision",
        {"decision_id": "decisions.commune"},
        lambda _w: {"number": "13/QĐ-UBND"},
    ),
    Form(
        "teams.remove_scan",
        {"decision_id": "decisions.commune"},
        page="teams.attach_scan",
    ),
    Form("teams.correct_person", {"person_id": "persons.deputy"}, lambda _w: {"full_name": "An"}),
    Form("teams.hand_over_person", {"person_id": "persons.deputy"}, also_across, needs=is_across),
    Form(
        "teams.add_member", TEAM, lambda _w: {"full_name": "Lê Văn An", "first_day": "2024-03-15"}
    ),
    Form("teams.prepare_slips", TEAM),
    Form("teams.change_role", DEPUTY, lambda _w: {"role": "member", "first_day": "2024-03-15"}),
    Form("teams.end_membership", DEPUTY, lambda _w: {"last_day": "2024-03-15"}),
    Form("teams.correct_membership", DEPUTY, lambda _w: {"first_day": "2022-06-01"}),
    Form("teams.withdraw_membership", MISTAKE),
    Form("activities.log_activity", {}, lambda _w: REACHED, persona="member"),
    Form("activities.edit_activity", DRAFT, lambda _w: REACHED, persona="member"),
    Form("activities.delete_activity", DRAFT, persona="member"),
    Form(
        "activities.remove_photograph",
        {"photograph_id": "photograph", **DRAFT},
        page="activities.add_photographs",
        persona="member",
    ),
    Form("activities.submit_activity", DRAFT, page="activities.show_activity", persona="member"),
    Form("activities.approve_activity", WAITING, page="activities.show_activity"),
    Form(
        "activities.take_back_decision",
        APPROVED,
        page="activities.show_activity",
        needs=approved_a_moment_ago,
    ),
    Form("activities.return_activity", WAITING, lambda _w: {"reason": "Thiếu số hộ"}),
    Form("activities.ask_for_activity", APPROVED, lambda _w: WHY, persona="member"),
    Form("activities.keep_activity", APPROVED, lambda _w: WHY, needs=asked_back),
    Form("accounts.switch_shortcuts", page="accounts.show_my_account"),
    Form("accounts.end_my_sign_in", page="accounts.show_my_account", needs=second_device),
    Form("accounts.end_my_other_sign_ins", page="accounts.show_my_account", needs=second_device),
    Form("accounts.add_account", {}, lambda _w: {"full_name": "Lê Văn An"}),
    Form("accounts.issue_code", **ACCOUNT),
    Form("accounts.close_account", **ACCOUNT),
    Form("accounts.open_account", **ACCOUNT, needs=closed_account),
    Form("accounts.end_sign_ins", **ACCOUNT),
    Form(
        "accounts.grant_role",
        {"user_id": "users.member"},
        lambda w: {"role": "commune_official", "area": w.partner.code},
        persona="administrator",
        page="accounts.show_account",
    ),
    Form(
        "accounts.revoke_role",
        {"assignment_id": "roles.own", "user_id": "users.own"},
        persona="administrator",
        page="accounts.show_account",
    ),
    Form(
        "accounts.correct_account",
        {"user_id": "users.own"},
        lambda _w: {"full_name": "Lê Văn An"},
        persona="administrator",
    ),
    Form(
        "teams.amend_team",
        TEAM,
        lambda _w: {**HEAD, "issued_on": "2025-06-20", "first_day": "2025-06-20", "name": "Tổ mới"},
    ),
    Form(
        "teams.reform_team",
        TEAM,
        lambda _w: {**HEAD, "issued_on": "2025-06-20", "first_day": "2025-06-20"},
    ),
    Form(
        "teams.merge_team",
        TEAM,
        lambda w: {**HEAD, "into": str(w.teams["hamlet"]), "first_day": "2025-06-20"},
    ),
    Form("teams.reopen_team", HAMLET, needs=dissolved_by_mistake),
    Form(
        "teams.transfer_member",
        DEPUTY,
        lambda w: {"team": str(w.teams["hamlet"]), "first_day": "2025-06-20"},
    ),
    Form(
        "teams.record_course",
        {},
        lambda w: COURSE | {"area_id": w.commune.id},
    ),
    Form("teams.correct_course", {"course_id": "course"}, lambda _w: {"name": "Khóa khác"}),
    Form("teams.withdraw_course", {"course_id": "course"}),
    Form(
        "teams.enrol_members",
        {"course_id": "course", "team_id": "teams.village"},
        lambda w: {"persons": [str(w.persons["deputy"])]},
    ),
    Form(
        "teams.complete_course",
        {"course_id": "course"},
        lambda w: {"chosen": [str(w.training + 1)], "finished_on": "2024-03-05"},
        page="teams.show_course",
        needs=somebody_enrolled,
    ),
    Form(
        "teams.declare_training",
        {"person_id": "persons.member"},
        lambda _w: {"course": "Kỹ năng số", "platform": "MOOC", "finished_on": "2024-03-10"},
        persona="member",
    ),
    Form("teams.correct_training", TRAINING, lambda _w: {"course": "Khóa khác"}),
    Form(
        "teams.verify_training",
        {**TRAINING, "person_id": "persons.member"},
        page="teams.show_person",
    ),
    Form("teams.withdraw_training", TRAINING),
    Form("teams.prepare_many_accounts", is_on_record=False),
    Form("areas.add_village", COMMUNE, lambda _w: BECOMES),
    Form("areas.rename_village", VILLAGE, lambda _w: BECOMES),
    Form("areas.correct_village_name", VILLAGE, lambda _w: {"name": "Đồng Tâm Mới"}),
    Form(
        "areas.merge_villages",
        COMMUNE,
        lambda w: {**BECOMES, "villages": [str(w.village.id), str(w.hamlet.id)]},
    ),
    Form("areas.close_village", QUIET, lambda _w: {"last_day": "2024-03-01"}),
    Form(
        "areas.set_households",
        VILLAGE,
        lambda _w: {"households": "131", "first_day": "2024-03-01"},
    ),
    Form(
        "indicators.add_indicator",
        {},
        lambda _w: {
            "name_vi": "Khác",
            "name_en": "Another",
            "topic": "payment",
            "unit": "person",
            "stage": "guided",
            "first_day": "2024-05-01",
        },
        persona="administrator",
    ),
    Form("indicators.correct_indicator", {"indicator_id": "indicator"}, persona="administrator"),
    Form(
        "indicators.end_indicator",
        {"indicator_id": "indicator"},
        lambda _w: {"last_day": "2099-01-01"},
        persona="administrator",
    ),
    Form("initiatives.register_initiative", {}, lambda w: INITIATIVE | {"area_id": w.village.id}),
    Form("initiatives.correct_initiative", {"initiative_id": "initiative"}),
    Form(
        "initiatives.end_initiative",
        {"initiative_id": "initiative"},
        lambda _w: {"last_day": "2024-05-01"},
    ),
    Form("initiatives.withdraw_initiative", {"initiative_id": "initiative"}),
    Form(
        "areas.record_statistics",
        VILLAGE,
        lambda _w: {"mobile_signal": "1", "first_day": "2024-03-01"},
    ),
    Form("areas.edit_agency", COMMUNE, lambda _w: {"signer_name": "Hoàng Thị Mẫn"}),
    Form(
        "documents.use_template",
        page="documents.list_templates",
        persona="administrator",
    ),
    Form(
        "documents.remove_template",
        {"template_id": "template"},
        page="documents.list_templates",
        persona="administrator",
    ),
    Form("closings.close_month", JUNE, lambda _w: {"is_confirmed": "y"}),
    Form("closings.reopen_month", JUNE, lambda _w: {"reason": "Nhập sót"}, needs=june_closed),
    Form(
        "closings.ask_to_reopen",
        {**TEAM, "month": "'2025-06"},
        lambda _w: {"reason": "Nhập sót"},
        persona="leader",
        needs=june_closed,
    ),
    Form("closings.decide_request", {"request_id": "asked"}),
    Form("reports.write_words", REPORT, lambda _w: {"remarks": "Các tổ duy trì hoạt động"}),
    Form("reports.send_report", REPORT),
    Form(
        "reports.withdraw_report",
        REPORT,
        lambda _w: {"reason": "Ghi nhầm số hộ"},
        needs=report_sent,
    ),
    Form("reports.remove_scan", REPORT, page="reports.attach_scan", needs=report_signed),
    Form(
        "reports.return_report",
        REPORT,
        lambda _w: {"reason": "Nêu nguyên nhân"},
        persona="reviewer",
        needs=report_sent,
    ),
    Form("reports.accept_report", REPORT, persona="reviewer", needs=report_sent),
    Form(
        "reports.number_report",
        REPORT,
        lambda _w: {"number": "15", "issued_on": "2025-06-20"},
        needs=report_sent,
    ),
    Form("reports.start_archive", REPORT, page="reports.show_report"),
    Form("documents.order_member_lists", COMMUNE),
    Form("duplicates.compare_persons", PAIR),
    Form("duplicates.tell_apart", PAIR, page="duplicates.compare_persons"),
    Form("duplicates.doubt_again", PAIR, page="duplicates.compare_persons", needs=told_apart),
    Form("imports.delete_file", {"import_id": "upload"}),
    Form("undo.undo", {"reversible_id": "reversible"}),
    Form(
        "notices.open_notice",
        {"notice_id": "notice"},
        page="notices.list_notices",
        needs=unread_notice,
        is_on_record=False,
    ),
    Form(
        "notices.read_all",
        page="notices.list_notices",
        needs=unread_notice,
        is_on_record=False,
    ),
    Form(
        "jobs.open_result",
        {"job_id": "job"},
        page="jobs.show_job",
        needs=unseen_result,
        is_on_record=False,
    ),
]
