"""Facts of a block: equal to what the interpreter's own parser says, and never an exception."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from pizzaguard.audit.source import ir
from pizzaguard.audit.source.facts import facts
from pizzaguard.audit.source.facts.cursor import DEEPEST
from pizzaguard.audit.source.outline import outline
from tests.audit.source.reference import comparable, reference
from tests.audit.source.stdlib import every, valid_text

KINDS = [
    "x",
    "x.y\\\n  .z",
    "f(\n  a,\n  *b,\n  c=1,\n  **d,\n)",
    "f(\n  x for x in y\n)",
    "(\n  f\n)(\n  a\n)",
    "(\n  1,\n  2,\n)",
    "((\n(1, 2)))",
    "x = [\n  1,  # one\n\n  *a,\n  [2,\n   3],\n]",
    "x = {\n  'a': 1,\n  **b,\n  'c':\n    2}",
    "x = {\n  1,\n  2}",
    "x[\n  1,\n  2:3,\n]",
    "x[1,]",
    "x[a:\n  b]",
    "x = not (\n  -a)",
    "x = (a\n  + b\n  * c ** d // e)",
    "x = (a and\n  b and c or\n  d)",
    "x = (a\n  < b\n  not\n  in c is\n  not d)",
    "x = (a\n  if b\n  else c)",
    "x = (lambda\n  a, /, b=1, *c, d,\n  **e: a)",
    "x = [\n  a\n  for b in c\n  if d\n  for e in f]",
    "x = {\n  a:\n  b for c in d}",
    "x = {a for\n  a in b}",
    "if (a :=\n  b): pass",
    "x = 'a' 'b' \\\n  'c'",
    "x = (\n  b'a'\n  b'\\x00')",
    "x = '''a\nb''', y",
    "x = f'''a\n{b}\nc{{''', y",
    "x = ('a'\n  f'b{c!r:>{d}}e'\n  'f')",
    "x = f'{ a = }{b=!r:^20}'",
    "x = r'\\d', '\\d\\N{BULLET}\\u00e9\\101\\x41', rf'\\d{x}'",
    "x = 1, 0x_ff, 1.5, 2j, ..., None, True, 10 ** 30, 100000000000000000000000",
    "x = '\\ud800'",
    "x: int\ny: str = (\n  'a')\nx.y: int = 1",
    "a = b = (\n  c)",
    "a += (\n  b)\na //= c",
    "del a, b\ndel (a, b)\ndel a[\n 0]",
    "assert (\n  a), (\n  b)\npass; x",
    "raise A(\n) from (\n  b)\nx",
    "import a.b as c, \\\n  d\nx",
    "from . import (\n  a as b,\n  c,\n)\nx",
    "from ..a.b import *\nx",
    "if a:\n  pass\n# note\nelif b: pass\n\nelse:\n  # note\n  pass\nx",
    "for a, b in (\n  c):\n  break\nelse:\n  pass\nx",
    "while (\n  a): continue\nelse: pass\nx",
    "try:\n  a\nexcept (\n  A, B) as c:\n  b\nexcept:\n  c\nelse:\n  d\nfinally:\n  e\nx",
    "try:\n  a\nexcept* A:\n  b\nx",
    "with (\n  a as b,\n  c,\n):\n  d\nwith a, \\\n  b: c\nx",
    "match a:\n  # note\n  case {'b':\n    c} if (\n    d):\n    e\n  case _: f\n\nx",
    (
        "@a\n# note\n@b(\n  c)\n\ndef f(\n  a: int, /, b=1,\n  *args: str, c, d=2, **kwargs) -> (\n  int):\n"
        "  global x\n  return\nx"
    ),
    "@a\nclass A(\n  B, metaclass=C):\n\n  x = 1\n\n  def f(self): return 1\n  # note\nx",
    (
        "async def f():\n  nonlocal x\n  async with a as b: await (\n    c)\n  async for d in e: yield d\n"
        "  return (yield from\n    f), [a async for a in b]\nx"
    ),
    "def f():\n\tif a:\n\t\tb\n\n\t\t\n\tc\nx",
    "x = 1;  # note\ny",
]


@pytest.mark.parametrize("text", KINDS)
def test_facts_agree_with_the_interpreter_line_by_line(text: str) -> None:
    found = facts(text)
    assert found.problem is None
    assert comparable(found.statements) == comparable(reference(text))


def assert_blocks_agree(path: Path) -> None:
    text = valid_text(path)
    if text is None or path.parent.name == "lib2to3" or path.name.startswith("ann_module"):
        return
    for block in outline(text).blocks:
        one = text[block.start : block.end]
        found = facts(one)
        if found.problem is None:
            assert comparable(found.statements) == comparable(reference(one)), f"{path}:{block.first_line}"
        else:
            assert "adjacent strings" in found.problem, f"{path}:{block.first_line}: {found.problem}"


def test_facts_of_a_sample_of_the_standard_library_agree_with_the_interpreter() -> None:
    for path in every(60):
        assert_blocks_agree(path)


@pytest.mark.slow
def test_facts_of_the_standard_library_agree_with_the_interpreter() -> None:
    for path in every(3):
        assert_blocks_agree(path)


def only(text: str) -> ir.Statement:
    (statement,) = facts(text).statements
    return statement


def value(text: str) -> ir.Expression:
    statement = only(text)
    assert isinstance(statement, ir.Evaluate)
    assert statement.value is not None
    return statement.value


def test_adjacent_strings_are_one_text() -> None:
    assert value("('/a'\n '/b')") == ir.Constant(0, "/a/b")


def test_an_f_string_gives_its_texts_and_fields_in_order() -> None:
    assert value("f'/{prefix}/x' '/y'") == ir.Format(
        0, (ir.Constant(0, "/"), ir.Name(0, "prefix"), ir.Constant(0, "/x/y"))
    )


def test_an_f_string_without_fields_is_a_constant() -> None:
    assert value("f'/a{{b}}'") == ir.Constant(0, "/a{b}")


def test_names_are_compared_as_python_compares_them() -> None:
    assert value("\ufb01le.\uff45val") == ir.Attribute(0, ir.Name(0, "file"), "eval")


def test_a_call_tells_where_its_bracket_opens() -> None:
    call = value("(a\n .b\n (c))")
    assert isinstance(call, ir.Call)
    assert (call.line, call.open_line) == (0, 2)


def test_a_type_alias_is_an_assignment() -> None:
    assert only("type A[T] = B") == ir.Assign(0, (ir.Name(0, "A"),), ir.Name(0, "B"))


def test_newer_syntax_than_the_interpreters_own_is_read() -> None:
    for text in ('f"{d["a"]}"', "def f[T = int](x: T): pass", "t'{x}'", "try: pass\nexcept A, B: pass"):
        assert facts(text).problem is None, text


def test_facts_survive_the_cache_unchanged() -> None:
    for text in KINDS:
        found = facts(text)
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=ir.Facts) == found


def test_asking_for_facts_is_what_imports_libcst() -> None:
    program = (
        "import sys\n"
        "import pizzaguard.audit.source.collect, pizzaguard.audit.source.outline, pizzaguard.audit.source.comments\n"
        "import pizzaguard.audit.source.modules, pizzaguard.audit.source.prefilter, pizzaguard.audit.source.text\n"
        "from pizzaguard.audit.source.facts import facts\n"
        "assert 'libcst' not in sys.modules\n"
        "facts('x = 1')\n"
        "assert 'libcst' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


HOSTILE = {
    "brackets": "x = " + "[" * 3_000 + "]" * 3_000,
    "fields": "x = " + 'f"{' * 3_000 + "1" + '}"' * 3_000,
    "one long field": "x = f'{" + "(" * 3_000 + ")" * 3_000 + "}'",
    "format specifications": "x = f'{a:" + "{b:" * 10_000 + "}" * 10_000 + "}'",
    "sums": "x = a" + " + a" * 20_000,
    "attributes": "x = a" + ".b" * 20_000,
    "calls": "x = a" + "()" * 20_000,
    "minuses": "x = " + "-" * 20_000 + "a",
    "conditions": "x = a" + " and a" * 20_000,
    "choices": "x = " + "a if b else " * 20_000 + "c",
    "lambdas": "x = " + "lambda a, b=1: " * 10_000 + "c",
    "comprehensions": "x = [a" + " for b, c in d" * 10_000 + "]",
    "clauses": "if a: pass\n" + "elif a: pass\n" * 10_000,
    "strings": "x = " + "'a' " * 20_000,
    "size": "x = [" + "1, " * 400_000 + "]",
    "indentation": "".join(" " * depth + "if a:\n" for depth in range(1_000)) + " " * 1_000 + "pass",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_text_that_would_crash_or_stall_the_parser_is_refused(name: str) -> None:
    # In a process of its own: without the refusal some of these end the interpreter.
    program = "import sys\nfrom pizzaguard.audit.source.facts import facts\nprint(facts(sys.stdin.read()).problem)"
    done = subprocess.run(
        [sys.executable, "-c", program], input=HOSTILE[name], capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() not in {"", "None"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x = (" + "(1, " * 101, "nested deeper than 100 brackets"),
        ("x = " + "(1, " * 90 + "'a" + "+ b" * 600, "a string never ends"),
        ("x = 'a", "not valid Python"),
        ("def f(:", "not valid Python"),
        ("x = 1\0", "NUL byte"),
        ("x = '\ud800'", "parser failed"),
        ("  x", "not valid Python"),
        ("\N{SNOWMAN}", "not valid Python"),
    ],
)
def test_text_that_is_no_python_is_a_problem_and_no_exception(text: str, reason: str) -> None:
    found = facts(text)
    assert found.statements == ()
    assert found.problem is not None
    assert reason in found.problem


def test_what_is_read_never_nests_deeper_than_its_readers_can_follow() -> None:
    fits, exceeds = "a" + " + a" * (DEEPEST - 1), "a" + " + a" * DEEPEST
    assert facts(fits).problem is None
    assert facts(exceeds).problem == "expressions or statements are nested too deeply"


@pytest.mark.parametrize(
    "text",
    [
        "x = [" + ", ".join("a + b" for _ in range(2_000)) + "]",
        "x = {" + ", ".join("'(((': b'((('" for _ in range(200)) + "}",
        "x = (" + "\n".join("'a.b.c + d'" for _ in range(1_000)) + ")",
        "\n".join("x = a.b.c(d)[e] + f" for _ in range(500)),
    ],
)
def test_long_but_ordinary_text_is_read(text: str) -> None:
    assert facts(text).problem is None
