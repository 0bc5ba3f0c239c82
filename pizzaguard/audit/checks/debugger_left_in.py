"""`debugger-left-in`: a call of a debugger."""

from __future__ import annotations

from collections.abc import Iterator

from pizzaguard.audit.behaviour.tokens import read
from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.evaluation.values import External
from pizzaguard.audit.finding import Finding
from pizzaguard.audit.source import ir
from pizzaguard.audit.source.traverse import calls_in

NEEDLE = rb"breakpoint|set_trace|debugpy|code\.interact"
DEBUGGERS = frozenset(
    {
        "builtins.breakpoint",
        "code.interact",
        "debugpy.breakpoint",
        "debugpy.listen",
        "debugpy.wait_for_client",
        "ipdb.set_trace",
        "pdb.post_mortem",
        "pdb.set_trace",
        "pudb.set_trace",
        "remote_pdb.set_trace",
    }
)


def check(tree: Tree) -> Iterator[Finding]:
    """Report each call that starts or waits for a debugger."""
    rule = tree.rule("debugger-left-in")
    for definition in tree.definitions_with(NEEDLE):
        for statement, _ in definition.statements():
            for call in calls_in(statement):
                if not isinstance(call.function, ir.Attribute | ir.Name):
                    continue
                callee = read(tree.evaluator, call.function, definition)
                if isinstance(callee, External) and callee.name in DEBUGGERS:
                    message = f"'{definition.name}' stops for a debugger: '{callee.name}'"
                    yield Finding.of(rule, definition.span_of(call), message, handler=definition.name)
