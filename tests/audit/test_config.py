"""The project's configuration."""

from pathlib import Path

import pytest

from pizzaguard.audit.config import Config, GuardDeclaration, find, load
from pizzaguard.audit.finding import Severity
from pizzaguard.errors import ConfigError

WHOLE = """
[audit]
roots = ["src"]
apps = ["shop.main:app"]
exclude = ["legacy/**"]
tests = ["checks"]
select = ["unused-suppression", "bandit:B105"]
ignore = ["suppression-without-reason"]
min-severity = "medium"
fail-on = "high"
strict = true

[audit.per-path-ignores]
"scripts/**" = ["unused-suppression"]

[guards]
"shop.auth:require_admin" = { scopes = ["admin"] }
"shop.auth:current_user" = {}
"shop.auth:maybe_user" = { effect = "optional" }

[policy]
default = "deny"
"""


def configured(folder: Path, text: str, name: str = "pizzaguard.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_every_key_is_read(tmp_path: Path) -> None:
    path = configured(tmp_path, WHOLE)
    assert load(path) == Config(
        path=path,
        roots=("src",),
        apps=("shop.main:app",),
        exclude=("legacy/**",),
        tests=("checks",),
        select=frozenset({"unused-suppression", "bandit:B105"}),
        ignore=frozenset({"suppression-without-reason"}),
        min_severity=Severity.MEDIUM,
        fail_on=Severity.HIGH,
        strict=True,
        per_path_ignores=(("scripts/**", frozenset({"unused-suppression"})),),
        guards=(
            GuardDeclaration("shop.auth:require_admin", "authorization", ("admin",)),
            GuardDeclaration("shop.auth:current_user", "authentication"),
            GuardDeclaration("shop.auth:maybe_user", "optional"),
        ),
        policy={"default": "deny"},
    )


def test_pyproject_says_the_same_under_tool_pizzaguard(tmp_path: Path) -> None:
    path = configured(tmp_path, '[tool.pizzaguard.audit]\nfail-on = "low"\n', "pyproject.toml")
    assert load(path).fail_on is Severity.LOW


def test_the_nearest_file_up_to_the_root_of_the_repository_is_found(tmp_path: Path) -> None:
    inner = tmp_path / "services" / "shop"
    inner.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    configured(tmp_path, "[audit]\nstrict = true\n")
    configured(inner, "[project]\nname = 'shop'\ndependencies = ['pizzaguard']\n", "pyproject.toml")
    assert find(inner).path == tmp_path / "pizzaguard.toml"


def test_the_search_ends_at_the_root_of_the_repository(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    configured(tmp_path, "[audit]\nstrict = true\n")
    assert find(repository) == Config()


def test_outside_a_repository_only_the_audited_folder_is_searched(tmp_path: Path) -> None:
    inner = tmp_path / "shop"
    inner.mkdir()
    configured(tmp_path, "[audit]\nstrict = true\n")
    assert find(inner) == Config()
    assert find(tmp_path).strict


def test_a_broken_pyproject_that_does_not_name_us_is_not_our_business(tmp_path: Path) -> None:
    configured(tmp_path, "[tool.black\n", "pyproject.toml")
    assert find(tmp_path) == Config()


def test_a_link_that_leaves_the_repository_is_refused(tmp_path: Path) -> None:
    outside = configured(tmp_path, "[audit]\nstrict = true\n", "outside.toml")
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    (repository / "pizzaguard.toml").symlink_to(outside)
    with pytest.raises(ConfigError, match="link that leaves"):
        find(repository)


@pytest.mark.parametrize(
    ("text", "key", "reason", "advice"),
    [
        ("[audit]\nfail-onn = 'low'\n", "audit.fail-onn", "unknown key", "did you mean 'fail-on'?"),
        ("[audti]\n", "audti", "unknown key", "did you mean 'audit'?"),
        ("[audit]\nzzz = 1\n", "audit.zzz", "unknown key", "known keys: roots"),
        ("[audit]\nfail-on = 'dire'\n", "audit.fail-on", "got 'dire'", ""),
        ("[audit]\nfail-on = []\n", "audit.fail-on", "got a list", ""),
        ("[audit]\nroots = 'src'\n", "audit.roots", "expected a list of strings, got 'src'", ""),
        ("[audit]\nroots = [1]\n", "audit.roots", "got a list of other things", ""),
        ("[audit]\nstrict = 1\n", "audit.strict", "expected true or false, got a number", ""),
        ("audit = 1\n", "audit", "expected a table, got a number", ""),
        ("[audit]\nignore = ['unused-supression']\n", "audit.ignore", "unknown rule", "'unused-suppression'?"),
        ("[guards]\nadmin = {}\n", "guards.admin", "expected 'module:qualname'", ""),
        ("[guards]\n'a:b' = {scope = []}\n", "guards.a:b.scope", "unknown key", "'scopes'?"),
        ("[guards]\n'a:b' = {effect = 'maybe'}\n", "guards.a:b.effect", "got 'maybe'", ""),
    ],
)
def test_a_wrong_key_is_an_error_that_names_file_and_key(
    tmp_path: Path, text: str, key: str, reason: str, advice: str
) -> None:
    path = configured(tmp_path, text)
    with pytest.raises(ConfigError) as refusal:
        load(path)
    assert refusal.value.key == key
    assert str(refusal.value).startswith(f"{path}: {key}: ")
    assert reason in str(refusal.value)
    assert advice in refusal.value.advice


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[audit]\nroots = \n", "not valid TOML: .*line 2"),
        (b"a = " + b"[" * 100_000, "not valid TOML"),
        (b"\xff\xfea", "expected UTF-8"),
        (b"#" * 1_000_001, "at most 1000000 bytes"),
    ],
    ids=["syntax", "nesting", "encoding", "size"],
)
def test_a_file_that_cannot_be_read_is_one_clear_error(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "pizzaguard.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=reason):
        find(tmp_path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load(tmp_path / "none.toml")
    with pytest.raises(ConfigError, match="expected a regular file"):
        load(tmp_path)


def test_test_code_is_known_by_its_place_and_its_name() -> None:
    config = Config(exclude=("legacy",), per_path_ignores=(("scripts", frozenset({"a"})), ("*.py", frozenset({"b"}))))
    assert config.is_test("tests/factories.py")
    assert config.is_test("shop/test_orders.py")
    assert not config.is_test("shop/orders.py")
    assert config.is_excluded("legacy/shop.py")
    assert config.ignored_at("scripts/seed.py") == {"a", "b"}
