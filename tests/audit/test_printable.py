"""Every string of the audited tree, as a person sees it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pizzaguard.audit.printable import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/orders/{order_id}", "/orders/{order_id}"),
        ("Würzige Pizza 🍕", "Würzige Pizza 🍕"),
        ("\x1b[2J", r"\x1b[2J"),
        ("a\u202eb", r"a\u202eb"),
        ("a\u200bb", r"a\u200bb"),
        ("one\ntwo\r", r"one\ntwo\r"),
        ("\x9b31m", r"\x9b31m"),
        ("\udce9", r"\udce9"),
        ("\u2028", r"\u2028"),
        ("\U000e0041", r"\U000e0041"),
        ("\u3164", r"\u3164"),
    ],
)
def test_what_hides_or_moves_text_becomes_an_escape(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(st.characters(codec=None)))
def test_the_result_is_always_one_printable_line(text: str) -> None:
    assert printable(text).isprintable()


@given(st.text(st.characters(codec=None)))
def test_nothing_is_left_to_escape_a_second_time(text: str) -> None:
    assert printable(printable(text)) == printable(text)
