"""Path patterns of the configuration."""

import time

import pytest

from pizzaguard.audit.globs import matches


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("tests", "tests/test_orders.py"),
        ("tests", "shop/tests/test_orders.py"),
        ("test_*.py", "shop/test_orders.py"),
        ("shop/*.py", "shop/orders.py"),
        ("shop/**/orders.py", "shop/orders.py"),
        ("shop/**/orders.py", "shop/api/v1/orders.py"),
        ("shop/", "shop/orders.py"),
        ("./shop/api", "shop/api/orders.py"),
        ("**/migrations/**", "shop/db/migrations/0001.py"),
    ],
)
def test_a_pattern_names_a_file_or_all_below_a_folder(pattern: str, path: str) -> None:
    assert matches(pattern, path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("shop/*.py", "shop/api/orders.py"),
        ("shop/*.py", "other/shop/orders.py"),
        ("tests", "latests/orders.py"),
        ("shop/orders.py", "shop/orders.pyi"),
    ],
)
def test_a_star_stays_in_its_segment_and_a_slash_holds_to_the_root(pattern: str, path: str) -> None:
    assert not matches(pattern, path)


def test_a_hostile_pattern_cannot_stall_the_audit() -> None:
    started = time.perf_counter()
    assert not matches("/".join(["**", "a*a*a*b"] * 60), "/".join(["a" * 60] * 200))
    assert time.perf_counter() - started < 2
