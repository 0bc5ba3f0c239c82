"""Collecting a tree: what is read, what is left out, and what becomes a gap."""

import os
import socket
import sys
from hashlib import blake2b
from pathlib import Path

import pytest

from pizzaguard.audit.source.collect import Collection, collect
from pizzaguard.errors import CollectionError

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")


def write(root: Path, path: str, text: str = "x = 1\n") -> Path:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)
    return target


def paths(collection: Collection) -> list[str]:
    return [file.path for file in collection.files]


def gaps(collection: Collection) -> list[tuple[str, str, str]]:
    return [(gap.what, gap.reason, gap.span.path) for gap in collection.gaps]


def test_python_files_come_sorted_with_their_contents_and_digest(tmp_path: Path) -> None:
    write(tmp_path, "b/c.py", "c = 1\r\n")
    write(tmp_path, "a.py")
    write(tmp_path, "notes.txt")
    found = collect(tmp_path)
    assert paths(found) == ["a.py", "b/c.py"]
    assert found.gaps == ()
    file = found.files[1]
    assert file.digest == blake2b(file.data, digest_size=16).hexdigest()
    assert file.text == "c = 1\n"


def test_a_single_file_is_a_tree_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, "other.py")
    assert paths(collect(write(tmp_path, "a.py"))) == ["a.py"]


@pytest.mark.parametrize("folder", [".git", ".hg", ".svn", "node_modules", "__pycache__"])
def test_folders_that_are_no_source_are_skipped_at_any_depth(tmp_path: Path, folder: str) -> None:
    write(tmp_path, f"{folder}/a.py")
    write(tmp_path, f"b/{folder}/a.py")
    write(tmp_path, "b/a.py")
    assert paths(collect(tmp_path)) == ["b/a.py"]


def test_a_virtual_environment_is_skipped_unless_it_is_named(tmp_path: Path) -> None:
    write(tmp_path, "env/pyvenv.cfg")
    write(tmp_path, "env/lib/a.py")
    assert paths(collect(tmp_path)) == []
    assert paths(collect(tmp_path, [tmp_path / "env"])) == ["env/lib/a.py"]


def test_what_gitignore_files_ignore_is_skipped(tmp_path: Path) -> None:
    write(tmp_path, ".gitignore", "# note\nbuild/\n*_pb2.py\n/only_top.py\n!kept_pb2.py\n")
    write(tmp_path, "inner/.gitignore", "local.py\n!very_pb2.py\n")
    for path in ("build/a.py", "a_pb2.py", "kept_pb2.py", "only_top.py", "inner/only_top.py", "local.py"):
        write(tmp_path, path)
    for path in (
        "inner/local.py",
        "inner/build/a.py",
        "inner/very_pb2.py",
        "inner/other_pb2.py",
        "inner/deep/local.py",
    ):
        write(tmp_path, path)
    assert paths(collect(tmp_path)) == ["inner/only_top.py", "inner/very_pb2.py", "kept_pb2.py", "local.py"]


def test_gitignore_files_above_the_root_hold_within_a_work_tree(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, ".gitignore", "app/made/\nbuild/\n")
    write(tmp_path, "app/made/a.py")
    write(tmp_path, "app/b.py")
    write(tmp_path, "build/c.py")
    assert paths(collect(tmp_path / "app")) == ["b.py"]
    assert paths(collect(tmp_path / "build")) == ["c.py"]


def test_what_is_named_is_read_even_if_ignored(tmp_path: Path) -> None:
    write(tmp_path, ".gitignore", "made/\nlocal.py\n")
    write(tmp_path, "made/a.py")
    named = write(tmp_path, "local.py")
    write(tmp_path, "other.py")
    assert paths(collect(tmp_path, [named, tmp_path / "made"])) == ["local.py", "made/a.py"]


def test_a_gitignore_cannot_hide_what_version_control_tracks(tmp_path: Path) -> None:
    write(tmp_path, ".gitignore", "*.py\n")
    write(tmp_path, "app/routes.py")
    write(tmp_path, "scratch.py")
    assert paths(collect(tmp_path, tracked=["app/routes.py", "README.md", "gone.py"])) == ["app/routes.py"]


def test_tracked_files_in_a_skipped_folder_are_a_gap(tmp_path: Path) -> None:
    write(tmp_path, "app/pyvenv.cfg")
    write(tmp_path, "app/routes.py")
    found = collect(tmp_path, tracked=["app/routes.py"])
    assert gaps(found) == [("folder", "excluded", "app")]


