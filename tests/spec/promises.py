"""What we promise beyond the rows of the anchors, each promise with the tests that show it."""

from tests.spec.requirement import POLIS, shown

IMAGE = "deploy/test_dockerfile.py"
RESTORE = "flows/test_restore.py"
STEPS = "web/product/test_doors.py"
TWO = "prove/test_two_by_two.py"

PROMISES = (
    shown(
        "append-only", POLIS,
        "The database itself refuses to change or remove a written entry or event; events chain by "
        "digest, and a changed one is found.",
        "house/test_append_only.py::test_a_written_row_stays_as_it_was_written",
        "::test_a_table_cannot_be_emptied_at_a_stroke",
        "domain/test_audit.py::test_a_row_changed_behind_our_back_breaks_the_chain_where_it_was",
        "::test_a_row_forged_with_a_digest_that_fits_it_does_not_fit_the_next",
    ),
    shown(
        "queues", POLIS,
        "A pickle planted in the queue of SQLite, PostgreSQL or Redis runs nothing, and no code of "
        "ours can read one.",
        "worker/test_queue.py::test_rubbish_and_pickles_are_dropped_and_counted_and_run_nothing",
        "house/test_never.py::test_nothing_is_read_back_by_a_serialiser_that_can_run_code",
    ),
    shown(
        "sealed", POLIS,
        "Signing keys, seeds of second factors and what a provider calls an account are encrypted "
        "under a key of the secret.",
        "web/oauth/test_id_tokens.py::test_private_keys_are_sealed_and_follow_the_secret",
        "web/account/test_second.py::test_nothing_of_a_factor_stands_in_the_database_in_clear",
        "web/account/test_provider.py::test_what_a_provider_calls_an_account_is_shown_to_its_owner_and_kept_sealed",
    ),
    shown(
        "links", POLIS,
        "A letter's row names purpose and recipient; the worker makes the link as it sends, and "
        "only its digest is kept.",
        "worker/test_send_mail.py::test_a_letter_is_sent_with_a_link_that_stands_nowhere",
    ),
    shown(
        "files", POLIS,
        "The instance folder and what is made in it are for their owner alone.",
        "flows/test_commands.py::test_what_is_made_is_for_its_owner_alone",
    ),
    shown(
        "provisioning", POLIS,
        "A known address is answered 409 within its limits, and never with a second key.",
        "web/provision/test_provision.py::test_an_address_is_never_given_a_second_key",
        "::test_asked_at_once_from_everywhere_one_gets_the_key",
    ),
    shown(
        "hosts", POLIS,
        "20 hostile names of ourselves, said in every header that may carry one: none comes back in "
        "a mail, document, challenge, script or redirect.",
        "web/test_hosts.py::test_no_hostile_name_of_ourselves_is_said_by_any_answer",
        "::test_no_hostile_name_of_ourselves_is_in_a_mail",
        f"{STEPS}::test_any_other_host_is_misdirected",
        "::test_forwarded_hosts_count_for_nothing",
        "web/pages/test_pages.py::test_a_foreign_host_is_misdirected_but_for_health",
    ),
    shown(
        "proxies", POLIS,
        "Forwarded addresses are believed of proxies we trust, read from the right.",
        "web/test_network.py::test_only_proxies_we_trust_are_believed",
        "::test_without_proxies_nobody_is_believed",
    ),
    shown(
        "limits", POLIS,
        "Limits are one table, printed as they are set, told in every answer, and exact over "
        "processes.",
        "prove/test_processes.py::test_requests_of_eight_processes_are_counted_exactly",
        "docs/test_facts.py::test_limits_are_printed_as_they_are_set",
        "web/product/test_limits.py::test_every_answer_tells_what_is_left",
        "::test_a_refusal_says_when_to_come_back_and_that_it_was_right",
    ),
    shown(
        "short", POLIS,
        "No password is hashed, no page rendered and no network asked while a transaction writes.",
        "web/test_short_transactions.py::test_nothing_slow_is_done_in_a_writing_transaction",
        "::test_whoever_did_would_be_seen",
    ),
    shown(
        "browser", POLIS,
        "No page of the whole walk is complained of by its browser, whose policy allows nothing "
        "unsafe.",
        "browser/test_every_page.py::test_r18_every_rule_of_the_map_is_a_page_without_fault_or_is_known_to_be_none",
        "browser/test_the_browser_complains.py::test_what_the_policy_forbids_or_is_not_there_is_complained_of",
    ),
    shown(
        "answers", POLIS,
        "No stored idempotent answer holds a secret.",
        "tools/test_topup.py::test_the_same_key_gives_the_same_page_and_keeps_no_secret",
    ),
    shown(
        "backup", POLIS,
        "A backup holds no secret key, and is for its owner alone.",
        "flows/test_backup.py::test_a_backup_holds_no_secret_key",
        "::test_a_backup_is_for_its_owner_alone_and_leaves_nothing_beside_it",
    ),
    shown(
        "restore", POLIS,
        "A restore ends sessions, links and codes, and credentials where that is said.",
        f"{RESTORE}::test_sessions_links_and_codes_of_a_backup_let_nobody_in",
        "::test_what_was_revoked_after_a_backup_is_dead_again_when_credentials_end",
    ),
    shown(
        "sound", POLIS,
        "`polis doctor --data` verifies ledger, logs and references, and names what is off.",
        "flows/test_operator.py::test_the_data_of_a_working_installation_hold_together",
        "domain/test_soundness.py::test_a_balance_that_is_not_the_sum_of_its_entries_is_named",
        "::test_a_log_that_was_changed_is_named",
        "::test_a_log_whose_end_was_taken_away_is_named",
        "::test_rows_that_name_what_is_not_there_end_the_command_with_a_list",
    ),
    shown(
        "figures", POLIS,
        "Figures are for whoever has the token, or for the machine itself; no label is an id.",
        "web/test_metrics.py::test_the_token_opens_it_from_anywhere_and_under_any_host",
        "::test_without_the_right_token_there_is_no_such_page_even_from_here",
        "::test_without_a_token_set_it_is_for_this_machine",
        "::test_what_came_by_a_proxy_or_from_elsewhere_finds_no_such_page",
        "kit/test_meters.py::test_every_meter_says_what_it_is_and_no_label_is_an_id",
    ),
    shown(
        "deploy", POLIS,
        "The image runs as nobody on code it cannot write; compose runs web and workers, as many as "
        "are said, with PostgreSQL; the pages lead from a fresh machine to a ready installation.",
        f"{IMAGE}::test_the_second_stage_has_no_compiler_no_pip_and_runs_as_nobody_in_particular",
        "::test_migrate_web_worker_and_their_checks_run_as_nobody_on_code_they_cannot_write",
        "deploy/test_compose.py::test_there_are_web_and_workers_as_many_as_are_wanted_one_database_and_redis_if_asked_for",
        "::test_what_runs_our_image_can_write_nothing_but_its_folder_and_may_do_nothing",
        "deploy/test_pages.py::test_a_stranger_comes_from_a_fresh_machine_to_a_ready_installation",
    ),
    shown(
        "two-by-two", POLIS,
        "Two web and two worker processes on one PostgreSQL behave as one.",
        f"{TWO}::test_the_whole_job_goes_over_both_machines_and_a_revocation_reaches_both",
        "::test_r3_a_run_whose_worker_is_killed_in_the_middle_is_finished_by_the_other_once",
        "::test_throttles_of_both_machines_count_together",
        "::test_the_cap_of_a_key_holds_over_both_machines",
    ),
)  # fmt: skip
