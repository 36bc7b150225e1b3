"""Who gets which answer at which route: one line per route, one column per persona.

    ok        let in: a page, a file, or led on after a write
    sign-in   led to the sign-in page
    refused   403: may see it, but not do this
    missing   404: lies outside what this persona may read, or does not exist

BOTH stands for GET and POST. After the endpoint stand the values of its parameters, as names of
the world (tests/world.py): records of the commune Hòa An, so that `own` is the one whose they are.
Posts are sent without any field: signing out leads everybody to the sign-in page, and ending a
device that the form does not name finds none.
"""

from functools import reduce
from typing import Any, NamedTuple

from flask import Flask, url_for

from tests.world import PERSONAS, World

ANSWERS = ("ok", "sign-in", "refused", "missing")

TABLE = """
                                                                  anonymous own     neighbour district reviewer administrator auditor leader  member
GET  home.show_home                                               sign-in   ok      ok        ok       ok       ok            ok      ok      ok
POST home.switch_language                                         ok        ok      ok        ok       ok       ok            ok      ok      ok

GET  cockpit.show_cockpit                                         sign-in   ok      ok        ok       ok       ok            ok      refused refused
GET  open_figures.show_open_figures                                     missing   missing missing   missing  missing  missing       missing missing missing
GET  open_figures.show_coverage                                      missing   missing missing   missing  missing  missing       missing missing missing
GET  open_figures.send_coverage_json                                 missing   missing missing   missing  missing  missing       missing missing missing
GET  open_figures.send_coverage_csv                                  missing   missing missing   missing  missing  missing       missing missing missing
GET  open_figures.show_dictionary                                    missing   missing missing   missing  missing  missing       missing missing missing
GET  open_figures.send_dictionary                                    missing   missing missing   missing  missing  missing       missing missing missing
GET  open_figures.show_figure                                        missing   missing missing   missing  missing  missing       missing missing missing
GET  cockpit.list_silent                                          sign-in   ok      ok        ok       ok       ok            ok      refused refused
GET  cockpit.show_slide                                           sign-in   missing missing   missing  missing  missing       missing refused refused
GET  coverage.show_coverage                                       sign-in   ok      ok        ok       ok       ok            ok      refused refused
GET  coverage.export_coverage                                     sign-in   ok      ok        ok       ok       ok            ok      refused refused
GET  coverage.list_team_changes                                   sign-in   ok      ok        ok       ok       ok            ok      refused refused
GET  coverage.export_team_changes                                 sign-in   ok      ok        ok       ok       ok            ok      refused refused

GET  coverage.list_presets                                        sign-in   ok      ok        ok       ok       ok            ok      refused refused
BOTH coverage.add_preset                                          sign-in   ok      ok        ok       ok       ok            ok      refused refused
BOTH coverage.correct_preset preset_id=preset                     sign-in   missing missing   missing  missing  ok            missing missing missing
BOTH coverage.delete_preset preset_id=preset                      sign-in   missing missing   missing  missing  ok            missing missing missing

GET  plans.list_plans                                             sign-in   ok      ok        ok       ok       ok            ok      refused refused
BOTH plans.add_plan                                               sign-in   refused refused   refused  refused  ok            refused refused refused
GET  plans.show_plan plan_id=plan                                 sign-in   ok      ok        ok       ok       ok            ok      missing missing
GET  plans.export_plan plan_id=plan                               sign-in   ok      ok        ok       ok       ok            ok      missing missing
BOTH plans.correct_plan plan_id=plan                              sign-in   refused refused   refused  refused  ok            refused missing missing
BOTH plans.delete_plan plan_id=plan                               sign-in   refused refused   refused  refused  ok            refused missing missing
BOTH plans.add_target plan_id=plan                                sign-in   refused refused   refused  refused  ok            refused missing missing
GET  plans.show_target target_id=target                           sign-in   ok      ok        ok       ok       ok            ok      missing missing
GET  plans.export_target target_id=target                         sign-in   ok      ok        ok       ok       ok            ok      missing missing
BOTH plans.correct_target target_id=target                        sign-in   refused refused   refused  refused  ok            refused missing missing
BOTH plans.delete_target target_id=target                         sign-in   refused refused   refused  refused  ok            refused missing missing
GET  closings.list_months                                         sign-in   ok      ok        ok       ok       ok            ok      refused refused
GET  closings.list_closings                                       sign-in   ok      ok        ok       ok       ok            ok      refused refused
GET  closings.export_closings                                     sign-in   ok      ok        ok       ok       ok            ok      refused refused
BOTH closings.close_month code=commune.code month='2025-06        sign-in   ok      missing   refused  ok       ok            refused missing missing
BOTH closings.reopen_month code=commune.code month='2025-06       sign-in   ok      missing   refused  ok       ok            refused missing missing
BOTH closings.ask_to_reopen team_id=teams.village month='2025-06  sign-in   ok      missing   refused  refused  refused       refused ok      ok
BOTH closings.decide_request request_id=asked                     sign-in   ok      missing   refused  ok       ok            refused missing missing

GET  reports.show_reports                                         sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  reports.show_report period='2025-06 owner=commune_report     sign-in   ok      missing   ok       ok       ok            ok      missing missing
GET  reports.show_report period='2025-06 owner=village_report     sign-in   ok      missing   ok       ok       ok            ok      ok      ok
GET  reports.send_document period='2025-06 owner=commune_report   sign-in   ok      missing   ok       ok       ok            ok      missing missing
GET  reports.send_document period='2025-06 owner=village_report   sign-in   ok      missing   ok       ok       ok            ok      ok      ok
GET  reports.export_figures period='2025-06 owner=commune_report  sign-in   ok      missing   ok       ok       ok            ok      missing missing
GET  reports.export_figures period='2025-06 owner=village_report  sign-in   ok      missing   ok       ok       ok            ok      ok      ok
GET  reports.show_scan period='2025-06 owner=village_report       sign-in   missing missing   missing  missing  missing       missing missing missing
BOTH reports.write_words period='2025-06 owner=commune_report     sign-in   ok      missing   refused  refused  refused       refused missing missing
BOTH reports.write_words period='2025-06 owner=village_report     sign-in   refused missing   refused  refused  refused       refused ok      refused
BOTH reports.send_report period='2025-06 owner=commune_report     sign-in   ok      missing   refused  refused  refused       refused missing missing
BOTH reports.send_report period='2025-06 owner=village_report     sign-in   refused missing   refused  refused  refused       refused ok      refused
BOTH reports.withdraw_report period='2025-06 owner=commune_report sign-in   ok      missing   refused  refused  refused       refused missing missing
BOTH reports.withdraw_report period='2025-06 owner=village_report sign-in   refused missing   refused  refused  refused       refused ok      refused
BOTH reports.attach_scan period='2025-06 owner=commune_report     sign-in   ok      missing   refused  refused  refused       refused missing missing
BOTH reports.attach_scan period='2025-06 owner=village_report     sign-in   refused missing   refused  refused  refused       refused ok      refused
POST reports.remove_scan period='2025-06 owner=commune_report     sign-in   ok      missing   refused  refused  refused       refused missing missing
BOTH reports.return_report period='2025-06 owner=commune_report   sign-in   refused missing   refused  ok       ok            refused missing missing
BOTH reports.return_report period='2025-06 owner=village_report   sign-in   ok      missing   refused  refused  refused       refused refused refused
BOTH reports.accept_report period='2025-06 owner=commune_report   sign-in   refused missing   refused  ok       ok            refused missing missing
BOTH reports.accept_report period='2025-06 owner=village_report   sign-in   ok      missing   refused  refused  refused       refused refused refused
BOTH reports.number_report period='2025-06 owner=commune_report   sign-in   ok      missing   refused  refused  refused       refused missing missing
POST reports.start_archive period='2025-06 owner=commune_report   sign-in   ok      missing   ok       ok       ok            ok      missing missing
GET  reports.send_archive job_id=job                              sign-in   missing missing   missing  missing  missing       missing missing missing
GET  results.show_team_months team_id=teams.village               sign-in   ok      missing   ok       ok       ok            ok      ok      ok
GET  results.show_team_days team_id=teams.village                 sign-in   ok      missing   refused  refused  ok            refused ok      refused
GET  results.export_team_days team_id=teams.village               sign-in   ok      missing   refused  refused  ok            refused ok      refused
GET  results.send_team_days team_id=teams.village                 sign-in   ok      missing   refused  refused  ok            refused ok      refused
GET  results.show_commune_days code=commune.code                  sign-in   ok      missing   refused  refused  ok            refused missing missing
GET  results.export_commune_days code=commune.code                sign-in   ok      missing   refused  refused  ok            refused missing missing
GET  results.send_commune_days code=commune.code                  sign-in   ok      missing   refused  refused  ok            refused missing missing

GET  silence.show_silent_teams                                     sign-in   ok      ok        ok       ok       ok            ok      refused refused

GET  checks.list_checks                                           sign-in   ok      ok        ok       ok       ok            ok      refused refused
GET  checks.show_check key='teams-without-leader                  sign-in   ok      ok        ok       ok       ok            ok      missing missing
GET  checks.show_check key='members-without-phone                 sign-in   ok      ok        ok       ok       ok            ok      missing missing
GET  checks.show_check key='villages-without-team                 sign-in   ok      ok        ok       ok       ok            ok      missing missing
GET  checks.show_check key='leaders-without-account               sign-in   ok      ok        missing  missing  ok            ok      missing missing
GET  checks.export_check key='members-without-phone                sign-in   ok      ok        refused  refused  ok            refused missing missing
GET  checks.export_check key='teams-without-leader                sign-in   ok      ok        ok       ok       ok            ok      missing missing

GET  teams.list_teams                                             sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  teams.export_teams                                           sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  teams.show_team team_id=teams.village                        sign-in   ok      missing   ok       ok       ok            ok      ok      ok
BOTH teams.establish_teams                                        sign-in   ok      ok        refused  refused  ok            refused refused refused
BOTH teams.correct_team team_id=teams.village                     sign-in   ok      missing   refused  refused  ok            refused refused refused
BOTH teams.dissolve_teams                                         sign-in   ok      ok        refused  refused  ok            refused refused refused
BOTH teams.dissolve_team team_id=teams.village                    sign-in   ok      missing   refused  refused  ok            refused refused refused
BOTH teams.amend_team team_id=teams.village                       sign-in   ok      missing   refused  refused  ok            refused refused refused
BOTH teams.reform_team team_id=teams.village                      sign-in   ok      missing   refused  refused  ok            refused refused refused
BOTH teams.merge_team team_id=teams.village                       sign-in   ok      missing   refused  refused  ok            refused refused refused
BOTH teams.reopen_team team_id=teams.dissolved                    sign-in   ok      missing   refused  refused  ok            refused missing missing
BOTH teams.withdraw_team team_id=teams.village                    sign-in   ok      missing   refused  refused  ok            refused refused refused
GET  teams.list_decisions                                         sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  teams.export_decisions                                       sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  teams.show_decision decision_id=decisions.commune            sign-in   ok      missing   ok       ok       ok            ok      ok      ok
GET  teams.show_scan decision_id=decisions.commune                sign-in   ok      missing   ok       ok       ok            ok      ok      ok
BOTH teams.attach_scan decision_id=decisions.commune              sign-in   ok      missing   refused  refused  ok            refused refused refused
POST teams.remove_scan decision_id=decisions.commune              sign-in   ok      missing   refused  refused  ok            refused refused refused
BOTH teams.correct_decision decision_id=decisions.commune         sign-in   ok      missing   refused  refused  ok            refused refused refused

GET  documents.show_team_documents team_id=teams.village          sign-in   ok      missing   refused  refused  ok            refused ok      refused
GET  documents.send_team_list team_id=teams.village               sign-in   ok      missing   refused  refused  ok            refused ok      refused
GET  documents.send_draft_decision team_id=teams.village          sign-in   ok      missing   refused  refused  ok            refused refused refused
GET  documents.send_decision decision_id=decisions.commune        sign-in   ok      missing   refused  refused  ok            refused refused refused
GET  documents.send_commune_list code=commune.code                sign-in   ok      missing   refused  refused  ok            refused missing missing
BOTH documents.order_member_lists code=commune.code               sign-in   ok      missing   refused  refused  ok            refused missing missing
GET  documents.send_member_lists job_id=job                       sign-in   missing missing   missing  missing  missing       missing missing missing
GET  documents.send_certificate membership_id=memberships.deputy  sign-in   ok      missing   refused  refused  ok            refused ok      refused
GET  documents.send_minutes activity_id=activities.approved       sign-in   ok      missing   ok       ok       ok            ok      ok      ok
BOTH documents.list_templates                                     sign-in   missing missing   missing  refused  ok            refused missing missing
GET  documents.send_usual_template                                sign-in   missing missing   missing  refused  ok            refused missing missing
GET  documents.send_sample template_id=template                   sign-in   missing missing   missing  refused  ok            refused missing missing
POST documents.use_template                                       sign-in   missing missing   missing  refused  ok            refused missing missing
POST documents.remove_template template_id=template               sign-in   missing missing   missing  refused  ok            refused missing missing

GET  teams.list_persons                                           sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  teams.export_persons                                         sign-in   ok      ok        refused  refused  ok            refused ok      refused
GET  teams.show_person person_id=persons.deputy                   sign-in   ok      missing   ok       ok       ok            ok      ok      ok
BOTH teams.correct_person person_id=persons.deputy                sign-in   ok      missing   refused  refused  ok            refused refused refused
BOTH teams.hand_over_person person_id=persons.deputy              sign-in   ok      missing   refused  refused  ok            refused refused refused
GET  teams.list_memberships                                       sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  teams.export_memberships                                     sign-in   ok      ok        refused  refused  ok            refused ok      refused
BOTH teams.add_member team_id=teams.village                       sign-in   ok      missing   refused  refused  ok            refused refused refused
BOTH teams.prepare_slips team_id=teams.village                     sign-in   ok      missing   missing  missing  ok            refused missing missing
GET  teams.show_slips team_id=teams.village                        sign-in   ok      missing   missing  missing  ok            refused missing missing
GET  teams.print_slips team_id=teams.village                       sign-in   missing missing   missing  missing  missing       refused missing missing
BOTH teams.change_role membership_id=memberships.deputy           sign-in   ok      missing   refused  refused  ok            refused refused refused
BOTH teams.transfer_member membership_id=memberships.deputy       sign-in   ok      missing   refused  refused  ok            refused refused refused
BOTH teams.end_membership membership_id=memberships.deputy        sign-in   ok      missing   refused  refused  ok            refused refused refused
BOTH teams.end_memberships                                        sign-in   ok      ok        refused  refused  ok            refused refused refused
BOTH teams.correct_membership membership_id=memberships.deputy    sign-in   ok      missing   refused  refused  ok            refused refused refused
BOTH teams.withdraw_membership membership_id=memberships.deputy   sign-in   ok      missing   refused  refused  ok            refused refused refused
GET  teams.list_courses                                           sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  teams.export_courses                                         sign-in   ok      ok        ok       ok       ok            ok      ok      ok
BOTH teams.record_course                                          sign-in   ok      ok        refused  refused  ok            refused refused refused
GET  teams.show_course course_id=course                           sign-in   ok      missing   ok       ok       ok            ok      missing missing
GET  teams.export_participants course_id=course                   sign-in   ok      missing   refused  refused  ok            refused missing missing
BOTH teams.correct_course course_id=course                        sign-in   ok      missing   refused  refused  ok            refused missing missing
BOTH teams.withdraw_course course_id=course                       sign-in   ok      missing   refused  refused  ok            refused missing missing
GET  teams.choose_team_to_enrol course_id=course                  sign-in   ok      missing   refused  refused  ok            refused missing missing
BOTH teams.enrol_members course_id=course team_id=teams.village   sign-in   ok      missing   refused  refused  ok            refused missing missing
POST teams.complete_course course_id=course                       sign-in   ok      missing   refused  refused  ok            refused missing missing
BOTH teams.declare_training person_id=persons.member              sign-in   ok      missing   refused  refused  ok            refused refused ok
BOTH teams.correct_training training_id=training                  sign-in   ok      missing   refused  refused  ok            refused refused ok
POST teams.verify_training training_id=training                   sign-in   ok      missing   refused  refused  ok            refused refused refused
BOTH teams.withdraw_training training_id=training                 sign-in   ok      missing   refused  refused  ok            refused refused ok

GET  duplicates.list_duplicates                                   sign-in   ok      ok        refused  refused  ok            refused refused refused
BOTH duplicates.compare_persons person_id=persons.deputy other_id=persons.member sign-in ok missing refused refused ok refused refused refused
POST duplicates.tell_apart person_id=persons.deputy other_id=persons.member      sign-in ok missing refused refused ok refused refused refused
POST duplicates.doubt_again person_id=persons.deputy other_id=persons.member     sign-in ok missing refused refused ok refused refused refused

GET  activities.list_activities                                   sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  activities.export_activities                                 sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  activities.show_activity activity_id=activities.approved     sign-in   ok      missing   ok       ok       ok            ok      ok      ok
BOTH activities.log_activity                                      sign-in   ok      ok        refused  refused  refused       refused ok      ok
BOTH activities.log_sessions                                      sign-in   ok      ok        refused  refused  refused       refused refused refused
BOTH activities.edit_activity activity_id=activities.draft        sign-in   ok      missing   refused  refused  refused       refused ok      ok
BOTH activities.add_photographs activity_id=activities.draft      sign-in   ok      missing   refused  refused  refused       refused ok      ok
POST activities.remove_photograph photograph_id=photograph        sign-in   ok      missing   refused  refused  refused       refused ok      ok
GET  activities.show_photograph photograph_id=photograph          sign-in   ok      missing   ok       ok       ok            ok      ok      ok
GET  activities.show_thumbnail photograph_id=photograph           sign-in   ok      missing   ok       ok       ok            ok      ok      ok
BOTH activities.delete_activity activity_id=activities.draft      sign-in   ok      missing   refused  refused  refused       refused ok      ok
BOTH activities.ask_for_activity activity_id=activities.approved  sign-in   ok      missing   refused  refused  refused       refused ok      ok
BOTH activities.keep_activity activity_id=activities.approved     sign-in   ok      missing   refused  refused  refused       refused refused refused
POST activities.submit_activity activity_id=activities.draft      sign-in   ok      missing   refused  refused  refused       refused ok      ok
POST activities.approve_activity activity_id=activities.submitted sign-in   ok      missing   refused  refused  refused       refused refused refused
GET  activities.show_queue                                        sign-in   ok      ok        refused  refused  refused       refused refused refused
POST activities.take_back_decision activity_id=activities.submitted sign-in ok      missing   refused  refused  refused       refused refused refused
BOTH activities.approve_activities                                sign-in   ok      ok        refused  refused  refused       refused refused refused
BOTH activities.return_activity activity_id=activities.submitted  sign-in   ok      missing   refused  refused  refused       refused refused refused

GET  phone.show_phone                                             ok        ok      ok        ok       ok       ok            ok      ok      ok
GET  phone.show_worker                                            ok        ok      ok        ok       ok       ok            ok      ok      ok
GET  phone.show_manifest                                          ok        ok      ok        ok       ok       ok            ok      ok      ok
GET  phone.show_account                                           sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  phone.show_snapshot                                          sign-in   ok      ok        refused  refused  refused       refused ok      ok
POST phone.take_photograph                                        sign-in   ok      ok        refused  refused  refused       refused ok      ok
POST phone.take_session                                           sign-in   ok      ok        refused  refused  refused       refused ok      ok

GET  search.suggest_areas                                         sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  search.search                                                sign-in   ok      ok        ok       ok       ok            ok      ok      ok

GET  areas.show_tree                                              sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  areas.list_areas                                             sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  areas.export_areas                                           sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  areas.show_area code=commune.code                            sign-in   ok      missing   ok       ok       ok            ok      ok      missing
BOTH areas.add_village code=commune.code                          sign-in   ok      missing   refused  refused  ok            refused refused missing
BOTH areas.merge_villages code=commune.code                       sign-in   ok      missing   refused  refused  ok            refused refused missing
BOTH areas.rename_village code=village.code                       sign-in   ok      missing   refused  refused  ok            refused refused refused
BOTH areas.correct_village_name code=village.code                 sign-in   ok      missing   refused  refused  ok            refused refused refused
BOTH areas.close_village code=village.code                        sign-in   ok      missing   refused  refused  ok            refused refused refused
GET  indicators.list_indicators                                   sign-in   refused refused   refused  ok       ok            ok      refused refused
GET  indicators.export_indicators                                 sign-in   refused refused   refused  ok       ok            ok      refused refused
BOTH indicators.add_indicator                                     sign-in   refused refused   refused  refused  ok            refused refused refused
BOTH indicators.correct_indicator indicator_id=indicator          sign-in   missing missing   missing  refused  ok            refused missing missing
BOTH indicators.end_indicator indicator_id=indicator              sign-in   missing missing   missing  refused  ok            refused missing missing

GET  initiatives.list_initiatives                                 sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  initiatives.export_initiatives                               sign-in   ok      ok        ok       ok       ok            ok      ok      ok
BOTH initiatives.register_initiative                              sign-in   ok      ok        refused  refused  ok            refused refused refused
BOTH initiatives.correct_initiative initiative_id=initiative      sign-in   ok      missing   refused  refused  ok            refused refused refused
BOTH initiatives.end_initiative initiative_id=initiative          sign-in   ok      missing   refused  refused  ok            refused refused refused
BOTH initiatives.withdraw_initiative initiative_id=initiative     sign-in   ok      missing   refused  refused  ok            refused refused refused

GET  areas.list_statistics                                        sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  areas.export_statistics                                      sign-in   ok      ok        ok       ok       ok            ok      ok      ok
BOTH areas.record_statistics code=village.code                    sign-in   ok      missing   refused  refused  ok            refused refused refused
BOTH areas.edit_agency code=commune.code                          sign-in   ok      missing   refused  refused  ok            refused refused missing
BOTH areas.set_households code=village.code                       sign-in   ok      missing   refused  refused  ok            refused refused refused

BOTH accounts.sign_in                                             ok        ok      ok        ok       ok       ok            ok      ok      ok
BOTH accounts.activate                                            ok        ok      ok        ok       ok       ok            ok      ok      ok
POST accounts.sign_out                                            sign-in   sign-in sign-in   sign-in  sign-in  sign-in       sign-in sign-in sign-in
GET  accounts.show_my_account                                     sign-in   ok      ok        ok       ok       ok            ok      ok      ok
POST accounts.switch_shortcuts                                    sign-in   ok      ok        ok       ok       ok            ok      ok      ok
BOTH accounts.change_password                                     sign-in   ok      ok        ok       ok       ok            ok      ok      ok
POST accounts.end_my_sign_in                                      sign-in   missing missing   missing  missing  missing       missing missing missing
POST accounts.end_my_other_sign_ins                               sign-in   ok      ok        ok       ok       ok            ok      ok      ok

GET  accounts.list_accounts                                       sign-in   ok      ok        refused  refused  ok            ok      refused refused
BOTH accounts.add_account                                         sign-in   ok      ok        refused  refused  ok            refused refused refused
BOTH teams.prepare_many_accounts                                  sign-in   ok      ok        refused  refused  ok            refused refused refused
GET  teams.show_many_accounts job_id=job                          sign-in   ok      missing   missing  missing  missing       missing missing missing
GET  teams.print_many_slips job_id=job                            sign-in   missing missing   missing  missing  missing       missing missing missing
GET  accounts.show_account user_id=users.member                   sign-in   ok      missing   missing  missing  ok            ok      missing missing
BOTH accounts.correct_account user_id=users.member                sign-in   ok      missing   missing  missing  ok            refused missing missing
GET  accounts.show_code user_id=users.member                      sign-in   ok      missing   missing  missing  ok            refused missing missing
POST accounts.issue_code user_id=users.member                     sign-in   ok      missing   missing  missing  ok            refused missing missing
POST accounts.open_account user_id=users.member                   sign-in   ok      missing   missing  missing  ok            refused missing missing
POST accounts.close_account user_id=users.member                  sign-in   ok      missing   missing  missing  ok            refused missing missing
POST accounts.end_sign_ins user_id=users.member                   sign-in   ok      missing   missing  missing  ok            refused missing missing
POST accounts.grant_role user_id=users.own                        sign-in   refused missing   missing  missing  ok            refused missing missing
POST accounts.revoke_role assignment_id=roles.own                 sign-in   refused missing   missing  missing  ok            refused missing missing

BOTH undo.undo reversible_id=reversible                      sign-in   ok      missing   missing  missing  missing       missing missing missing

GET  health.show_life                                             ok        ok      ok        ok       ok       ok            ok      ok      ok
GET  health.show_readiness                                        ok        ok      ok        ok       ok       ok            ok      ok      ok

GET  jobs.list_jobs                                               sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  jobs.show_job job_id=job                                     sign-in   ok      missing   missing  missing  missing       missing missing missing
GET  notices.list_notices                                         sign-in   ok      ok        ok       ok       ok            ok      ok      ok
POST notices.open_notice notice_id=notice                         sign-in   ok      missing   missing  missing  missing       missing missing missing
POST notices.read_all                                             sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  digests.show_digest notice_id=notice                         sign-in   ok      missing   missing  missing  missing       missing missing missing
POST jobs.open_result job_id=job                                  sign-in   ok      missing   missing  missing  missing       missing missing missing

GET  imports.list_imports                                         sign-in   ok      ok        refused  refused  ok            refused refused refused
BOTH imports.upload_file                                          sign-in   ok      ok        refused  refused  ok            refused refused refused
GET  imports.download_template                                    sign-in   ok      ok        refused  refused  ok            refused refused refused
BOTH imports.match_columns import_id=upload                       sign-in   ok      missing   missing  missing  missing       missing missing missing
BOTH imports.delete_file import_id=upload                         sign-in   ok      missing   missing  missing  missing       missing missing missing
GET  imports.show_import import_id=upload                         sign-in   ok      missing   missing  missing  missing       missing missing missing
BOTH imports.mend_rows import_id=upload                           sign-in   ok      missing   missing  missing  missing       missing missing missing
POST imports.answer_questions import_id=upload                    sign-in   ok      missing   missing  missing  missing       missing missing missing
POST imports.take_left_out import_id=upload                       sign-in   ok      missing   missing  missing  missing       missing missing missing
POST imports.import_sheet import_id=upload                        sign-in   missing missing   missing  missing  missing       missing missing missing
GET  imports.download_all_rows import_id=upload                   sign-in   ok      missing   missing  missing  missing       missing missing missing
GET  imports.download_bad_rows import_id=upload                   sign-in   ok      missing   missing  missing  missing       missing missing missing
BOTH imports.apply_import import_id=upload                        sign-in   ok      missing   missing  missing  missing       missing missing missing
BOTH imports.undo_import import_id=upload                         sign-in   ok      missing   missing  missing  missing       missing missing missing

GET  audit.list_events                                            sign-in   refused refused   refused  refused  ok            ok      refused refused
GET  audit.show_team_history team_id=teams.village                sign-in   ok      missing   ok       ok       ok            ok      ok      ok
GET  audit.show_person_history person_id=persons.deputy           sign-in   ok      missing   ok       ok       ok            ok      ok      ok
GET  audit.show_activity_history activity_id=activities.approved  sign-in   ok      missing   ok       ok       ok            ok      ok      ok
GET  audit.show_area_history code=commune.code                    sign-in   ok      missing   ok       ok       ok            ok      ok      missing
GET  audit.show_decision_history decision_id=decisions.commune    sign-in   ok      missing   ok       ok       ok            ok      ok      ok
GET  audit.show_account_history user_id=users.member              sign-in   ok      missing   missing  missing  ok            ok      missing missing
GET  audit.show_event event_id=event                              sign-in   missing missing   missing  missing  ok            ok      missing missing
"""


