"""Where a suppression counts."""

from textwrap import dedent

import pytest

from pizzaguard.audit.suppression import read

MARK = "# pizzaguard: ignore[shadowed-route] -- on purpose"


def silenced(text: str) -> list[int]:
    """Give the lines of a text that its suppressions speak for."""
    text = dedent(text).replace("MARK", MARK)
    found = read(text)
    return [
        number
        for number in range(1, text.count("\n") + 2)
        if any(entry.silences("shadowed-route", number) for entry in found)
    ]


def test_at_the_end_of_a_line_it_speaks_for_that_line() -> None:
    assert silenced("a = 1\nb = 2  MARK\nc = 3\n") == [2]


def test_on_a_line_of_its_own_it_speaks_for_the_next_statement() -> None:
    assert silenced("a = 1\nMARK\nb = [\n  2,\n]\nc = 3\n") == [3, 4, 5]


def test_a_comment_may_stand_between_it_and_the_statement() -> None:
    assert silenced("MARK\n# the menu\nmenu = 1\n") == [3]


def test_on_the_first_line_of_a_statement_it_speaks_for_the_whole() -> None:
    assert silenced("routes = [  MARK\n  1,\n  2,\n]\n") == [1, 2, 3, 4]


def test_on_a_later_line_of_a_statement_it_speaks_for_that_line() -> None:
    assert silenced("routes = [\n  1,  MARK\n  2,\n]\n") == [2]


def test_on_a_line_of_its_own_inside_a_statement_it_speaks_for_the_next_line() -> None:
    assert silenced("routes = [\n  MARK\n  1,\n  2,\n]\n") == [2, 3]


@pytest.mark.parametrize("place", range(6))
def test_anywhere_at_the_head_of_a_definition_it_speaks_for_decorators_and_signature(place: int) -> None:
    lines = ["@router.get(", '  "/menu",', ")", "@cached", "def menu(", "  page: int,", "):", "  return page"]
    lines[place] += "  " + MARK
    assert silenced("x = 1\n" + "\n".join(lines) + "\n") == [2, 3, 4, 5, 6, 7, 8]


def test_above_a_method_it_speaks_for_its_decorators() -> None:
    assert silenced("class A:\n    MARK\n    @get\n    def f(self): ...\n    @get\n    def g(self): ...\n") == [3, 4]


def test_in_a_string_it_is_no_comment() -> None:
    assert read(f'help = """\n{MARK}\n"""\n') == ()


def test_without_a_reason_it_silences_nothing() -> None:
    (entry,) = read("a = 1  # pizzaguard: ignore[shadowed-route]\n")
    assert not entry.silences("shadowed-route", 1)


def test_it_may_name_several_rules_and_gives_its_reason() -> None:
    (entry,) = read("a = 1  # pizzaguard: ignore[shadowed-route, debug-mode] -- see #12  # noqa: E1\n")
    assert entry.rules == ("shadowed-route", "debug-mode")
    assert entry.reason == "see #12"


def test_in_a_file_that_is_broken_further_up_it_speaks_for_its_own_line() -> None:
    assert silenced("a = (]\nb = 1  MARK\n") == [2]


def test_columns_are_one_based() -> None:
    (entry,) = read("ä = 1  # pizzaguard: ignore[x] -- y\n")
    assert (entry.column, entry.end_column) == (8, 8 + len("# pizzaguard: ignore[x] -- y"))
