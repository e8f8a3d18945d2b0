"""What the library's stock grants let through, and what stands in its place."""

from tests.spec.requirement import MCP, RFC, shown

WIRE = "web/oauth/test_gaps.py"
DOOR = "domain/grants/test_front_door.py"

GAPS = (
    shown(
        "gap-1", RFC.format("9700") + "#section-2.1.1",
        "Without a challenge there is no code, for whichever client.",
        f"{WIRE}::test_gap_1_without_a_challenge_there_is_no_code",
        f"{DOOR}::test_without_a_digest_as_challenge_nobody_is_asked",
        "::test_confidential_clients_need_a_challenge_too",
    ),
    shown(
        "gap-2", RFC.format("7636") + "#section-4.3",
        "S256 is the only method, and has to be named.",
        f"{WIRE}::test_gap_2_a_plain_challenge_and_an_unnamed_method_are_refused",
    ),
    shown(
        "gap-3", RFC.format("8707") + "#section-2",
        "A foreign resource is invalid_target; ours is kept on code, refresh and access token and "
        "checked on every call.",
        f"{WIRE}::test_gap_3_a_foreign_resource_is_refused_and_ours_is_kept_on_every_token",
        f"{DOOR}::test_a_resource_that_is_not_ours_is_an_invalid_target",
        "web/product/test_app_tokens.py::test_a_token_is_good_only_at_the_name_it_was_asked_for",
    ),
    shown(
        "gap-4", RFC.format("6749") + "#section-3.3",
        "A scope that does not exist is invalid_scope.",
        f"{WIRE}::test_gap_4_a_scope_that_does_not_exist_is_refused",
        f"{DOOR}::test_an_unknown_scope_is_refused_by_name",
    ),
    shown(
        "gap-5", RFC.format("6749") + "#section-4.1.2",
        "Of sixteen redemptions at once one is answered, fifteen are refused, none breaks.",
        f"{WIRE}::test_gap_5_of_sixteen_redemptions_at_once_one_is_answered_and_none_breaks",
        "domain/grants/test_codes.py::test_gap_5_of_sixteen_redemptions_at_once_one_is_answered",
        "flows/test_tokens_served.py::test_of_sixteen_redemptions_over_processes_one_is_answered",
    ),
    shown(
        "gap-6", RFC.format("6749") + "#section-4.1.2",
        "A replay by the code's own client ends what it gave; by another client it ends nothing.",
        f"{WIRE}::test_gap_6_a_replay_by_its_client_ends_what_the_code_gave_and_by_another_nothing",
        "domain/grants/test_codes.py::test_gap_6_a_replay_ends_what_the_code_gave_access_to",
        "::test_a_code_in_another_clients_hands_harms_nobody",
        "::test_a_used_code_without_its_verifier_ends_nothing",
    ),
    shown(
        "gap-7", RFC.format("9700") + "#section-4.14.2",
        "A refresh token used again ends its family, and its person is told by mail.",
        f"{WIRE}::test_gap_7_a_reused_refresh_token_ends_its_family_and_the_person_is_told",
        "domain/grants/test_refresh.py::test_gap_7_reuse_ends_the_family_and_tells_the_person",
    ),
    shown(
        "gap-8", RFC.format("6819") + "#section-5.1.4.1.3",
        "Codes and tokens are prefixed and checksummed, and kept as digests alone.",
        f"{WIRE}::test_gap_8_tokens_are_prefixed_and_checksummed_and_no_row_holds_one",
        "domain/grants/test_codes.py::test_gap_8_nothing_that_was_issued_is_kept_as_it_was_told",
        "flows/test_nothing_secret.py::test_s18_no_secret_of_a_whole_run_is_kept",
    ),
    shown(
        "gap-9", RFC.format("9207") + "#section-2",
        "Errors go back with the issuer too.",
        f"{WIRE}::test_gap_9_an_error_goes_back_with_the_issuer",
        "web/oauth/test_anchors.py::test_s8_every_error_goes_back_with_state_and_issuer",
    ),
    shown(
        "gap-10", RFC.format("8252") + "#section-7",
        "Redirect addresses are https, loopback, or a private scheme of a public client with a "
        "warning; 1 to 10, at most 500 characters.",
        f"{WIRE}::test_gap_10_an_unsound_redirect_address_is_not_registered",
        "::test_gap_10_a_private_scheme_is_for_public_clients_and_warned_about",
        "domain/clients/test_redirects.py::test_gap_10_an_unsound_address_is_refused",
    ),
    shown(
        "gap-11", RFC.format("7591") + "#section-3.2.1",
        "A public client is given no secret.",
        f"{WIRE}::test_gap_11_a_public_client_is_given_no_secret",
        "web/oauth/test_register.py::test_gap_11_a_public_client_gets_no_secret",
    ),
    shown(
        "gap-12", RFC.format("7591") + "#section-5",
        "A body has at most 16 kB, a name 80 characters after what hides or reorders is gone.",
        f"{WIRE}::test_gap_12_a_name_has_an_end_and_hides_nothing",
        "web/oauth/test_register.py::test_gap_12_a_body_of_more_than_16_kb_is_too_large",
        "domain/clients/test_names.py::test_gap_12_a_name_is_composed_and_freed_of_what_hides_or_reorders",
        "::test_gap_12_a_name_has_at_most_80_characters",
    ),
    shown(
        "gap-13", RFC.format("8252") + "#section-7.3",
        "A loopback address may have any port, under each of its three names.",
        f"{WIRE}::test_gap_13_a_program_on_this_machine_listens_at_any_port",
        "domain/clients/test_redirects.py::test_gap_13_a_loopback_address_may_have_any_port",
        "::test_besides_its_port_a_loopback_address_is_exact",
    ),
    shown(
        "gap-14", "OWASP ASVS 5.0 10.4.8",
        "Access lives 30 days, and a chain of refreshes 180 days from consent whatever happens.",
        f"{WIRE}::test_gap_14_access_lives_30_days_and_a_chain_180",
        "domain/grants/test_refresh.py::test_gap_14_a_chain_dies_180_days_after_the_approval_however_often_it_was_used",
        "domain/grants/test_codes.py::test_gap_14_a_code_gives_thirty_days_of_access_and_a_refresh_token",
    ),
    shown(
        "gap-15", MCP,
        "A refresh token comes with every code and changes with every use.",
        f"{WIRE}::test_gap_15_a_refresh_token_comes_unasked_and_changes_with_each_use",
        "domain/grants/test_refresh.py::test_gap_15_a_refresh_gives_another_pair_of_the_same_kind_and_life",
    ),
    shown(
        "gap-16", RFC.format("6749") + "#section-4.1.2.1",
        "A bad client or address at the door is a page for the person and no redirect.",
        f"{WIRE}::test_gap_16_a_bad_client_at_the_door_is_a_page_for_the_person",
        "web/oauth/test_authorize.py::test_a_client_nobody_knows_gets_a_page",
        "::test_a_redirect_mismatch_is_named_on_a_page_and_nobody_is_sent_there",
    ),
)  # fmt: skip