class Line(NamedTuple):
    """A route with its values and the declared answer for each persona."""

    method: str
    endpoint: str
    values: tuple[tuple[str, str], ...]
    answers: dict[str, str]

    def __str__(self) -> str:
        return " ".join([self.method, self.endpoint, *(f"{k}={v}" for k, v in self.values)])

    def values_in(self, world: World) -> dict[str, Any]:
        """The parameters of the address, as ids and codes."""
        return {name: look_up(world, path) for name, path in self.values}


def read_table() -> list[Line]:
    """The lines of the table; its first names the personas."""
    header, *rows = [row.split() for row in TABLE.splitlines() if row.strip()]
    assert tuple(header) == PERSONAS, "the table has a column for each persona, in their order"
    return [line for row in rows for line in read_row(row)]


def read_row(words: list[str]) -> list[Line]:
    """Method, endpoint, name=value …, and an answer for each persona; BOTH is GET and POST."""
    methods = ["GET", "POST"] if words[0] == "BOTH" else words[:1]
    return [read_line(method, words[1:]) for method in methods]


def read_line(method: str, words: list[str]) -> Line:
    """The line of one method."""
    endpoint, *values = words[: -len(PERSONAS)]
    answers = words[-len(PERSONAS) :]
    assert set(answers) <= set(ANSWERS), f"{endpoint}: an answer is one of {ANSWERS}"
    pairs = tuple((name, path) for name, _, path in (value.partition("=") for value in values))
    return Line(method, endpoint, pairs, dict(zip(PERSONAS, answers, strict=True)))


def look_up(world: World, path: str) -> Any:
    """`teams.village` is world.teams["village"]; `commune.code` is world.commune.code; what
    stands behind a quotation mark is the word itself."""
    if path.startswith("'"):
        return path[1:]
    if path.isdigit():
        return int(path)
    first, *rest = path.split(".")
    return reduce(
        lambda found, name: found[name] if isinstance(found, dict) else getattr(found, name),
        rest,
        getattr(world, first),
    )


LINES = read_table()


def address(app: Flask, line: Line, world: World) -> str:
    with app.test_request_context():
        return url_for(line.endpoint, **line.values_in(world))
