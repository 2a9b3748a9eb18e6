"""Which test proves which of the thirty faults that the program must stand; each named test must be there."""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent

FAULTS: dict[int, tuple[str, ...]] = {
    # power cut ×1,000: nothing corrupt, lost or half done
    1: ("faults/test_power_cut.py::test_no_cut_loses_or_breaks_anything",
        "faults/test_power_cut.py::test_the_replay_can_tell_a_careless_store"),
    # kill −9 ×200
    2: ("faults/test_killed.py::test_killed_two_hundred_times_together",),
    # cut during a migration
    3: ("faults/test_power_cut.py::test_a_cut_during_a_migration_leaves_the_old_file_or_the_new_one",),
    # cut during backup and restore
    4: ("faults/test_power_cut.py::test_a_cut_during_a_backup_leaves_no_false_copy",
        "faults/test_power_cut.py::test_a_cut_during_restoring_leaves_one_or_the_other"),
    # disk full at each step
    5: ("faults/test_disk_full.py::test_every_step_of_an_edit", "faults/test_disk_full.py::test_every_step_of_a_copy",
        "ui/test_keeping.py::test_a_full_disk_is_told_and_the_edit_kept"),
    # write error
    6: ("faults/test_disk_full.py::test_every_step_of_an_edit",
        "faults/test_disk_full.py::test_closing_on_a_failing_disk_loses_nothing"),
    # read-only file, folder, medium
    7: ("faults/test_files.py::test_a_folder_that_may_not_be_written",
        "faults/test_files.py::test_writing_refused_only_when_it_is_tried",
        "ui/test_main_window.py::test_a_read_only_file_says_so"),
    # hot journal on read-only media
    8: ("faults/test_files.py::test_a_hot_journal_on_a_medium_that_may_not_be_written",),
    # journal deleted
    9: ("faults/test_files.py::test_a_journal_thrown_away_is_told_and_a_copy_restored",
        "ui/test_keeping.py::test_a_damaged_file_offers_its_copies"),
    # 0-byte and missing file; 11 garbage, truncated, PK header
    10: ("console/test_faults.py::test_a_bad_district_file_is_told_and_left_alone",),
    11: ("console/test_faults.py::test_a_bad_district_file_is_told_and_left_alone",
         "faults/test_files.py::test_damage_is_told_and_never_written"),
    # zeroed page, 200 bit flips in evidence
    12: ("faults/test_files.py::test_damage_is_told_and_never_written",
         "faults/test_files.py::test_flipped_bits_in_attached_files_are_told"),
    # second copy on this machine
    13: ("faults/test_files.py::test_a_second_copy_of_the_program_is_told_at_once_and_writes_nothing",),
    # lock of another host
    14: ("faults/test_files.py::test_the_lock_of_another_host_asks",
         "ui/test_keeping.py::test_the_lock_of_a_dead_machine_can_be_taken_over"),
    # newer version
    15: ("faults/test_files.py::test_a_newer_file_keeps_its_bytes",),
    # foreign trigger
    16: ("faults/test_files.py::test_a_foreign_trigger_never_runs",),
    # names
    17: ("faults/test_files.py::test_names_through_creating_copying_backing_up_restoring",
         "faults/test_files.py::test_a_name_too_long_for_its_journal_is_told"),
    # failed migration
    18: ("faults/test_files.py::test_a_failed_migration_leaves_nothing",),
    # schema unchanged by transform()
    19: ("faults/test_files.py::test_the_schema_stays_as_its_steps_made_it",),
    # zip bombs, entities, XXE
    20: ("faults/test_hostile_documents.py::test_nothing_is_touched",
         "intake/test_bad_input.py::test_refused_with_one_sentence"),
    # far cell, huge merge, gridSpan 5·10⁷, ten million rows
    21: ("intake/test_bad_input.py::test_refused_with_one_sentence",
         "intake/test_isolation.py::test_a_child_that_fails_does_no_harm"),
    # broken OOXML and random mutations
    22: ("fuzz/test_fuzz.py::test_documents", "fuzz/test_fuzz.py::test_documents_within_the_bounds"),
    # formula strings stay text
    23: ("reports/test_xlsx.py::test_text_stays_text",
         "console/test_keeping.py::test_the_plain_copy_as_json_and_as_workbook"),
    # 40,000 characters, control characters, #N/A, lone surrogates
    24: ("faults/test_texts.py::test_the_file_keeps_it_through_undo_and_reopening",
         "reports/test_xlsx.py::test_a_text_longer_than_a_cell_goes_on_visibly",
         "reports/test_xlsx.py::test_characters_that_excel_cannot_hold_are_left_out",
         "intake/test_excel.py::test_values_are_worded_as_shown"),
    # markup in PDF literal
    25: ("reports/test_pdf.py::test_what_looks_like_markup_comes_out_as_typed",),
    # 100 KB without a blank in PDF
    26: ("reports/test_pdf.py::test_a_hundred_kilobytes_without_a_blank_take_under_three_seconds",),
    # <img> on every screen
    27: ("faults/test_texts.py::test_markup_is_plain_on_every_page",
         "ui/roadmap/test_page.py::test_markup_in_a_title_is_only_text",
         "ui/test_import_dialog.py::test_markup_in_a_document_stays_text"),
    # evidence names and false extensions
    28: ("store/test_evidence_files.py::test_names_are_cleaned",
         "store/test_evidence_files.py::test_a_false_extension_is_not_opened"),
    # search for `"`, AND, NEAR(
    29: ("faults/test_texts.py::test_the_search_takes_anything",),
    # restore drill
    30: ("store/test_backup.py::test_restoring_brings_back_and_keeps_the_present_file",
         "ui/test_keeping.py::test_the_list_checks_and_restores"),
}  # fmt: skip


@pytest.mark.parametrize("fault", range(1, 31))
def test_each_fault_has_its_test(fault: int) -> None:
    for named in FAULTS[fault]:
        file, _, name = named.partition("::")
        tree = ast.parse((TESTS / file).read_text("utf-8"))
        assert any(isinstance(node, ast.FunctionDef) and node.name == name for node in tree.body), named
