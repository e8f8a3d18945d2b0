"""Codes, tokens and devices: their lives, their ends, and limits nobody can turn on others."""

from tests.spec.requirement import OIDC, POLIS, RFC, shown

CODES = "domain/grants/test_codes.py"
ROTATION = "domain/grants/test_refresh.py"
REVOKE = "web/oauth/test_revocation.py"
IDS = "web/oauth/test_id_tokens.py"
DEVICE = "web/oauth/test_device.py"
TYPED = "web/oauth/test_device_page.py"
LIMITS = "web/oauth/test_token_limits.py"
LEAKS = "domain/test_leaks.py"
GITHUB = "web/leaks/test_github.py"
FORM = "web/leaks/test_form.py"
SERVED = "flows/test_tokens_served.py"

TOKENS = (
    shown(
        "token-form", POLIS,
        "Opaque, prefixed, checksummed, kept as digests.",
        "web/oauth/test_gaps.py::test_gap_8_tokens_are_prefixed_and_checksummed_and_no_row_holds_one",
        f"{LEAKS}::test_the_page_on_keys_describes_what_is_minted",
    ),
    shown(
        "code", RFC.format("6749") + "#section-4.1.2",
        "Ten minutes, one use, bound to client, address, challenge and resource; a replay by its "
        "client revokes.",
        f"{CODES}::test_a_code_lives_ten_minutes_and_not_a_second_more",
        "::test_what_does_not_belong_to_the_code_is_refused_and_leaves_it_good",
        f"{SERVED}::test_of_sixteen_redemptions_over_processes_one_is_answered",
    ),
    shown(
        "access-life", POLIS,
        "expires_in is 2592000, and at that second access ends.",
        "web/product/test_app_tokens.py::test_a_token_lives_thirty_days",
    ),
    shown(
        "refresh-issued", RFC.format("6749") + "#section-1.5",
        "A refresh token comes with every code unless the client registered without the grant.",
        f"{CODES}::test_a_client_registered_without_refreshing_gets_no_refresh_token",
        "web/oauth/test_gaps.py::test_gap_15_a_refresh_token_comes_unasked_and_changes_with_each_use",
    ),
    shown(
        "rotation-window", RFC.format("9700") + "#section-4.14.2",
        "The successor is derived: every repeat in the window answers the same tokens, which shuts "
        "when the leaf is itself refreshed.",
        f"{ROTATION}::test_a_repeat_inside_the_window_is_answered_with_the_same_tokens",
        "::test_the_window_shuts_when_its_leaf_is_refreshed",
        "::test_no_window_at_all_makes_every_repeat_a_reuse",
        "::test_a_secret_being_replaced_changes_no_answer_inside_the_window",
    ),
    shown(
        "rotation-reuse", RFC.format("9700") + "#section-4.14.2",
        "Reuse after the window ends the family and mails the person; thief and owner are parted.",
        f"{ROTATION}::test_gap_7_reuse_ends_the_family_and_tells_the_person",
        "::test_thief_and_owner_who_both_came_in_time_are_parted_at_the_next_refresh",
        "::test_an_older_link_of_the_chain_is_reuse_however_soon",
    ),
    shown(
        "rotation-access", POLIS,
        "Earlier access tokens of a family live on to their end, or die with it.",
        f"{ROTATION}::test_earlier_access_tokens_of_a_family_live_on_after_a_rotation",
        "web/product/test_app_tokens.py::test_a_reused_refresh_token_ends_every_access_token_of_its_family",
    ),
    shown(
        "rotation-same", POLIS,
        "In the window a repeat asks for the same scope and resource, or is invalid_grant.",
        f"{ROTATION}::test_a_repeat_that_asks_for_something_else_is_refused_and_ends_nothing",
    ),
    shown(
        "refresh-scope", RFC.format("6749") + "#section-6",
        "Scope is kept where none is sent, narrowed, never widened.",
        f"{ROTATION}::test_a_refresh_keeps_narrows_and_never_widens_its_scope",
    ),
    shown(
        "id-token", f"{OIDC}#IDToken",
        "Signed RS256 or ES256, with nonce, auth_time and the scopes' claims.",
        f"{IDS}::test_an_id_token_says_who_approved_to_whom_and_when",
        "::test_a_client_may_have_its_id_tokens_signed_with_es256",
        "::test_an_id_token_is_given_for_openid_alone", "::test_userinfo_tells_what_the_scopes_say",
    ),
    shown(
        "id-token-keys", f"{OIDC}#RotateSigKeys",
        "Keys rotate with overlap; their private halves are sealed.",
        f"{IDS}::test_a_key_is_told_before_it_signs_and_after",
        "::test_private_keys_are_sealed_and_follow_the_secret",
        "web/test_rolling.py::test_s30_a_key_set_kept_for_an_hour_vouches_for_every_id_token",
    ),
    shown(
        "revocation", RFC.format("7009"),
        "Either token ends the pair at once, for public clients by their id alone; unknown is "
        "200; another client's stays.",
        f"{REVOKE}::test_a_public_client_gives_back_the_pair_with_its_id_alone",
        "::test_an_unknown_token_is_given_back_without_a_word",
        "::test_another_clients_token_is_left_alone",
        "::test_a_confidential_client_must_prove_itself_to_give_back",
    ),
    shown(
        "introspection", RFC.format("7662"),
        "A proved client, or a token itself, learns about its own; all else is active: false.",
        f"{REVOKE}::test_a_confidential_client_learns_about_its_own_tokens",
        "::test_a_public_client_asks_with_the_token_itself",
        "::test_nobody_learns_about_a_token_of_somebody_else",
        "::test_a_dead_token_is_only_said_to_be_dead",
    ),
    shown(
        "disconnect", POLIS,
        "Disconnecting ends every token of the app at the next request of every process.",
        "flows/test_ends_served.py::test_s20_what_the_dashboard_ends_is_refused_by_all_four_at_the_next_request",
    ),
    shown(
        "device-who", RFC.format("8628") + "#section-3.1",
        "Only for clients registered for the grant, with eight letters and no vowel, ten minutes.",
        f"{DEVICE}::test_only_a_client_registered_for_the_grant_may_ask",
        "::test_a_device_is_told_where_its_person_goes_and_how_often_to_ask",
        "::test_after_ten_minutes_the_code_is_dead", f"{TYPED}::test_a_code_is_dead_after_ten_minutes",
    ),
    shown(
        "device-guesses", RFC.format("8628") + "#section-5.1",
        "Five wrong tries a session and network.",
        f"{TYPED}::test_five_wrong_codes_and_even_the_right_one_is_not_tried",
        "::test_another_session_in_the_same_network_gets_no_new_guesses",
    ),
    shown(
        "device-page", RFC.format("8628") + "#section-5.4",
        "The complete address fills in and submits nothing; the page says when, from where, by "
        "what, warns, asks always, with little filled in.",
        f"{TYPED}::test_a_complete_address_fills_the_code_in_and_submits_nothing",
        "::test_the_page_says_when_where_from_and_by_which_program",
        "::test_the_next_code_is_asked_about_again",
        "::test_an_app_that_is_verified_elsewhere_is_not_on_a_device",
    ),
    shown(
        "device-once", RFC.format("8628") + "#section-3.5",
        "Tokens once, however many poll; too early is slow_down; a refusal is told.",
        f"{DEVICE}::test_of_many_polls_at_once_one_gets_the_tokens",
        "::test_too_early_a_poll_makes_every_later_one_wait_longer", "::test_a_refusal_is_told",
    ),
    shown(
        "limits-genuine", POLIS,
        "What is genuine counts against its own grant alone.",
        f"{LIMITS}::test_a_genuine_token_is_counted_for_its_own_connection_alone",
        "::test_a_code_is_counted_for_its_own_connection",
        f"{DEVICE}::test_a_device_that_polls_as_told_is_never_refused",
        "::test_rubbish_from_the_same_network_does_not_stop_a_waiting_device",
    ),
    shown(
        "limits-rubbish", POLIS,
        "What is not counts by client and network, in shared ranges by what it presents.",
        f"{LIMITS}::test_rubbish_is_counted_by_client_and_network",
        "::test_rubbish_through_a_shared_range_is_counted_by_what_it_presents",
        "::test_a_forwarded_address_nobody_vouches_for_counts_for_nothing",
    ),
    shown(
        "limits-registrations", POLIS,
        "20 registrations an hour a network, 1,000 a shared range.",
        "web/oauth/test_register.py::test_s11_a_network_registers_20_clients_an_hour",
        "::test_a_range_many_people_share_has_room_for_them",
    ),
    shown(
        "limits-flood", POLIS,
        "10,000 rubbish requests under Claude's id, and 500 people in a minute through one "
        "address: every genuine request is 200.",
        f"{LIMITS}::test_a_flood_of_rubbish_with_claudes_id_stops_nobody",
        "::test_500_people_refresh_in_one_minute_through_one_address",
    ),
    shown(
        "leaks-github", "https://docs.github.com/en/code-security/secret-scanning/secret-scanning-partnership-program/secret-scanning-partner-program",
        "Messages are signed over their raw bytes; keys are kept a day, an unknown id fetches "
        "once in ten minutes.",
        f"{GITHUB}::test_s31_the_sample_github_published_verifies_and_one_byte_more_does_not",
        "::test_keys_are_kept_a_day_and_an_unknown_id_is_looked_for_once_in_ten_minutes",
    ),
    shown(
        "leaks-form", POLIS,
        "Real, dead and unknown are answered alike, the checksum first, ten an hour a network, the "
        "place one inert address.",
        f"{FORM}::test_real_dead_and_unknown_secrets_are_answered_with_the_same_bytes",
        "::test_what_is_no_secret_of_ours_is_said_before_anything_is_looked_up",
        "::test_ten_reports_an_hour_from_one_network_and_no_eleventh",
        "::test_the_place_is_one_http_address_or_nothing",
    ),
    shown(
        "leaks-end", POLIS,
        "What is found dies at once: tokens with their grant, secrets and registration tokens "
        "replaced, codes deleted.",
        f"{LEAKS}::test_a_token_ends_its_grant",
        "::test_a_code_is_deleted_with_the_grant_it_would_have_opened",
        "::test_a_client_secret_is_told_to_the_owners_of_its_app",
        "::test_a_registration_token_is_replaced_by_one_nobody_knows",
    ),
    shown(
        "leaks-page", POLIS,
        "The page on keys publishes how a secret looks and how its checksum is computed.",
        f"{LEAKS}::test_the_page_on_keys_describes_what_is_minted",
        "domain/test_keys.py::test_a_key_is_its_books_prefix_32_letters_and_a_checksum_anybody_can_recompute",
    ),
    shown(
        "leaks-mail", POLIS,
        "The mail says what, whose, when and where, that it is dead, and what next; organization "
        "secrets mail all owners; a second report mails nobody.",
        f"{LEAKS}::test_the_letter_says_what_it_was_and_what_to_do_and_never_the_secret",
        "::test_an_api_key_is_told_to_its_maker_and_every_owner",
        "::test_of_eight_reports_at_once_one_is_mailed",
        f"{GITHUB}::test_a_second_report_of_a_dead_key_is_true_and_mails_nobody",
    ),
)  # fmt: skip
