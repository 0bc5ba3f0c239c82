"""One module: its blocks, the names they bind, and which of them have been followed."""

from __future__ import annotations

import builtins
import re
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.choices import force
from pizzaguard.audit.evaluation.scope import Scope
from pizzaguard.audit.evaluation.values import (
    ClassValue,
    DictValue,
    External,
    ListValue,
    Literal,
    ModuleValue,
    Place,
    Value,
)
from pizzaguard.audit.source import ir
from pizzaguard.audit.source.outline import Block, outline
from pizzaguard.audit.source.prefilter import is_interesting

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator
    from pizzaguard.audit.evaluation.modules import Modules
    from pizzaguard.audit.source.collect import SourceFile

DECORATED = re.compile(r"@(?:[\w]+(?:\.\w+)+|get|post|put|delete|patch|route|websocket|api_route)\s*\(")
"""A decorator that may register: a method of something, or a bare verb."""

CLASS_HEAD = re.compile(r"^class\s+\w+\s*(?:\((?:[^()\"'#]|\([^()\"'#]*\))*\)\s*)?:", re.MULTILINE)
"""What names the bases of most classes: parsing a model's body to learn that it is one would cost the most time."""


_BUILTIN_NAMES = frozenset(dir(builtins))


class Module:
    """A module of the tree. Names are looked up lazily: only the blocks that bind them are parsed."""

    def __init__(self, modules: Modules, file: SourceFile, name: str) -> None:
        self.modules = modules
        self.path = file.path
        self.name = name
        self.is_package = file.path.rpartition("/")[2] == "__init__.py"
        self.names: dict[str, Value] = {"__name__": Literal(name), "__package__": Literal(name)}
        self.stars: list[Value] = []
        self.imported: list[Module] = []
        """Modules of the tree that this one imports, in order."""
        self._file = file
        self._done: set[int] = set()
        self._resolving: set[str] = set()
        self._imports_bound = False
        self._position: int | None = None
        self._state = "new"

    @property
    def evaluator(self) -> Evaluator | None:
        """Who follows this tree; None before the evaluation begins."""
        return self.modules.evaluator

    # ---------------------------------------------------------------------------------------------------- text

    @cached_property
    def text(self) -> str:
        """The text of the file."""
        return self._file.text

    @cached_property
    def is_interesting(self) -> bool:
        """Whether the file holds a word that registers or composes routes."""
        return is_interesting(self._file.data)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The top-level blocks, in order; none when the file cannot be outlined."""
        found = outline(self.text)
        if found.problem is not None and self.evaluator is not None:
            self.evaluator.note_unseen("file", "unreadable", Place(self.path, 1), found.problem)
        return found.blocks

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def lines(self, first: int, last: int) -> str:
        """The text from line `first` to line `last`, 1-based and inclusive."""
        starts = self._starts
        begin = starts[first - 1] if first <= len(starts) else len(self.text)
        return self.text[begin : starts[last] if last < len(starts) else len(self.text)]

    @cached_property
    def _binders(self) -> dict[str, list[int]]:
        binders: dict[str, list[int]] = {}
        for index, block in enumerate(self.blocks):
            if block.name is not None:
                binders.setdefault(block.name, []).append(index)
        return binders

    def block_text(self, index: int) -> str:
        """The text of one block."""
        block = self.blocks[index]
        return self.text[block.start : block.end]

    def block_at(self, line: int) -> int:
        """The index of the block that holds a line."""
        ends = [block.last_line for block in self.blocks]
        return bisect_left(ends, line)

    # -------------------------------------------------------------------------------------------------- lookup

    def lookup(self, name: str) -> Value | None:
        """What a module-level name stands for, or None when the module does not bind it."""
        if self._state == "new" and self.is_interesting and self.evaluator is not None:
            self.activate(self.evaluator)
        value = self.bound(name)
        if value is not None:
            return value
        if name in _BUILTIN_NAMES:
            return External(f"builtins.{name}")
        return None

    def bound(self, name: str) -> Value | None:
        """What the module itself binds a name to, or imports under it; None for builtins and what it does not know."""
        if name in self.names:
            return self.names[name]
        if name in self._resolving:
            return None
        self._resolving.add(name)
        try:
            self._follow_binders(name)
            if name not in self.names:
                self._bind_imports()
            if name not in self.names:
                self._follow_mentions(name)
            if name not in self.names:
                return self._from_stars(name)
            self._follow_mutations(name)
            return self.names[name]
        finally:
            self._resolving.discard(name)

    def binds(self, name: str) -> bool:
        """Whether the module itself binds a name."""
        return name in self.names or name in self._binders

    def _follow_binders(self, name: str) -> None:
        candidates = self._binders.get(name, ())
        if self._position is not None:
            # While the module runs top to bottom, a name means what it was bound to above.
            candidates = [index for index in candidates if index < (self._position or 0)] or candidates
        for index in candidates:
            self.run(index)

    def _follow_mentions(self, name: str) -> None:
        """Blocks that may bind a name without saying so in the outline: `if`, `try`, tuple assignments."""
        word = re.compile(rf"\b{re.escape(name)}\b")
        for index, block in enumerate(self.blocks):
            may_bind = block.kind in {"compound", "assignment"} and block.name is None and index not in self._done
            if may_bind and word.search(self.text, block.start, block.end):
                self.run(index)
                if name in self.names:
                    return

    def _follow_mutations(self, name: str) -> None:
        """Statements that fill a list or dict after it was bound."""
        if not isinstance(force(self.names[name]), ListValue | DictValue):
            return
        word = re.compile(rf"\b{re.escape(name)}\s*(?:\.(?:append|extend|insert|update|add|setdefault)\b|\[|\+=|\|=)")
        for index, block in enumerate(self.blocks):
            may_fill = index not in self._done and block.kind in {"compound", "assignment", "expression"}
            if may_fill and word.search(self.text, block.start, block.end):
                self.run(index)

    def _from_stars(self, name: str) -> Value | None:
        if name.startswith("_"):
            return None
        outside: External | None = None
        for star in self.stars:
            if isinstance(star, ModuleValue):
                module = star.module
                assert isinstance(module, Module)
                found = module.bound(name) if module is not self else None
                if found is not None:
                    self.names[name] = found
                    return found
            elif isinstance(star, External):
                outside = star
        return None if outside is None or name in _BUILTIN_NAMES else External(f"{outside.name}.{name}")

    def _bind_imports(self) -> None:
        if self._imports_bound:
            return
        self._imports_bound = True
        for index, block in enumerate(self.blocks):
            if block.kind == "import":
                self.run(index)

    # --------------------------------------------------------------------------------------------- following

    def run(self, index: int) -> None:
        """Follow one block, once."""
        if index not in self._done and self.evaluator is not None:
            self._done.add(index)
            self.evaluator.run_block(self, index)

    def follow(self, evaluator: Evaluator, index: int) -> None:
        """Parse one block and follow its statements in the module's scope."""
        block = self.blocks[index]
        scope = Scope(self, block.first_line, None, self.names)
        if block.kind == "class" and block.name is not None and not self._is_wired(index):
            self._bind_class(index, block, scope)
            return
        evaluator.execute(self.facts(index).statements, scope)

    def facts(self, index: int) -> ir.Facts:
        """The facts of one block; what cannot be read becomes a gap."""
        facts = self.modules.facts.of(self.block_text(index))
        if facts.problem is not None and self.evaluator is not None:
            self.evaluator.note_unseen(
                "block", "unreadable", Place(self.path, self.blocks[index].first_line), facts.problem
            )
        return facts

    def _bind_class(self, index: int, block: Block, scope: Scope) -> None:
        """A class is bound by the outline alone; a model that is only ever an annotation is never parsed."""
        assert block.name is not None

        def load() -> ir.Class | None:
            statements = self.facts(index).statements
            return next((node for node in statements if isinstance(node, ir.Class)), None)

        def head() -> ir.Class | None:
            found = CLASS_HEAD.search(self.block_text(index))
            statements = () if found is None else self.modules.facts.of(f"{found[0]} ...\n").statements
            return next((node for node in statements if isinstance(node, ir.Class)), None)

        self.names[block.name] = ClassValue(block.name, block.name, self, scope, block.first_line, load, head=head)

    def _is_wired(self, index: int) -> bool:
        """Whether a class has decorators that may register, on itself or on its methods."""
        return self.is_interesting and DECORATED.search(self.block_text(index)) is not None

    def activate(self, evaluator: Evaluator) -> None:
        """Follow, top to bottom, every block that may register routes, as an import of the module would."""
        if self._state != "new":
            return
        self._state = "active"
        self._bind_imports()
        for module in list(self.imported):
            if module.is_interesting:
                module.activate(evaluator)
        for index, block in enumerate(self.blocks):
            if index not in self._done and self._registers(index, block):
                self._position = index
                self.run(index)
        self._position = None
        self._state = "done"

    def _registers(self, index: int, block: Block) -> bool:
        if block.kind == "import":
            return False
        if block.kind == "def":
            return DECORATED.search(self._decorators(block)) is not None
        if block.kind == "class":
            return self._is_wired(index)
        text = self.block_text(index)
        if block.kind == "expression":
            return "(" in text and not text.startswith(('"', "'"))
        if block.kind == "assignment" and block.name is None:
            return True
        return self.modules.wires(text)

    def _decorators(self, block: Block) -> str:
        text = self.text[block.start : block.end]
        if not text.startswith("@"):
            return ""
        cut = re.search(r"^(?:async\s+def|def|class)\b", text, re.MULTILINE)
        return text[: cut.start()] if cut else text
