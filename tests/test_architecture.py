"""The house stays as it was drawn: layers, sizes, faces, and what an import costs."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINES = 300
FUNCTION_LINES = 60
HEAVY = frozenset(
    {
        "aiosqlite",
        "argon2",
        "bandit",
        "cryptography",
        "fastapi",
        "httpx",
        "jwt",
        "libcst",
        "msgspec",
        "pathspec",
        "pydantic",
        "redis",
        "rich",
        "sqlalchemy",
        "starlette",
        "uvicorn",
        "yaml",
    }
)
MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for package in ("pizzaguard", "sample_service")
    for path in (ROOT / package).rglob("*.py")
)
PACKAGES = sorted({str(Path(module).parent) for module in MODULES})
CHECKS = ROOT / "pizzaguard" / "audit" / "checks"


def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), module)


def imported_by(code: str, *, cwd: Path = ROOT) -> frozenset[str]:
    """Name the top-level modules that a fresh interpreter holds after `code`."""
    ended = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print('modules:', *sys.modules)"],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=True,
    )
    return frozenset(name.partition(".")[0] for name in ended.stdout.rpartition("modules:")[2].split())


def test_the_layers_of_the_import_contracts_hold() -> None:
    linter = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    ended = subprocess.run([sys.executable, "-c", linter], cwd=ROOT, capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.parametrize("module", MODULES)
def test_a_module_fits_in_the_head(module: str) -> None:
    assert len((ROOT / module).read_text(encoding="utf-8").splitlines()) <= LINES

    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= FUNCTION_LINES
    ]
    assert not long


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_has_a_face_that_only_re_exports(package: str) -> None:
    face = tree(f"{package}/__init__.py")

    assert ast.get_docstring(face), "a face says what its package is for"
    others = [ast.unparse(node) for node in face.body[1:] if not is_re_export(node)]
    assert not others


def is_re_export(node: ast.stmt) -> bool:
    """Tell whether a statement may stand in a face: an import, `__all__`, or the package's version."""
    match node:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.Assign(targets=[ast.Name(id="__all__" | "__version__")]):
            return True
        case _:
            return False


def test_every_check_has_its_page() -> None:
    checks = [
        path.stem
        for path in CHECKS.glob("*.py")
        if any(isinstance(node, ast.FunctionDef) and node.name == "check" for node in tree(str(path)).body)
    ]

    assert checks
    pages = {path.stem for path in (ROOT / "rules").glob("*.md")}
    assert {name.replace("_", "-") for name in checks} <= pages


@pytest.mark.parametrize(
    "code",
    [
        "import pizzaguard",
        "import pizzaguard.errors",
        "import pizzaguard.cli.main",
        "from pizzaguard.cli.main import main; main(['--help'])",
        "from pizzaguard.cli.main import main; main(['--version'])",
    ],
)
def test_what_needs_no_extra_imports_none(code: str) -> None:
    assert not imported_by(code) & HEAVY


@pytest.mark.parametrize("command", ["audit", "routes", "rules", "explain", "demo"])
def test_the_help_of_a_command_imports_no_parser_and_no_framework(command: str) -> None:
    loaded = imported_by(f"from pizzaguard.cli.main import main; assert main([{command!r}, '--help']) == 0")

    assert not loaded & (HEAVY - {"msgspec", "rich"})


def test_an_audit_imports_nothing_of_what_it_audits(tmp_path: Path) -> None:
    app = tmp_path / "shop" / "app.py"
    app.parent.mkdir()
    app.write_text(
        "from fastapi import FastAPI\n"
        "import starlette, jwt\n"
        "app = FastAPI()\n"
        "@app.get('/orders')\n"
        "def orders(): return []\n",
        encoding="utf-8",
    )
    loaded = imported_by(
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from pizzaguard.cli.main import main\n"
        "assert main(['routes', '--no-cache']) == 0",
        cwd=tmp_path,
    )

    assert "libcst" in loaded, "the app was parsed, not skipped"
    assert not loaded & {"fastapi", "starlette", "jwt", "redis", "sqlalchemy", "pydantic", "uvicorn", "shop"}


def test_the_package_ships_its_types() -> None:
    assert (ROOT / "pizzaguard" / "py.typed").is_file()
