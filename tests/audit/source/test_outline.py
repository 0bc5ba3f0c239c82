"""The outline of a file: its blocks are the statements that the interpreter sees."""

import ast
import time
import warnings
from pathlib import Path

import pytest

from pizzaguard.audit.source.outline import Block, BlockKind, outline
from tests.audit.source.stdlib import every, valid_text

_KINDS: dict[type[ast.stmt], BlockKind] = {
    ast.Import: BlockKind.IMPORT,
    ast.ImportFrom: BlockKind.IMPORT,
    ast.FunctionDef: BlockKind.DEF,
    ast.AsyncFunctionDef: BlockKind.DEF,
    ast.ClassDef: BlockKind.CLASS,
    ast.Assign: BlockKind.ASSIGNMENT,
    ast.AugAssign: BlockKind.ASSIGNMENT,
    ast.AnnAssign: BlockKind.ASSIGNMENT,
    **dict.fromkeys(
        (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.TryStar, ast.With, ast.AsyncWith, ast.Match),
        BlockKind.COMPOUND,
    ),
}
Row = tuple[int, int, BlockKind, str | None]


def rows_of(blocks: tuple[Block, ...]) -> list[Row]:
    return [(block.first_line, block.last_line, block.kind, block.name) for block in blocks]


def rows_by_the_interpreter(text: str) -> list[Row]:
    rows: list[Row] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        body = ast.parse(text).body
    for node in body:
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
        last = node.end_lineno or node.lineno
        if rows and rows[-1][1] == first:  # `a; b` is one block
            rows[-1] = (rows[-1][0], last, *rows[-1][2:])
            continue
        name = getattr(node, "name", None)
        if isinstance(name, ast.Name):  # `type x = …`, from Python 3.12 on
            rows.append((first, last, BlockKind.ASSIGNMENT, name.id))
            continue
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(target, ast.Name):
            name = target.id
        rows.append((first, last, _KINDS.get(type(node), BlockKind.EXPRESSION), name))
    return rows


def assert_outline_agrees(path: Path) -> None:
    text = valid_text(path)
    if text is None or path.name.startswith("ann_module"):  # `(name): int`, which no one writes
        return
    found = outline(text)
    assert found.problem is None, path
    assert rows_of(found.blocks) == rows_by_the_interpreter(text), path


def test_outline_of_a_sample_of_the_standard_library_agrees_with_the_interpreter() -> None:
    for path in every(25):
        assert_outline_agrees(path)


@pytest.mark.slow
def test_outline_of_the_whole_standard_library_agrees_with_the_interpreter() -> None:
    for path in every(1):
        assert_outline_agrees(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n# only a comment",
        "x = 1",
        "x = 1\n# after",
        "\n\n\fx = 1\n \f\ndef f():\n  pass\n\f  \n  y\nz",
        "def f():\n  pass\n\n  # inner\n# outer\n\nx",
        "if a:\n  pass\n# note\nelse:\n  pass\nelse_ = 1",
        "try: pass\nexcept A: pass\nfinally: pass\nfinally_()",
        "@a\n# note\n\n@b(\n)\nasync def f(): pass\n@c\nclass D: pass",
        "x = '''\ndef f():\n'''\ny = \"\"\"'''\"\"\"",
        "x = (\n1,\n[2,\n{3: (4,\n[[[5]]])}]\n)\ny",
        "x = 1; y = 2\nz",
        "x = 1 + \\\n2\ny",
        "x = f'{a}' f'{b:{c}}' f\"{d['e']}\" f'{f!r:^{g}}' f'''{h\n}'''\ny",
        "x = f'{a:\"^20}'\ny",
        "x = f'{{' f'}}' f'{a}{{{b}}}'\ny",
        "x = f'{a != b}' rf'\\{c}' f'\\{d}' f'\\N{BULLET}{e}'\ny",
        "x = '\\\\' \"\\\"\" r'\\''\ny",
        "x = '#' # '\ny # \"\"\"\nz",
        "if'a'in b: pass\nx",
        "match x:\n  case 1: pass\nmatch = 1\nmatch.a(b)\nmatch[0] = 1",
        "match(x)\nprint (x)\nlambda: 0\nx == y\nx <= y",
        "a, b = c\na.b: int = 1\n(a, b) = c\na[b == c] = 1\na <<= 1\n[a] = b",
        "async_ = 1\nclass_ = 2\nimports = 3\nimport x\nfrom . import y",
    ],
)
def test_blocks_are_the_statements_that_the_interpreter_sees(text: str) -> None:
    found = outline(text)
    assert found.problem is None
    assert rows_of(found.blocks) == rows_by_the_interpreter(text)


