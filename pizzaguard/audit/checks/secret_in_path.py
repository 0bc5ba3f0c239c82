"""`secret-in-path`: a credential that travels in a URL."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pizzaguard.audit.checks.interface import Tree
from pizzaguard.audit.evaluation.values import FunctionValue
from pizzaguard.audit.finding import Finding, Severity
from pizzaguard.audit.source import ir
from pizzaguard.audit.source.traverse import expressions_of, inside, statements_in

PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")
CREDENTIAL = re.compile(
    r"^(?:\w*_)?(?:api_?key|access_?key|secret(?:_?key)?|password|passwd|access_token|auth_?token|bearer|jwt)$",
    re.IGNORECASE,
)
TOKEN = re.compile(r"^(?:\w*_)?token$", re.IGNORECASE)
"""May also be a one-time link, which cannot travel otherwise."""


def check(tree: Tree) -> Iterator[Finding]:
    """Report each route whose path template takes a credential that the handler uses as one."""
    rule = tree.rule("secret-in-path")
    for endpoint in tree.endpoints:
        route = endpoint.route
        for name in PARAMETER.findall(route.path):
            is_credential = CREDENTIAL.match(name) is not None
            if not is_credential and TOKEN.match(name) is None:
                continue
            if endpoint.function is not None and not _is_used(endpoint.function, name):
                continue
            yield Finding.of(
                rule,
                route.span,
                f"'{route.subject}' takes the credential '{name}' in its path, "
                "where logs, proxies and histories keep it",
                subject=route.subject,
                handler=route.handler,
                route=(route.methods, route.path),
                severity=Severity.MEDIUM if is_credential else Severity.LOW,
            )


def _is_used(function: FunctionValue, name: str) -> bool:
    """Whether the handler looks at the parameter at all; an alias counts as use."""
    node = function.node
    parameters = {parameter.name for parameter in node.parameters}
    if isinstance(node, ir.Lambda) or name not in parameters:
        return True
    return any(
        isinstance(part, ir.Name) and part.name == name
        for statement, _ in statements_in(node.body)
        for expression in expressions_of(statement)
        for part in inside(expression)
    )
