"""Which file a module name means, as seen from another file."""

from pathlib import Path

import pytest

from pizzaguard.audit.source.collect import SourceFile, collect
from pizzaguard.audit.source.modules import ModuleIndex


def index(*paths: str, package: str = "", **texts: str) -> ModuleIndex:
    files = [
        SourceFile(path, texts.get(path.rpartition("/")[2].removesuffix(".py"), "").encode(), "") for path in paths
    ]
    return ModuleIndex(files, package)


def test_a_regular_package_starts_below_the_nearest_folder_that_is_none() -> None:
    found = index("services/orders/app/__init__.py", "services/orders/app/main.py")
    assert found.name_of("services/orders/app/main.py") == "app.main"
    assert found.name_of("services/orders/app/__init__.py") == "app"
    assert found.find("app.main") == "services/orders/app/main.py"


def test_an_import_resolves_in_its_own_root_first() -> None:
    found = index(
        *("orders/app/__init__.py", "orders/app/db.py", "orders/app/main.py"),
        *("bills/app/__init__.py", "bills/app/db.py", "bills/app/main.py", "bills/app/tax.py"),
    )
    assert found.find("app.db", "orders/app/main.py") == "orders/app/db.py"
    assert found.find("app.db", "bills/app/main.py") == "bills/app/db.py"
    assert found.find("app.tax", "orders/app/main.py") == "bills/app/tax.py"


def test_a_package_comes_before_a_module_of_the_same_name() -> None:
    assert index("a/__init__.py", "a/b.py", "a/b/__init__.py").find("a.b") == "a/b/__init__.py"


def test_the_src_folder_is_a_root() -> None:
    found = index("src/shop/__init__.py", "src/shop/main.py", "tests/test_shop.py")
    assert found.name_of("src/shop/main.py") == "shop.main"
    assert found.find("shop.main", "tests/test_shop.py") == "src/shop/main.py"
    assert index("src/shop/main.py").name_of("src/shop/main.py") == "shop.main"


def test_a_namespace_package_is_found_from_the_root_and_from_its_own_folder() -> None:
    found = index("google/cloud/x.py", "google/cloud/y.py")
    assert found.name_of("google/cloud/x.py") == "google.cloud.x"
    assert found.find("google.cloud.x", "google/cloud/y.py") == "google/cloud/x.py"


def test_a_script_finds_the_modules_beside_it() -> None:
    found = index("tools/run.py", "tools/helpers.py", run="import helpers")
    assert found.find("helpers", "tools/run.py") == "tools/helpers.py"
    assert found.name_of("tools/run.py") == "run"


def test_imports_tell_where_a_folder_without_packages_starts() -> None:
    found = index("backend/app/main.py", "backend/app/routers/orders.py", main="from app.routers import orders")
    assert found.name_of("backend/app/main.py") == "app.main"
    assert found.find("app.routers.orders", "backend/app/main.py") == "backend/app/routers/orders.py"


def test_imports_tell_that_a_package_lies_in_a_namespace() -> None:
    paths = ("keep/api/__init__.py", "keep/api/main.py", "keep/api/db.py")
    assert index(*paths, main="from keep.api.db import x").name_of("keep/api/main.py") == "keep.api.main"
    assert index(*paths, main="from api.db import x").name_of("keep/api/main.py") == "api.main"


def test_the_standard_library_is_not_taken_for_a_module_of_another_root() -> None:
    found = index("a/__init__.py", "tools/json/__init__.py", "a/b.py")
    assert found.find("json", "a/b.py") is None
    assert found.find("json", "tools/json/__init__.py") == "tools/json/__init__.py"


def test_a_module_beside_a_script_elsewhere_is_not_found() -> None:
    assert index("scripts/redis.py", "app/__init__.py", "app/main.py").find("redis", "app/main.py") is None


def test_an_unknown_module_is_none() -> None:
    found = index("a.py", "b/__init__.py")
    assert found.find("fastapi", "a.py") is None
    assert found.find("b.fastapi", "a.py") is None
    assert found.find("") is None


def test_a_package_audited_from_the_inside_keeps_its_name(tmp_path: Path) -> None:
    for path in ("shop/__init__.py", "shop/api/__init__.py", "shop/api/orders.py"):
        (tmp_path / path).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / path).touch()
    found = ModuleIndex.of(collect(tmp_path / "shop"))
    assert found.name_of("api/orders.py") == "shop.api.orders"
    assert found.name_of("__init__.py") == "shop"
    assert found.find("shop.api.orders", "__init__.py") == "api/orders.py"
    assert found.find("shop", "api/orders.py") == "__init__.py"


@pytest.mark.parametrize(
    "paths",
    [
        ("a.py", "b/__init__.py", "b/c.py", "b/d/__init__.py", "b/d/e.py"),
        ("x/y/z.py", "x/y/w.py", "src/p/__init__.py", "src/p/q.py", "src/r.py"),
        ("one/app/__init__.py", "one/app/m.py", "two/app/__init__.py", "two/app/m.py"),
        ("pkg/__init__.py", "pkg/gap/mod.py", "pkg/gap/sub/__init__.py", "pkg/gap/sub/mod.py"),
    ],
)
def test_every_file_is_found_again_by_its_name(paths: tuple[str, ...]) -> None:
    found = index(*paths)
    for path in paths:
        assert found.find(found.name_of(path), path) == path


def test_a_folder_whose_imports_say_nothing_starts_where_its_parent_does() -> None:
    found = index("backend/app/main.py", "backend/app/routers/orders.py", main="from app.routers import orders")
    assert found.name_of("backend/app/routers/orders.py") == "app.routers.orders"
