"""What a check is given, and what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pizzaguard.audit import rulebook
from pizzaguard.audit.behaviour.definitions import Definition, definitions
from pizzaguard.audit.behaviour.reach import Reached, reached
from pizzaguard.audit.finding import Finding, Rule

if TYPE_CHECKING:
    from pizzaguard.audit.config import Config
    from pizzaguard.audit.evaluation.evaluator import Evaluator
    from pizzaguard.audit.evaluation.module import Module
    from pizzaguard.audit.evaluation.modules import Modules
    from pizzaguard.audit.evaluation.values import FunctionValue
    from pizzaguard.audit.surface.assemble import Endpoint
    from pizzaguard.audit.surface.nouns import RouteSurface


@dataclass(frozen=True, slots=True)
class Tree:
    """The audited tree as a check sees it: its routes, the code behind them, and the text of every file."""

    surface: RouteSurface
    endpoints: tuple[Endpoint, ...]
    """Every route with what it was made from, in the surface's order."""
    evaluator: Evaluator
    modules: Modules
    config: Config

    def rule(self, name: str) -> Rule:
        """The rule of a name, for `Finding.of`."""
        return rulebook.rule(name)

    def files_with(self, needle: bytes) -> Iterator[Module]:
        """The modules, tests left out, whose text matches a regular expression; cheap, nothing is parsed."""
        pattern = re.compile(needle)
        for path, file in self.modules.files.items():
            if not self.config.is_test(path) and pattern.search(file.data):
                yield self.modules.at(path)

    def definitions_with(self, needle: bytes) -> Iterator[Definition]:
        """The functions and module-level statements whose own top-level block matches; only these are parsed."""
        words = re.compile(needle.decode())
        for module in self.files_with(needle):
            yield from definitions(self.evaluator, module, words)

    def reached(self, function: FunctionValue, hops: int = 3) -> Iterator[Reached]:
        """Every statement of a function and of those it calls in the tree, `hops` calls deep."""
        return reached(self.evaluator, function, hops)


Check = Callable[[Tree], Iterator[Finding]]
"""A check: reads the tree, yields findings, changes nothing."""
