"""How clients come to be, how they prove themselves, and where their codes may go."""

from tests.spec.requirement import CIMD, POLIS, RFC, shown

REGISTER = "web/oauth/test_register.py"
MANAGE = "web/oauth/test_registration_management.py"
DOCUMENTS = "domain/clients/test_documents.py"
ASKED = "web/oauth/test_documents_asked.py"
APPS = "domain/clients/test_developer.py"
PLACES = "domain/clients/test_redirects.py"
OWN = "web/oauth/test_client_credentials.py"
PROOF = "web/oauth/test_presented.py"
NAMES = "domain/clients/test_names.py"
SWEEP = "domain/clients/test_sweep.py"

CLIENTS = (
    shown(
        "methods", RFC.format("6749") + "#section-2.3",
        "Clients are public, or prove themselves by secret in header or form, or by signature.",
        "web/oauth/test_connectors.py::test_connector_5_the_method_a_client_asks_for_is_the_one_it_gets",
        "web/oauth/test_metadata_truth.py::test_s9_what_is_advertised_works",
        f"{PROOF}::test_a_secret_proves_in_header_and_form_alike",
        "::test_a_client_registered_to_prove_itself_is_never_accepted_without",
    ),
    shown(
        "registration-answer", RFC.format("7591") + "#section-3.2.1",
        "Registration echoes what was asked, 201 and no-store, nothing empty, no secret for "
        "public clients.",
        f"{REGISTER}::test_a_registration_is_echoed_as_it_was_asked_with_its_own_id_and_token",
        "::test_no_field_is_null_or_empty", "::test_gap_11_a_public_client_gets_no_secret",
    ),
    shown(
        "registration-defaults", RFC.format("7591") + "#section-2",
        "Absent method means none, absent scope all, absent grants code and refresh; "
        "application_type is echoed, unknown members are ignored.",
        f"{REGISTER}::test_what_is_absent_means_a_public_client_with_every_scope",
        "::test_the_kind_of_application_is_echoed_and_unknown_members_are_ignored",
        "::test_grants_and_scopes_we_do_not_offer_are_left_out_of_the_echo",
    ),
    shown(
        "registration-management", RFC.format("7592"),
        "The registration token changes on PUT only; after DELETE it is 401.",
        f"{MANAGE}::test_the_token_changes_on_put_only",
        "::test_after_delete_the_token_answers_401_and_the_client_is_unknown",
        "::test_nobody_manages_a_registration_without_its_own_token",
    ),
    shown(
        "registration-sizes", RFC.format("7591") + "#section-5",
        "A body has at most 16 kB, a cleaned name at most 80 characters.",
        f"{REGISTER}::test_gap_12_a_body_of_more_than_16_kb_is_too_large",
        "::test_gap_12_a_name_is_cleaned_before_it_is_kept",
    ),
    shown(
        "registration-unmerged", POLIS,
        "Every registration is its own client; equal ones are only shown as one row.",
        f"{REGISTER}::test_two_equal_registrations_are_two_clients",
        "web/apps/test_connected.py::test_clients_of_the_same_name_and_hosts_are_one_row",
    ),
    shown(
        "registration-swept", POLIS,
        "Never-used registrations go after 24 hours, used ones never.",
        f"{SWEEP}::test_an_unused_registration_goes_with_its_secret_and_logo",
        "::test_a_used_registration_stays_for_good",
        f"{REGISTER}::test_s11_a_registration_nobody_used_is_gone_after_24_hours",
    ),
    shown(
        "registration-changed", RFC.format("7592") + "#section-2.2",
        "Other redirects, name, method or keys end every grant and remembered consent.",
        f"{MANAGE}::test_another_place_name_method_or_key_ends_every_grant_and_consent",
        "::test_a_put_that_changes_none_of_them_ends_nothing", "::test_a_refused_put_changes_nothing",
    ),
    shown(
        "document-valid", CIMD,
        "A document is JSON, at most 64 kB, without redirects, names its own address byte for "
        "byte, and has a name and redirect addresses.",
        f"{DOCUMENTS}::test_a_document_is_a_client",
        "domain/clients/test_document_text.py::test_a_document_with_a_fault_makes_no_client",
        "domain/clients/test_hostile_documents.py::test_a_hostile_document_makes_no_client_and_is_never_quoted",
    ),
    shown(
        "document-for-a-person", CIMD,
        "An unknown address is fetched for somebody signed in alone; before that its host is shown.",
        f"{ASKED}::test_for_a_stranger_an_unknown_address_is_not_fetched_and_its_host_is_shown",
        f"{DOCUMENTS}::test_an_unknown_address_is_fetched_for_a_person_only",
    ),
    shown(
        "document-kept", CIMD,
        "Kept between 5 minutes and 24 hours, stale for 7 days and only after an outage.",
        f"{DOCUMENTS}::test_a_document_is_kept_between_five_minutes_and_a_day",
        "::test_an_outage_is_outlived_for_seven_days_and_no_longer",
        "::test_an_outage_is_not_tried_again_at_once",
    ),
    shown(
        "document-ended", CIMD,
        "Gone or invalid, it ends its client and its grants at once.",
        f"{DOCUMENTS}::test_a_document_that_is_gone_ends_its_client_and_its_grants_at_once",
        "::test_a_document_that_became_invalid_ends_its_client_at_once",
    ),
    shown(
        "document-shipped", POLIS,
        "Shipped copies stand in where no fetch ever succeeded, for 180 days after their date.",
        f"{DOCUMENTS}::test_a_shipped_copy_stands_in_where_no_fetch_ever_succeeded",
        "::test_a_shipped_copy_counts_for_180_days", "::test_a_shipped_copy_never_stands_in_for_an_answer",
    ),
    shown(
        "document-limits", POLIS,
        "A person has ten new documents a minute.",
        f"{DOCUMENTS}::test_ten_new_documents_a_minute_and_no_eleventh",
    ),
    shown(
        "document-keys", CIMD,
        "Grants remember the document's digest; keys come from it or from its own origin.",
        f"{ASKED}::test_for_somebody_signed_in_it_is_fetched_and_asked_about_by_its_host",
        "domain/clients/test_key_sets.py::test_keys_are_fetched_once_and_kept_for_a_day",
        "domain/clients/test_document_text.py::test_a_document_with_a_fault_makes_no_client",
    ),
    shown(
        "developer-apps", POLIS,
        "A developer's app has type, addresses, scopes and shorter lives; its secret rotates with "
        "overlap; it is edited and removed by those who may.",
        f"{APPS}::test_a_confidential_app_is_made_with_a_secret_and_takes_it_both_ways",
        "::test_what_the_developer_filled_in_is_kept",
        "::test_a_rotated_secret_overlaps_and_what_the_app_did_alone_ends",
        "::test_a_removed_app_is_not_there_any_more", "::test_the_apps_of_others_do_not_exist",
        "domain/grants/test_codes.py::test_lives_a_developer_shortened_are_kept",
    ),
    shown(
        "developer-scopes", RFC.format("6749") + "#section-3.3",
        "Beyond its own scopes an app is told invalid_scope with the scope's name.",
        "domain/grants/test_front_door.py::test_a_scope_beyond_the_clients_own_is_refused_by_name",
    ),
    shown(
        "presets", POLIS,
        "One click makes an app for each known platform, with its own form's fields.",
        f"{APPS}::test_a_preset_makes_an_app_and_its_platforms_form",
        "::test_the_preset_of_claude_knows_both_of_its_callbacks",
        "::test_the_preset_of_chatgpt_takes_the_address_of_any_connector",
    ),
    shown(
        "redirect-exact", RFC.format("9700") + "#section-2.1",
        "Addresses are compared exactly; loopback with any port; private schemes whole.",
        f"{PLACES}::test_s1_no_mutation_of_a_registered_address_comes_through",
        "::test_gap_13_a_loopback_address_may_have_any_port",
        "::test_a_private_scheme_is_for_public_clients_only",
    ),
    shown(
        "redirect-prefix", POLIS,
        "ChatGPT's connector addresses take one segment more, for clients that listed such a one.",
        f"{PLACES}::test_chatgpt_gets_a_segment_of_its_own_for_each_connector",
        "::test_the_prefix_of_chatgpt_ends_after_one_segment",
        "::test_the_prefix_is_only_for_clients_that_listed_such_an_address",
    ),
    shown(
        "redirect-forbidden", RFC.format("7591") + "#section-5",
        "Thirteen schemes, fragments, userinfo and wildcards are refused; any fault is "
        "invalid_redirect_uri.",
        f"{PLACES}::test_a_forbidden_scheme_is_refused_even_from_a_public_client",
        "::test_gap_10_an_unsound_address_is_refused", "::test_an_empty_or_long_list_is_refused",
        "web/oauth/test_gaps.py::test_gap_10_an_unsound_redirect_address_is_not_registered",
    ),
    shown(
        "client-credentials", RFC.format("6749") + "#section-4.4",
        "Only an app whose owner switched it on acts for its own organization: an hour, no "
        "refresh token, no openid, ended with app, secret or switch.",
        f"{OWN}::test_an_app_runs_panels_for_its_own_organization",
        "::test_it_may_ask_for_less_and_never_for_a_person", "::test_its_token_lives_an_hour",
        "::test_nobody_else_acts_without_a_person",
        "::test_its_tokens_end_with_the_switch_the_secret_and_the_app",
        "::test_many_tokens_are_one_connection",
    ),
    shown(
        "private-key-jwt", RFC.format("7523") + "#section-3",
        "RS256 or ES256, our issuer or token endpoint as audience, iss = sub = client, five "
        "minutes, a jti once, keys fetched anew once a minute.",
        f"{PROOF}::test_a_signed_assertion_proves_its_client",
        "::test_an_assertion_with_a_wrong_claim_proves_nothing",
        "::test_an_assertion_is_good_once_however_many_try_at_once",
        "::test_keys_are_fetched_again_for_an_unknown_kid_at_most_once_a_minute",
        "web/oauth/test_metadata_truth.py::test_s9_no_other_algorithm_proves_a_client",
    ),
    shown(
        "private-key-jwt-only", RFC.format("9700") + "#section-2.5",
        "A client registered for it is never taken as public; a document that lists several "
        "methods may use any of them.",
        f"{PROOF}::test_a_client_registered_to_prove_itself_is_never_accepted_without",
        f"{DOCUMENTS}::test_chatgpt_may_use_either_of_the_methods_it_lists",
    ),
    shown(
        "verified", POLIS,
        "Verified is only a client on the vendors' list or vouched for by the operator.",
        f"{APPS}::test_only_a_client_whose_codes_all_reach_a_known_vendor_is_verified",
        "::test_the_operator_vouches_for_a_client_and_takes_it_back",
    ),
    shown(
        "logos", POLIS,
        "Logos of verified apps alone, fetched once, drawn anew at 128 pixels, served as ours.",
        "web/test_logos.py::test_a_verified_apps_logo_is_fetched_once_and_served_as_ours",
        "::test_nothing_is_fetched_for_anybody_else",
        "adapters/test_logos.py::test_every_picture_becomes_a_square_png_of_128_pixels",
        "::test_what_is_no_picture_we_take_draws_nothing",
    ),
    shown(
        "names", POLIS,
        "A name that reads like a vendor's or ours is refused for other https hosts; programs on "
        "one's machine keep it.",
        f"{NAMES}::test_a_name_that_reads_like_a_known_one_is_refused_for_another_https_host",
        "::test_a_program_on_this_machine_keeps_a_known_name", "::test_the_vendor_itself_keeps_its_name",
    ),
)  # fmt: skip
