"""What security asks of an authorization server, each demand with its figure."""

from tests.spec.requirement import ASVS, CIMD, MCP, RFC, shown

WIRE = "web/oauth/test_anchors.py"
TRUTH = "web/oauth/test_metadata_truth.py"
CONSENT = "web/oauth/test_consent.py"
NEXT = "web/account/test_next.py"
ENDS = "web/account/test_session_ends.py"
EQUAL = "web/account/test_enumeration.py"
FORGED = "web/test_forged_forms.py"
ROLLING = "web/test_rolling.py"
GITHUB = "web/leaks/test_github.py"
SERVED = "flows/test_tokens_served.py"

ANCHORS = (
    shown(
        "S1", RFC.format("9700") + "#section-2.1",
        "0 of 40 mutations of a registered redirect address pass, at the door and at the token.",
        "web/oauth/test_redirect_mismatch.py::test_s1_forty_mutations_of_a_registered_address_end_on_a_page",
        f"{WIRE}::test_s1_no_mutation_of_a_redirect_address_is_good_for_a_code",
        "domain/clients/test_redirects.py::test_s1_no_mutation_of_a_registered_address_comes_through",
    ),
    shown(
        "S2", RFC.format("9700") + "#section-2.1.1",
        "No challenge, plain, no method, a short one, no verifier, a wrong one: all refused.",
        f"{WIRE}::test_s2_no_code_without_a_digest_as_challenge",
        "::test_s2_no_token_without_its_verifier",
        "::test_s2_a_verifier_is_43_to_128_unreserved_characters",
    ),
    shown(
        "S3", f"{ASVS}.4.2, 10.4.3",
        "100 rounds of 16 parallel redemptions: one 200 each, no 5xx, one token row; at ten "
        "minutes and a second a code is refused.",
        f"{SERVED}::test_of_sixteen_redemptions_over_processes_one_is_answered",
        "domain/grants/test_codes.py::test_gap_5_of_sixteen_redemptions_at_once_one_is_answered",
        f"{WIRE}::test_s3_a_code_is_dead_a_second_after_its_ten_minutes",
    ),
    shown(
        "S4", RFC.format("6749") + "#section-10.5",
        "After a replay access is 401 and refresh 400 at the very next request.",
        f"{WIRE}::test_s4_a_replayed_code_takes_both_tokens_along_at_the_next_request",
        "web/product/test_app_tokens.py::test_a_replayed_code_ends_the_tokens_it_gave",
    ),
    shown(
        "S5", f"{ASVS}.4.5",
        "16 refreshes at once inside the window: 16 answers, one family, one leaf; after it 400 "
        "and every token of the family dead, in 100 rounds and over processes.",
        "flows/test_ends_served.py::test_s5_inside_the_window_sixteen_at_once_leave_one_living_leaf",
        "::test_s5_after_the_window_sixteen_at_once_are_refused_and_the_family_is_dead",
        "domain/grants/test_refresh.py::test_sixteen_refreshes_at_once_are_one_rotation_with_one_leaf",
        f"{SERVED}::test_sixteen_refreshes_over_processes_answer_the_same",
        "::test_a_reuse_ends_the_family_in_every_process",
    ),
    shown(
        "S6", f"{ASVS}.4.8",
        "A chain of refreshes dies 180 days after consent, however often it was used.",
        f"{WIRE}::test_s6_a_chain_used_again_and_again_dies_180_days_after_its_approval",
        "web/oauth/test_gaps.py::test_gap_14_access_lives_30_days_and_a_chain_180",
    ),
    shown(
        "S7", RFC.format("8707"),
        "A wrong resource is invalid_target, a token for another audience 401, and nothing we ask "
        "of others carries a caller's token.",
        "web/oauth/test_gaps.py::test_gap_3_a_foreign_resource_is_refused_and_ours_is_kept_on_every_token",
        "web/product/test_app_tokens.py::test_a_token_is_good_only_at_the_name_it_was_asked_for",
        f"{WIRE}::test_s7_nothing_we_fetch_from_elsewhere_carries_a_callers_secret",
    ),
    shown(
        "S8", RFC.format("9207"),
        "Every redirect back to a client, with a code or an error, carries the metadata's issuer "
        "byte for byte.",
        f"{WIRE}::test_s8_every_error_goes_back_with_state_and_issuer",
        "::test_s8_the_issuer_is_the_metadatas_byte_for_byte",
    ),
    shown(
        "S9", RFC.format("8414") + "#section-2",
        "Every value the documents advertise works as it is used; nothing they leave out does.",
        f"{TRUTH}::test_s9_every_list_of_the_document_is_made_use_of_here",
        "::test_s9_what_is_advertised_works",
        "::test_s9_what_is_not_advertised_does_not_work_at_the_door", "::test_s9_no_other_grant_works",
        "::test_s9_no_other_algorithm_proves_a_client", "::test_s9_no_other_method_proves_a_client",
        "::test_s9_no_other_claim_is_told", "::test_s9_a_document_is_a_client_as_advertised",
        "::test_s9_every_page_and_endpoint_named_is_there_and_no_other",
        "::test_s9_the_resource_is_what_its_document_says",
    ),
    shown(
        "S10", f"{ASVS}.4.4",
        "No implicit and no password grant; another response mode, request and request_uri are "
        "refused by their own words.",
        f"{WIRE}::test_s10_only_a_code_comes_back_and_only_in_the_query",
        "::test_s10_no_password_buys_a_token",
        "domain/grants/test_front_door.py::test_each_broken_rule_goes_back_with_its_own_error",
    ),
    shown(
        "S11", RFC.format("7591") + "#section-5",
        "Of 200 registrations from a network 20 an hour are taken, the others 429 with "
        "Retry-After; over 16 kB is 413; unused ones are gone after 24 hours; bad ones refused.",
        f"{WIRE}::test_s11_of_two_hundred_registrations_at_once_twenty_are_taken",
        "web/oauth/test_register.py::test_s11_a_bad_registration_is_refused_by_name",
        "::test_gap_12_a_body_of_more_than_16_kb_is_too_large",
        "::test_s11_a_registration_nobody_used_is_gone_after_24_hours",
    ),
    shown(
        "S12", CIMD,
        "Documents that mismatch, redirect, are larger than 64 kB, slow, private or no JSON are "
        "refused, and no byte of them is shown.",
        "domain/clients/test_hostile_documents.py::test_a_hostile_document_makes_no_client_and_is_never_quoted",
        "::test_an_inward_address_is_never_connected_to",
        "domain/clients/test_document_text.py::test_a_document_with_a_fault_makes_no_client",
        f"{WIRE}::test_s12_a_document_has_five_seconds_and_64_kilobytes",
    ),
    shown(
        "S13", RFC.format("6749") + "#section-10.12",
        "A forged, replayed, foreign, altered or late answer to a consent page is worth no code.",
        f"{CONSENT}::test_s13_a_forged_answer_is_worth_nothing",
        "::test_a_page_is_worth_nothing_in_another_browser",
        "::test_what_is_posted_beside_the_page_changes_nothing_of_the_request",
        "::test_approving_twice_ends_on_a_friendly_page", "::test_a_page_is_good_for_ten_minutes",
        "::test_an_app_that_changed_meanwhile_is_not_approved",
        "domain/grants/test_forms.py::test_of_many_who_answer_at_once_one_does",
    ),
    shown(
        "S14", RFC.format("9700") + "#section-4.16",
        "No page may be framed or needs anything unsafe; consent works in a real browser without "
        "one complaint of its policy.",
        f"{CONSENT}::test_the_policy_lets_the_form_end_at_that_origin_alone",
        "::test_it_needs_no_script_and_no_inline_style",
        "web/pages/test_pages.py::test_s14_no_page_needs_what_its_policy_forbids",
        "browser/test_connecting.py::test_somebody_new_connects_a_program_and_it_calls_a_tool",
    ),
    shown(
        "S15", RFC.format("9700") + "#section-4.11",
        "0 of more than 30 payloads of `next` lead away, at each door that carries one.",
        f"{NEXT}::test_s15_there_are_more_than_thirty_payloads",
        "::test_s15_no_sign_in_by_password_leads_away",
        "::test_s15_no_page_sends_whoever_is_signed_in_away",
        "::test_s15_the_page_in_between_links_nowhere_else", "::test_s15_no_mailed_link_leads_away",
        "::test_s15_a_next_said_twice_or_in_the_form_too_leads_nowhere_else",
        "::test_s15_a_client_is_only_reached_through_the_front_door",
    ),
    shown(
        "S16", MCP,
        "Consent is per person and client: another client of the same name and host asks again.",
        f"{WIRE}::test_s16_consent_to_one_client_says_nothing_for_another_of_the_same_name",
        "web/oauth/test_not_asked_again.py::test_a_second_client_of_the_same_name_and_host_asks_again",
    ),
    shown(
        "S17", RFC.format("6750") + "#section-5.3",
        "A token in an address, a form, a cookie or a body is none, and is never logged.",
        f"{WIRE}::test_s17_a_token_in_an_address_or_a_form_is_none",
        "web/product/test_challenges.py::test_a_key_in_the_query_is_no_credential_and_is_never_logged",
        "::test_a_key_in_a_cookie_or_in_the_body_is_no_credential",
        f"{SERVED}::test_no_secret_of_the_flow_is_kept_or_logged",
    ),
    shown(
        "S18", "OWASP ASVS 5.0 V11, V14",
        "Of every secret of a run, of every kind we issue or are given, none stands in the database, "
        "its log, its server's files, a backup or any other file.",
        "flows/test_nothing_secret.py::test_s18_no_secret_of_a_whole_run_is_kept",
        "::test_s18_what_is_kept_is_found_wherever_it_is_looked_for",
        "::test_s18_every_kind_of_secret_was_met",
        "domain/test_keys.py::test_s18_the_database_and_its_log_hold_no_issued_secret",
    ),
    shown(
        "S19", "OWASP ASVS 5.0 V16",
        "Of every secret of a run, provoked faults included, none stands in a log or error page.",
        "flows/test_nothing_secret.py::test_s19_no_secret_of_a_whole_run_is_told",
        "kit/test_logs.py::test_a_secret_of_every_kind_is_taken_out_of_a_log_line",
        "web/test_access_log.py::test_s19_a_line_holds_no_argument_of_a_path_and_nothing_a_stranger_wrote",
        "flows/test_seen_served.py::test_s19_no_figure_tells_who_asked_or_for_what",
        "adapters/test_telling.py::test_s19_sentry_is_told_the_error_and_nothing_anybody_sent",
    ),
    shown(
        "S20", RFC.format("7009"),
        "What the dashboard ends is 401 at the next request of each of four processes.",
        "flows/test_ends_served.py::test_s20_what_the_dashboard_ends_is_refused_by_all_four_at_the_next_request",
        f"{SERVED}::test_a_disconnected_app_is_refused_by_every_process_at_the_next_request",
    ),
    shown(
        "S21", "OWASP ASVS 5.0 8.2.2",
        "Every address that names an object answers 404 where it is another organization's; each is "
        "found in the map of URLs, each handle of a tool in its schema, by MCP and REST alike.",
        "web/test_rights_of_routes.py::test_s21_whatever_belongs_to_another_organization_does_not_exist",
        "tools/test_foreign.py::test_s21_no_handle_of_any_tool_opens_what_is_anothers_by_either_door",
        "::test_runs_and_comparisons_of_others_do_not_exist", "::test_tasks_of_others_do_not_exist",
        "::test_reports_of_others_are_no_resources",
    ),
    shown(
        "S22", "OWASP ASVS 5.0 6.3.8",
        "Sign-in, sign-up and reset answer known and unknown addresses with the same bytes after "
        "the same work; the times are measured by bench/enumeration.py.",
        f"{EQUAL}::test_s22_the_answer_is_the_same_to_the_byte",
        "::test_s22_as_many_passwords_are_computed_for_nobody_as_for_somebody",
        "::test_s22_somebody_without_a_password_takes_as_long_as_nobody",
        "::test_s22_the_same_is_asked_of_the_database",
        "::test_s22_a_sign_up_writes_as_much_for_an_address_that_is_known",
    ),
    shown(
        "S23", "OWASP ASVS 5.0 6.3.1",
        "Ten wrong passwords of a person and fifty of a network a quarter of an hour, exact over "
        "four processes; then the right one is refused too; a forwarded address helps nobody.",
        "prove/test_guesses.py::test_s23_four_processes_let_ten_guesses_through_and_not_the_right_one_after",
        "web/account/test_login.py::test_ten_wrong_passwords_and_even_the_right_one_is_refused_where_limits_are_off_too",
        "::test_fifty_wrong_passwords_of_one_network_whatever_it_says_it_is",
        "domain/test_throttles.py::test_of_thirty_at_once_ten_may_guess",
        "::test_of_sixty_accounts_at_once_a_network_may_guess_at_fifty",
    ),
    shown(
        "S24", "OWASP ASVS 5.0 V7",
        "A new id at each sign-in; __Host-, Secure, HttpOnly, SameSite=Lax; idle 14 days, absolute "
        "90; another password ends the others.",
        f"{ENDS}::test_s24_fourteen_idle_days_end_a_session_and_a_second_less_does_not",
        "::test_s24_ninety_days_end_a_session_however_often_it_is_used",
        "::test_s24_every_sign_in_has_a_new_id_also_where_one_was_planted",
        "::test_s24_an_id_we_never_gave_is_nobody_and_is_not_taken_on",
        "::test_s24_the_cookie_over_https_is_bound_to_the_host_and_out_of_reach",
        "::test_s24_the_cookie_over_http_is_the_same_without_what_http_cannot",
        "::test_s24_another_password_ends_every_other_session",
        "::test_s24_signing_out_is_true_on_the_server_too",
    ),
    shown(
        "S25", "OWASP ASVS 5.0 3.5.1",
        "Every address a cookie opens refuses what changes something without its own token; every "
        "address a bearer opens ignores cookies; both from the map of URLs.",
        f"{FORGED}::test_s25_no_form_counts_without_the_token_of_its_own_browser",
        "::test_s25_the_token_in_an_address_counts_for_nothing",
        "::test_s25_a_form_of_its_own_browser_counts",
        "::test_s25_where_bearers_count_a_cookie_changes_nothing",
        "::test_s25_a_signed_in_browser_is_a_stranger_to_the_api",
        "::test_s25_a_bearer_is_a_stranger_to_the_pages",
    ),
    shown(
        "S26", "https://modelcontextprotocol.io/specification/2026-07-28/basic/transports",
        "A foreign Origin is 403; headers that contradict the body are 400 with -32020; another "
        "version is -32022.",
        "web/product/test_doors.py::test_s26_pages_of_any_other_origin_are_refused_before_all_else",
        "web/mcp/test_modern.py::test_header_that_contradicts_the_body_is_a_400_before_the_method_is_looked_up",
        "web/mcp/test_era.py::test_broken_envelope_is_refused_with_400",
        "::test_unsupported_version_names_only_what_the_stateless_form_can_use",
    ),
    shown(
        "S27", "OWASP ASVS 5.0 1.3.6",
        "More than 40 hostile addresses, names that change and redirects that turn inward open no "
        "connection to a canary; what swells when it is unpacked is left.",
        "adapters/fetch/test_hostile.py::test_s27_a_hostile_address_reaches_no_canary",
        "::test_s27_one_bad_answer_of_several_is_enough",
        "::test_s27_a_name_that_changes_its_mind_is_connected_to_as_it_was_checked",
        "::test_s27_every_hop_of_a_chain_that_turns_inward_is_checked",
        "::test_the_canaries_would_have_heard",
        "adapters/fetch/test_fetch.py::test_an_answer_that_was_not_asked_for_is_refused",
        "adapters/fetch/test_post.py::test_an_address_inside_or_of_an_odd_shape_is_refused_before_any_connection",
    ),
    shown(
        "S28", "OWASP ASVS 5.0 1.2.1",
        "60 hostile texts as names, titles, answers, fetched pages, clients and their pictures: no "
        "script runs in a real browser.",
        "browser/test_hostile_texts.py::test_s28_hostile_texts_are_text_on_every_page",
        "browser/test_hostile_pages.py::test_s28_a_hostile_page_that_was_fetched_is_text_on_its_run",
        "::test_s28_a_hostile_picture_of_an_app_runs_nothing",
        "web/product/test_resources.py::test_quoted_text_is_shown_and_never_alive",
    ),
    shown(
        "S29", "OWASP Top 10 for LLM applications, LLM01",
        "Instructions in a text, a page or an answer change no billing, no tool and nobody's data; "
        "they are kept as data and shown as text.",
        "tools/test_planted.py::test_s29_orders_in_every_text_of_a_caller_change_nothing_but_what_is_said_of_them",
        "worker/test_fetch_pages.py::test_s29_what_a_page_says_is_data",
        "adapters/engines/llm/test_panel.py::test_s29_orders_in_a_text_move_nothing",
        "adapters/engines/llm/test_prompt.py::test_a_text_cannot_leave_its_data",
    ),
    shown(
        "S30", f"{ASVS}.3, NIST SP 800-57",
        "Secrets and signing keys are replaced under parallel use, two valid at once: 0 failures.",
        f"{ROLLING}::test_s30_a_form_of_one_process_counts_at_the_other",
        "::test_s30_a_consent_page_of_one_process_is_answered_at_the_other",
        "::test_s30_refreshes_at_both_at_once_are_one_rotation",
        "::test_s30_a_device_asked_at_one_is_approved_at_the_other",
        "::test_s30_a_pay_link_and_a_letter_of_one_process_are_read_at_the_other",
        "::test_s30_flows_of_everybody_go_on_while_the_processes_are_replaced",
        "::test_s30_a_key_set_kept_for_an_hour_vouches_for_every_id_token",
        "::test_s30_after_the_days_the_documentation_says_the_former_secret_may_go",
        "prove/test_rolling_machines.py::test_s30_every_secret_is_replaced_under_load_without_one_failure",
        "web/oauth/test_id_tokens.py::test_a_key_is_told_before_it_signs_and_after",
    ),
    shown(
        "S31", "https://docs.github.com/en/code-security/secret-scanning/secret-scanning-partnership-program/secret-scanning-partner-program",
        "GitHub's published sample verifies and one byte more does not; unknown key, replay, no "
        "list, a megabyte are 4xx; a real key is dead at the next request, and mailed once.",
        f"{GITHUB}::test_s31_the_sample_github_published_verifies_and_one_byte_more_does_not",
        "::test_the_sample_is_answered_over_the_wire", "::test_what_github_did_not_sign_changes_nothing",
        "::test_a_message_replayed_is_refused", "::test_a_body_that_is_no_list_of_matches_is_422",
        "::test_a_megabyte_is_refused",
        "::test_a_key_found_is_dead_at_the_next_request_and_its_owner_is_told_once",
        "::test_keys_are_kept_a_day_and_an_unknown_id_is_looked_for_once_in_ten_minutes",
    ),
    shown(
        "S32", "OWASP ASVS 5.0 2.2.1",
        "Wrong types, endless, a thousand deep, NUL, halves of characters, ten megabytes: refused, and "
        "in 2,000 cases for each tool never a fault of ours.",
        "tools/test_fuzz.py::test_s32_any_arguments_are_answered_or_refused_and_cost_nothing",
        "::test_s32_any_message_to_any_method_is_answered_without_a_fault_of_ours",
        "tools/test_monstrous.py::test_s32_no_field_of_any_tool_takes_a_monster_by_either_door",
        "::test_s32_ten_megabytes_are_refused_unread",
        "::test_s32_ten_megabytes_of_whoever_may_call_are_refused_unread",
        "tools/test_input.py::test_a_body_over_one_mebibyte_is_not_read", "::test_deep_json_is_refused",
    ),
    shown(
        "S33", "OWASP ASVS 5.0 16.5",
        "5,000 generated requests over the OpenAPI document and the OAuth addresses: 0 are 5xx.",
        "web/rest/test_openapi.py::test_s33_the_answer_is_one_the_description_knows",
        "::test_s33_with_tokens_what_is_asked_for_is_given_as_the_description_says",
        "web/provision/test_hostile.py::test_s33_no_request_for_a_key_is_our_mistake",
        "web/oauth/test_hostile.py::test_s33_no_request_to_the_authorization_server_is_our_mistake",
    ),
    shown(
        "S34", "OWASP ASVS 5.0 3.4",
        "Every route answers with nosniff, referrer, permissions and opener policy, over https with "
        "HSTS, and no version of any server.",
        "web/test_headers.py::test_s34_every_route_answers_with_safe_headers",
        "flows/test_served.py::test_s34_no_answer_on_the_wire_tells_a_version_of_its_server",
        "web/pages/test_pages.py::test_s34_every_answer_has_safe_headers_and_its_id",
        "::test_https_is_remembered_where_we_are_served_over_it",
    ),
    shown(
        "S35", "OWASP ASVS 5.0 14.2",
        "Seven days after an account was deleted nothing names its person; the books stay. An export "
        "tells every table of an organization, and no secret.",
        "web/organization/test_account.py::test_s35_after_seven_days_nothing_names_them",
        "web/organization/test_exports.py::test_every_table_of_an_organization_is_told_or_left_out_on_purpose",
    ),
)  # fmt: skip