def test_offsets_cut_a_block_out_exactly() -> None:
    text = "\n# head\n@a\ndef f():\n    pass\n\n# tail\nx = 1  # one\n"
    assert [text[block.start : block.end] for block in outline(text).blocks] == [
        "@a\ndef f():\n    pass",
        "x = 1  # one",
    ]


def test_syntax_newer_than_the_interpreter_is_outlined() -> None:
    text = 'x = f"{d["a"]}"\ny = f"{\n  a  # \'\n}"\ntype A[T] = int\nlazy import z\nw = t"{f"{1}"}"\n'
    assert rows_of(outline(text).blocks) == [
        (1, 1, BlockKind.ASSIGNMENT, "x"),
        (2, 4, BlockKind.ASSIGNMENT, "y"),
        (5, 5, BlockKind.ASSIGNMENT, "A"),
        (6, 6, BlockKind.IMPORT, None),
        (7, 7, BlockKind.ASSIGNMENT, "w"),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a\nx = '''b\n", "a string never ends (line 2)"),
        ("x = 'a\n'", "a string never ends (line 1)"),
        ("x = (1,\n", "a bracket is never closed (line 1)"),
        ("x = 1)\n", "a bracket was never opened (line 1)"),
        ("  x = 1\n", "a line is indented where no block is open (line 1)"),
        ("x = \\ 1\n", "a backslash stands alone (line 1)"),
        ("x = f'a\n", "an f-string never ends (line 1)"),
        ("x = f'{a\n", "a field of an f-string never ends (line 1)"),
        ("x = " + 'f"{' * 3_000 + "1" + '}"' * 3_000, "f-strings are nested too deeply (line 1)"),
    ],
)
def test_text_whose_parts_never_end_is_a_problem(text: str, problem: str) -> None:
    found = outline(text)
    assert found.blocks == ()
    assert found.problem == problem


SIZE = 30_000
HOSTILE = {
    "open brackets": "x = " + "(" * SIZE,
    "nested lists": ("[" * SIZE + "]" * SIZE + "\n") * 2,
    "deep groups": "x = [" + "(((((1))))), " * SIZE + "]",
    "deep open groups": "(((((1,'a'" * SIZE,
    "quotes": "x = " + "'" * SIZE,
    "backslashes": "x = '" + "\\" * SIZE,
    "triple quotes": "'''\\" * SIZE,
    "fields": "x = " + 'f"{a' * SIZE,
    "open fields": "x = f'{a" + "{a" * SIZE,
    "specifications": "x = f'{a:" + "{b:" * SIZE,
    "quoted fields": "x = [" + "f'{d[\"a\"]}', " * SIZE + "]",
    "continuations": "x = 1" + "\\\n" * SIZE,
    "comments": "if a:\n" + "  # x\n" * SIZE,
    "blank lines": (" " * 50 + "\n") * SIZE,
    "form feeds": " \f" * SIZE + "x",
    "decorators": "@a\n" * SIZE,
    "clauses": "if a: pass\n" + "else: pass\n" * SIZE,
    "targets": "((((a))))" * SIZE,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_time_in_proportion_to_its_length(name: str) -> None:
    started = time.process_time()
    outline(HOSTILE[name])
    assert time.process_time() - started < 5  # what is not linear takes minutes
