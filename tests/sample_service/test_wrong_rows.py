import pytest

from tests.sample_service.wrong_rows import ROOT, WRONG_ROWS, WrongRow


@pytest.mark.parametrize("row", WRONG_ROWS, ids=lambda row: f"{row.rule}: {row.row}")
def test_each_anchor_of_a_wrong_row_names_one_line(row: WrongRow) -> None:
    text = (ROOT / row.file).read_text(encoding="utf-8")

    assert [text.count(anchor) for anchor in row.anchors] == [1] * len(row.anchors)
    assert len(set(row.lines)) == len(row.lines) == len(row.anchors)
