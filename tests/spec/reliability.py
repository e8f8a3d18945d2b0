"""What has to hold under load, faults and time (R1-R20), each row with the tests that show it."""

from tests.spec.requirement import POLIS, shown

STORM = "domain/test_storms.py"
HTML = "browser/test_html.py"
WCAG = "https://www.w3.org/TR/WCAG22/"
FORMER = "house/test_former_schemas.py"

RELIABILITY = (
    shown(
        "R1", POLIS,
        "At every commit a balance is the sum of its entries and none is below zero: after 5,000 "
        "random steps, after every test, and all the while under load.",
        "domain/test_ledger_machine.py::test_r1_the_ledger_agrees_with_the_model_after_every_step",
        "prove/test_processes.py::test_starts_of_eight_processes_spend_a_balance_to_its_last_token",
        "prove/test_purchases_killed.py::test_r2_purchases_over_killed_processes_bring_their_tokens_once",
    ),
    shown(
        "R2", POLIS,
        "100 kill -9 of web and worker at any moment: no charge is double, none is lost, no hold stays.",
        "prove/test_purchases_killed.py::test_r2_purchases_over_killed_processes_bring_their_tokens_once",
        "prove/test_web_killed.py::test_r2_starts_repeated_over_killed_web_processes_are_one_run_each",
        "prove/test_worker_killed.py::test_r3_runs_of_killed_workers_complete_or_are_refunded",
    ),
    shown(
        "R3", POLIS,
        "90 seconds after the workers are back a killed run is complete, or refunded whole.",
        "prove/test_worker_killed.py::test_r3_runs_of_killed_workers_complete_or_are_refunded",
    ),
    shown(
        "R4", POLIS,
        "One idempotency key 50 times in parallel is one run, one hold and one answer; another "
        "request under it is a conflict.",
        "tools/test_idempotency.py::test_r4_twins_at_the_same_moment_are_one_call",
        "::test_another_request_under_the_same_key_is_a_conflict",
    ),
    shown(
        "R5", POLIS,
        "64 parallel starts at a cap never pass it, of an organization, a key or a balance.",
        f"{STORM}::test_r5_starts_at_the_spend_cap_reach_it_and_never_pass_it",
        "::test_r5_starts_at_a_keys_monthly_cap_reach_it_and_never_pass_it",
        "::test_starts_beyond_the_balance_leave_it_at_what_cannot_pay_one_more",
        "::test_what_comes_back_in_the_middle_of_a_storm_is_spent_again_but_once",
    ),
    shown(
        "R6", POLIS,
        "1,000 notices with duplicates, disorder, loss and forgeries end as they do in order: money "
        "by its entries, periods, payments and debts.",
        "billing/test_chaos.py::test_r6_a_bad_day_of_the_network_ends_as_a_good_one",
        "billing/test_traps.py::test_duplicates_change_nothing",
        "::test_two_events_for_one_fact_pay_once",
    ),
    shown(
        "R8", POLIS,
        "Eight processes that write 200 times each to one SQLite file lose nothing and are never "
        "told it is locked.",
        "db/test_contention.py::test_r8_writers_in_eight_processes_lose_nothing_and_never_find_it_locked",
    ),
    shown(
        "R9", POLIS,
        "How fast pages, tools and tokens are with much data is measured by bench/crowd.py and "
        "bench/dashboard.py, which can always be run; no test waits for a figure of time.",
        "house/test_benches.py::test_r9_the_crowds_bench_asks_everything_and_gets_answers",
        "::test_r9_the_dashboards_bench_measures_the_pages_it_is_asked_for",
        "::test_a_bench_can_be_started",
        "::test_r9_a_page_beyond_any_of_its_bounds_does_not_hold",
    ),
    shown(
        "R10", POLIS,
        "A page takes at most 12 statements, and as many with 1,000 rows as with 10.",
        "web/test_few_statements.py::test_r10_every_page_takes_few_statements_and_as_many_with_many_rows",
        "::test_no_page_reads_a_whole_table",
    ),
    shown(
        "R13", POLIS,
        "The schema goes base, head, base, head; a database of each former schema comes up with all "
        "it held; what the code of former schemas writes is still taken by the schema of today. What "
        "broke off on its way goes on from there.",
        "house/test_migrations.py::test_r13_base_to_head_and_back_twice_leaves_the_same_schema",
        "::test_each_step_goes_down_and_up_again", "::test_head_is_what_the_models_say",
        "::test_r13_a_migration_that_broke_off_comes_from_where_it_began",
        f"{FORMER}::test_r13_a_database_of_a_former_schema_comes_up_with_all_it_held",
        "::test_r13_a_step_down_loses_nothing_the_former_schema_held",
        "::test_r13_what_the_code_of_a_former_schema_writes_is_still_taken",
        "::test_r13_every_schema_a_release_had_is_kept_here",
    ),
    shown(
        "R18", WCAG,
        "Every page has no violation axe finds, light and dark, narrow and wide, and stands still "
        "while it loads.",
        "browser/test_every_page.py::test_r18_every_rule_of_the_map_is_a_page_without_fault_or_is_known_to_be_none",
        "browser/test_pages.py::test_r18_a_page_has_no_fault_at_any_width_in_any_light",
        "browser/test_still.py::test_r18_no_page_moves_while_it_loads",
        "::test_r18_no_page_of_the_dashboard_moves_while_it_loads",
    ),
    shown(
        "R19", "https://html.spec.whatwg.org/",
        "Every page is valid HTML, no link of ours leads nowhere, and HTML, Markdown and the whole "
        "say the same.",
        f"{HTML}::test_r19_the_validator_finds_nothing_on_any_page",
        "::test_r19_the_validator_finds_nothing_in_the_dashboard",
        "web/pages/test_links_followed.py::test_r19_every_link_a_stranger_meets_leads_somewhere",
        "::test_r19_every_link_an_owner_meets_leads_somewhere",
        "docs/test_same_facts.py::test_r19_every_figure_of_a_page_stands_in_each_of_its_forms",
        "docs/test_twins.py::test_r19_a_fact_that_changes_in_the_code_changes_every_output",
    ),
    shown(
        "R20", POLIS,
        "Without any script: sign-up, key, consent, run, report, and cancelling.",
        "browser/test_walk.py::test_r20_somebody_new_does_everything_there_is_to_do_and_leaves",
        "browser/test_walk.py::test_r20_a_run_is_cancelled_without_a_script",
    ),
)  # fmt: skip