def test_excluded_patterns_are_relative_to_the_root(tmp_path: Path) -> None:
    for path in ("docs/a.py", "app/docs/a.py", "app/b_test.py", "app/c.py"):
        write(tmp_path, path)
    assert paths(collect(tmp_path, exclude=["/docs/", "*_test.py"])) == ["app/c.py", "app/docs/a.py"]


def test_ignore_patterns_made_to_backtrack_are_dropped(tmp_path: Path) -> None:
    name = "a" * 90 + ".py"
    write(
        tmp_path,
        ".gitignore",
        "**/old/**/*_*.py\n" + "*a" * 30 + "b.py\n" + "**/a*" * 30 + "\n" + "*a*a*b.py\n" * 1_000,
    )
    write(tmp_path, name)
    write(tmp_path, "app/old/b/c_d.py")
    assert paths(collect(tmp_path)) == [name]


@posix_only
def test_no_link_leads_out_of_the_root(tmp_path: Path) -> None:
    outside = write(tmp_path, "outside/secret.py").parent
    root = tmp_path / "root"
    write(root, "a.py")
    (root / "b.py").symlink_to(outside / "secret.py")
    (root / "folder").symlink_to(outside)
    found = collect(root)
    assert paths(found) == ["a.py"]
    assert gaps(found) == [("file", "outside", "b.py"), ("folder", "outside", "folder")]
    assert gaps(collect(root, tracked=["folder/secret.py"]))[-1] == ("file", "outside", "folder/secret.py")


@posix_only
def test_links_inside_the_root_are_followed_once(tmp_path: Path) -> None:
    write(tmp_path, "shared/models.py")
    write(tmp_path, "app/main.py")
    (tmp_path / "app/shared").symlink_to("../shared")
    (tmp_path / "app/alias.py").symlink_to("main.py")
    assert paths(collect(tmp_path)) == ["app/alias.py", "app/main.py", "app/shared/models.py", "shared/models.py"]


@posix_only
def test_link_loops_end(tmp_path: Path) -> None:
    write(tmp_path, "a/b/c.py")
    write(tmp_path, "d/e.py")
    (tmp_path / "a/b/up").symlink_to("../..")
    (tmp_path / "a/self.py").symlink_to("self.py")
    (tmp_path / "a/d").symlink_to("../d")
    (tmp_path / "d/a").symlink_to("../a")
    found = collect(tmp_path)
    assert {"a/b/c.py", "d/e.py", "a/d/e.py", "d/a/b/c.py"} == set(paths(found))
    assert ("file", "unreadable", "a/self.py") in gaps(found)


@posix_only
def test_pipes_sockets_and_devices_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.py")
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "null.py").symlink_to("/dev/null")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.py")
        found = collect(tmp_path)
    assert paths(found) == ["a.py"]
    assert gaps(found) == [
        ("file", "outside", "null.py"),
        ("file", "unreadable", "pipe.py"),
        ("file", "unreadable", "socket.py"),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"x\0", "unreadable"), (b"'\xff'", "unreadable"), (b"x" * 101, "limit"), ("x".encode("utf-16"), "unreadable")],
)
def test_a_file_that_is_no_text_is_a_gap_and_the_rest_goes_on(tmp_path: Path, content: bytes, reason: str) -> None:
    write(tmp_path, "a.py")
    (tmp_path / "b.py").write_bytes(content)
    found = collect(tmp_path, largest=100)
    assert paths(found) == ["a.py"]
    assert gaps(found) == [("file", reason, "b.py")]
    assert found.gaps[0].detail


@posix_only
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_a_gap(tmp_path: Path) -> None:
    write(tmp_path, "a.py").chmod(0)
    write(tmp_path, "b/c.py").parent.chmod(0)
    try:
        assert gaps(collect(tmp_path)) == [("file", "unreadable", "a.py"), ("folder", "unreadable", "b")]
    finally:
        (tmp_path / "b").chmod(0o700)


@posix_only
def test_a_name_that_is_no_text_can_be_printed(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.py")).write_text("x = 1\n")
    assert paths(collect(tmp_path)) == ["\\xff.py"]


@pytest.mark.parametrize("named", ["missing.py", "../elsewhere"])
def test_a_named_path_that_cannot_be_is_an_error(tmp_path: Path, named: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    root = tmp_path / "root"
    root.mkdir()
    with pytest.raises(CollectionError):
        collect(root, [root / named])
    with pytest.raises(CollectionError):
        collect(root / "missing")
