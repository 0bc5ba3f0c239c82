from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from pizzaguard.audit.options import Options
from pizzaguard.audit.pipeline import survey
from pizzaguard.audit.surface.nouns import Route, RouteSurface

Read = Callable[..., RouteSurface]
OPTIONS = Options(jobs=1, cache=False, bandit=False)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Give the surface of a program: its `main.py`, and other files by their path with `__` for `/`."""

    def of(main: str = "", **others: str) -> RouteSurface:
        files = {"main": main, **others}
        for name, text in files.items():
            path = tmp_path / f"{name.replace('__', '/')}.py".replace("/init.py", "/__init__.py")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8")
        return survey((tmp_path,), OPTIONS).surface

    return of


def served(surface: RouteSurface) -> list[Route]:
    """Give the routes that an app serves, without the framework's own."""
    return [route for route in surface.routes if route.app is not None and route.kind != "builtin"]


def subjects(surface: RouteSurface) -> list[str]:
    """Give them as `POST /orders`, in order."""
    return [route.subject for route in served(surface)]
