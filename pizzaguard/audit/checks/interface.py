"""What a check is given, and what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pizzaguard.audit import rulebook
from pizzaguard.audit.behaviour.definitions import Definition, definitions
from pizzaguard.audit.behaviour.reach import Reached, reached
from pizzaguard.audit.behaviour.switches import Switchboard
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
    _memory: dict[str, Any] = field(default_factory=dict, repr=False)
    """What several checks ask for, worked out once."""

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

    @property
    def reach(self) -> dict[int, list[Reached]]:
        """By `id` of an endpoint: every statement that its handler leads to; handlers are read once."""
        if "reach" not in self._memory:
            by_node: dict[int, list[Reached]] = {}
            found: dict[int, list[Reached]] = {}
            for endpoint in self.endpoints:
                function = endpoint.function
                if function is not None:
                    key = id(function.node)
                    if key not in by_node:
                        by_node[key] = list(self.reached(function))
                    found[id(endpoint)] = by_node[key]
            self._memory["reach"] = found
        return dict(self._memory["reach"])

    @property
    def switchboard(self) -> Switchboard:
        """The switches that routes set and the ways that they divert."""
        if "switchboard" not in self._memory:
            self._memory["switchboard"] = Switchboard(self.evaluator, self.endpoints, self.reach)
        board: Switchboard = self._memory["switchboard"]
        return board


Check = Callable[[Tree], Iterator[Finding]]
"""A check: reads the tree, yields findings, changes nothing."""
