"""The modules of a tree: found by name, outlined when first needed, followed block by block on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pizzaguard.audit.evaluation.module import Module
from pizzaguard.audit.evaluation.relevance import WIRING, called_names
from pizzaguard.audit.evaluation.values import Deferred, External, ModuleValue, Unknown, Value
from pizzaguard.audit.source import ir

if TYPE_CHECKING:
    from pizzaguard.audit.evaluation.evaluator import Evaluator
    from pizzaguard.audit.evaluation.scope import Scope
    from pizzaguard.audit.source.collect import SourceFile
    from pizzaguard.audit.source.facts_table import FactsTable
    from pizzaguard.audit.source.modules import ModuleIndex


class Modules:
    """Every module of the audited tree, by path and by dotted name."""

    def __init__(self, files: dict[str, SourceFile], index: ModuleIndex, facts: FactsTable) -> None:
        self.files = files
        self.index = index
        self.facts = facts
        self.evaluator: Evaluator | None = None
        """Who follows them; it enters itself."""
        self.makers: frozenset[str] = frozenset()
        """Names of functions and classes that make an app, once the roots are known."""
        self._loaded: dict[str, Module] = {}
        self._registers: dict[tuple[str, int], bool] = {}

    def at(self, path: str) -> Module:
        """The module in a file."""
        module = self._loaded.get(path)
        if module is None:
            module = self._loaded[path] = Module(self, self.files[path], self.index.name_of(path))
        return module

    def find(self, name: str, importer: str | None) -> Module | None:
        """The module of a dotted name as seen from a file; None when the tree does not hold it."""
        path = self.index.find(name, importer)
        return None if path is None else self.at(path)

    def value_of(self, name: str, importer: str | None) -> Value:
        """The module of a dotted name, or the outside thing it names."""
        module = self.find(name, importer)
        return External(name) if module is None else ModuleValue(module)

    def text_registers(self, path: str, first_line: int, last_line: int) -> bool:
        """Whether these lines hold a registering word, or call a function that makes an app."""
        key = (path, first_line)
        known = self._registers.get(key)
        if known is None:
            text = self.at(path).lines(first_line, last_line)
            known = self._registers[key] = self.wires(text)
        return known

    def wires(self, text: str) -> bool:
        """Whether a text holds a registering word, or calls something that makes an app."""
        return WIRING.search(text) is not None or self.calls_maker(text)

    def calls_maker(self, text: str) -> bool:
        """Whether a text calls a function or class that makes an app."""
        return not self.makers.isdisjoint(called_names(text))

    def absolute(self, node: ir.ImportFrom, module: Module) -> str:
        """The dotted name that a relative import means in a module."""
        if node.level == 0:
            return node.module
        parts = module.name.split(".")
        keep = len(parts) - node.level + (1 if module.is_package else 0)
        return ".".join([*parts[: max(keep, 0)], *([node.module] if node.module else [])])

    def bind_import(self, node: ir.Import | ir.ImportFrom, scope: Scope) -> None:
        """Bind the names of an import; each is looked up when first used."""
        module = scope.module
        assert isinstance(module, Module)
        if isinstance(node, ir.Import):
            for name, alias in node.names:
                # `import a.b` binds `a`, `import a.b as c` binds the inner module.
                bound = self.value_of(name if alias else name.partition(".")[0], module.path)
                self._note_import(module, self.find(name, module.path))
                scope.bind(alias or name.partition(".")[0], bound)
            return
        source = self.absolute(node, module)
        if not node.names:
            module.stars.append(self.value_of(source, module.path))
            self._note_import(module, self.find(source, module.path))
            return
        for name, alias in node.names:
            scope.bind(alias or name, self._imported(source, name, module.path))
            self._note_import(module, self.find(f"{source}.{name}", module.path) or self.find(source, module.path))

    def _note_import(self, importer: Module, imported: Module | None) -> None:
        if imported is not None and imported is not importer:
            importer.imported.append(imported)

    def _imported(self, source: str, name: str, importer: str) -> Value:
        found = self.find(source, importer)
        if found is None:
            inner = self.find(f"{source}.{name}", importer)
            return External(f"{source}.{name}") if inner is None else ModuleValue(inner)

        def work() -> Value:
            # `from . import part` in a package means the submodule: the package's own name is this very import.
            value = None if found.path == importer else found.lookup(name)
            if value is not None:
                return value
            inner = self.find(f"{found.name}.{name}", importer)
            return Unknown("missing", f"{source}.{name}") if inner is None else ModuleValue(inner)

        return Deferred(work)

    def is_foreign(self, node: ir.Import | ir.ImportFrom, scope: Scope) -> bool:
        """Whether an import names a distribution that the tree does not hold."""
        module = scope.module
        assert isinstance(module, Module)
        if isinstance(node, ir.Import):
            return any(self.find(name, module.path) is None for name, _ in node.names)
        source = self.absolute(node, module)
        return self.find(source, module.path) is None
