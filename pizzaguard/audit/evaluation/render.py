"""An expression as a reader would write it, for conditions and for the unresolved part of a path."""

from __future__ import annotations

from pizzaguard.audit.source import ir

MAX_LENGTH = 200
"""Characters of a rendered expression; what is longer is cut, so that no report is flooded."""


def render(node: ir.Expression | None) -> str:
    """The text of an expression, on one line and at most `MAX_LENGTH` characters."""
    text = " ".join(_text(node, 0).split())
    return text if len(text) <= MAX_LENGTH else text[: MAX_LENGTH - 1] + "…"


def _text(node: ir.Expression | None, depth: int) -> str:
    if node is None or depth > 12:
        return "…"
    deeper = depth + 1
    match node:
        case ir.Name():
            return node.name
        case ir.Constant():
            return repr(node.value)
        case ir.Attribute():
            return f"{_text(node.value, deeper)}.{node.name}"
        case ir.Call():
            return (
                f"{_text(node.function, deeper)}({', '.join(_argument(item, deeper) for item in node.arguments[:4])})"
            )
        case ir.Unary():
            gap = " " if node.operator == "not" else ""
            return f"{node.operator}{gap}{_text(node.operand, deeper)}"
        case ir.Binary() | ir.Boolean():
            return f"{_text(node.left, deeper)} {node.operator} {_text(node.right, deeper)}"
        case ir.Compare():
            tail = "".join(f" {operator} {_text(operand, deeper)}" for operator, operand in node.comparisons)
            return _text(node.left, deeper) + tail
        case ir.Subscript():
            return f"{_text(node.value, deeper)}[{_text(node.index, deeper)}]"
        case ir.Await():
            return f"await {_text(node.value, deeper)}"
        case ir.Sequence():
            inner = ", ".join(_text(item, deeper) for item in node.items[:6])
            return {"list": f"[{inner}]", "set": f"{{{inner}}}"}.get(node.kind, f"({inner})")
        case ir.Conditional():
            return f"{_text(node.body, deeper)} if {_text(node.test, deeper)} else {_text(node.orelse, deeper)}"
        case ir.Format():
            return 'f"' + "".join(_field(part, deeper) for part in node.parts) + '"'
        case ir.Opaque():
            return node.text
    return "…"


def _argument(argument: ir.Argument, depth: int) -> str:
    name = f"{argument.keyword}=" if argument.keyword else argument.star
    return name + _text(argument.value, depth)


def _field(part: ir.Expression, depth: int) -> str:
    if isinstance(part, ir.Constant):
        return str(part.value)
    return "{" + _text(part, depth) + "}"
