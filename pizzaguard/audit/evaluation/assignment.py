"""What assignments change: names, attributes, members, the overrides and tables of an app."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.arguments import Arguments
from pizzaguard.audit.evaluation.choices import choose, force, is_pending, options_of, plain
from pizzaguard.audit.evaluation.displays import dict_key
from pizzaguard.audit.evaluation.strings import concatenate
from pizzaguard.audit.evaluation.values import (
    NONE,
    ClassValue,
    Deferred,
    DictValue,
    FrameworkMethod,
    InstanceValue,
    Item,
    ListValue,
    ModuleValue,
    Unknown,
    Value,
)
from pizzaguard.audit.frameworks.methods import call_framework_method
from pizzaguard.audit.frameworks.records import RoutesEntry, TableEdit
from pizzaguard.audit.source import ir

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator
    from pizzaguard.audit.evaluation.scope import Scope


def assign(evaluator: Evaluator, target: ir.Expression, value: Value, scope: Scope) -> None:
    """`target = value`."""
    if isinstance(target, ir.Name):
        _name_record(value, target.name, scope)
        scope.bind(target.name, value)
    elif isinstance(target, ir.Attribute):
        set_attribute(evaluator, evaluator.evaluate(target.value, scope), target.name, value, scope, target)
    elif isinstance(target, ir.Subscript):
        _set_member(evaluator, target, value, scope)
    elif isinstance(target, ir.Sequence):
        _unpack(evaluator, target, value, scope)
    elif isinstance(target, ir.Starred):
        assign(evaluator, target.value, ListValue(is_open=True), scope)


def _name_record(value: Value, name: str, scope: Scope) -> None:
    """An app bound to a module-level name is known by it."""
    if not (scope.is_module or name in scope.globals) or (isinstance(value, Deferred) and value.value is None):
        return
    for option in sorted(options_of(value), key=_is_off)[:1]:
        _name_app(force(option.value), f"{scope.module.name}:{name}")


def _is_off(option: Item) -> bool:
    return any(condition.default is False for condition in option.conditions)


def _name_app(value: Value, name: str) -> None:
    if isinstance(value, InstanceValue) and value.record is not None and value.record.name is None:
        value.record.name = name


def _unpack(evaluator: Evaluator, target: ir.Sequence, value: Value, scope: Scope) -> None:
    if is_pending(value):
        # Most results of calls that register nothing are never looked at.
        for index, part in enumerate(target.items):
            assign(evaluator, part, Deferred(partial(_member, value, index, part)), scope)
        return
    held = plain(value)
    members = [item.value for item in held.items] if isinstance(held, ListValue) else []
    for index, part in enumerate(target.items):
        known = isinstance(held, ListValue) and not held.is_open and index < len(members)
        if isinstance(part, ir.Starred):
            rest = ListValue([Item(member) for member in members[index:]], is_open=not known)
            assign(evaluator, part.value, rest, scope)
            return
        text = part.name if isinstance(part, ir.Name) else "?"
        assign(evaluator, part, members[index] if index < len(members) else Unknown("dynamic", text), scope)


def _member(value: Value, index: int, part: ir.Expression) -> Value:
    held = plain(value)
    if isinstance(part, ir.Starred):
        return ListValue(is_open=True)
    if isinstance(held, ListValue) and not held.is_open and index < len(held.items):
        return held.items[index].value
    return Unknown("dynamic", part.name if isinstance(part, ir.Name) else "?")


def set_attribute(
    evaluator: Evaluator,
    owner: Value,
    name: str,
    value: Value,
    scope: Scope | None = None,
    target: ir.Expression | None = None,
) -> None:
    """`owner.name = value`; under a condition, what stood there before stays possible."""
    owner = force(owner)
    if isinstance(owner, InstanceValue):
        record = owner.record
        if (
            record is not None
            and name in {"routes", "dependency_overrides"}
            and scope is not None
            and target is not None
        ):
            place = scope.place(target)
            record.edits.append(TableEdit(f"{name} replaced", place, evaluator.conditions_since(record.born)))
            if name == "routes":
                record.entries.append(RoutesEntry(value, place, evaluator.conditions_since(record.born)))
            return
        before = owner.attributes.get(name)
        if before is not None and evaluator.conditions and force(before) != NONE:
            owner.attributes[name] = choose([Item(value, evaluator.conditions), Item(before)])
        else:
            owner.attributes[name] = value
    elif isinstance(owner, ModuleValue):
        owner.module.names[name] = value
    elif isinstance(owner, ClassValue) and owner.namespace is not None:
        owner.namespace[name] = value


def _set_member(evaluator: Evaluator, target: ir.Subscript, value: Value, scope: Scope) -> None:
    held = force(evaluator.evaluate(target.value, scope))
    key = evaluator.evaluate(target.index, scope)
    if isinstance(held, DictValue):
        known = dict_key(key)
        item = Item(value, evaluator.conditions_since(held.born))
        held.entries[known if known is not None else len(held.entries)] = item
    elif isinstance(held, FrameworkMethod):
        if held.name == "dependency_overrides":
            setter = FrameworkMethod(held, "__setitem__")
            call_framework_method(evaluator, setter, Arguments([key, value]), scope.place(target))
        elif held.name == "routes" and isinstance(held.receiver, InstanceValue) and held.receiver.record is not None:
            record = held.receiver.record
            conditions = evaluator.conditions_since(record.born)
            record.edits.append(TableEdit("assigned", scope.place(target), conditions))


def augment(evaluator: Evaluator, node: ir.Augment, scope: Scope) -> None:
    """`target operator= value`: lists grow in place, strings are joined."""
    before = plain(evaluator.evaluate(node.target, scope))
    value = evaluator.evaluate(node.value, scope)
    if isinstance(before, ListValue) and node.operator in {"+", "|"}:
        items, is_open = evaluator.iterate(value)
        conditions = evaluator.conditions_since(before.born)
        before.items.extend(Item(item.value, conditions + item.conditions) for item in items)
        before.is_open |= is_open
    elif isinstance(before, FrameworkMethod) and before.name == "routes" and isinstance(before.receiver, InstanceValue):
        extend = FrameworkMethod(before, "extend")
        call_framework_method(evaluator, extend, Arguments([value]), scope.place(node))
    elif node.operator == "+":
        assign(evaluator, node.target, concatenate(before, value, "+="), scope)
    else:
        assign(evaluator, node.target, Unknown("dynamic"), scope)


def delete(evaluator: Evaluator, target: ir.Expression, scope: Scope) -> None:
    """`del target`: a deleted route is an edit of the table."""
    if isinstance(target, ir.Name):
        scope.names.pop(target.name, None)
    elif isinstance(target, ir.Subscript):
        held = force(evaluator.evaluate(target.value, scope))
        if isinstance(held, FrameworkMethod) and isinstance(held.receiver, InstanceValue) and held.receiver.record:
            record = held.receiver.record
            conditions = evaluator.conditions_since(record.born)
            record.edits.append(TableEdit("deleted", scope.place(target), conditions))
