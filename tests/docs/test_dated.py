"""No page says something else under the day of what it said before."""

from tests.docs import dated


def test_a_page_whose_text_changes_is_given_its_day():
    assert dated.now() == dated.kept(), (
        "Set `updated` of the pages that changed, then run python -m tests.docs.dated."
    )


def test_a_text_that_changed_under_an_old_day_is_not_written_down():
    before = {slug: [day, digest] for slug, (day, digest) in dated.now().items()}
    before["errors"] = [before["errors"][0], "another text"]
    assert dated.undated(before, "2099-01-01") == ["errors"]
    assert dated.undated(before, before["errors"][0]) == []  # twice on one day
    before["errors"] = ["2020-01-01", "another text"]
    assert dated.undated(before, "2099-01-01") == []
