# Textual has no public way to what it works out.
# pyright: reportPrivateUsage=false
"""A stylesheet that remembers what it has worked out.

Textual goes through all rules for every widget, and for each part of one that has colours of its
own, whenever a class or the focus changes above it: fifty milliseconds where one steps from pane to
pane. What a widget looks like depends on the rules and on what stands on the way down to it, so for
a way that was met before it is known.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final
from weakref import WeakKeyDictionary, WeakSet

from textual.app import App
from textual.css.model import RuleSet, SelectorType
from textual.css.styles import RenderStyles, RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.widget import Widget

from hobnob_protocol.value import value

WAYS_MAX: Final = 4_096
"""So many ways are remembered; then it begins anew."""
TEXTUALS_OWN: Final = "-textual-system"
"""What has this class is not meant by `*`."""
OF_THE_THEME: Final = {"dark", "light", "ansi", "nocolor", "inline"}
"""States that come with other rules, or stay."""

Parts = dict[str, RenderStyles]


class Unasked(Parts):
    """Parts of a widget that nobody has asked for: most of those that a start makes are not seen.
    They are worked out, and stand in the place of this, once somebody looks whether one is there.
    """

    def __init__(self, work_out: Callable[[], Parts]) -> None:
        super().__init__()
        self._work_out = work_out

    def __contains__(self, name: object) -> bool:
        return name in self._work_out()


@value
class Known:
    """What holds at the end of a way; None where no rule does."""

    rules: RulesMap | None
    heeds_pointer: bool


@value
class Heeds:
    """What the rules for widgets of one sort ask of these, and of all they are in: types, classes,
    ids, and whether their state counts, as the focus does."""

    types: frozenset[str]
    classes: frozenset[str]
    ids: frozenset[str]
    state: bool


class RememberingStylesheet(Stylesheet):
    """The same styles as Textual's own."""

    _of: list[RuleSet] | None = None
    """The rules from which all that is remembered follows."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._asked: WeakSet[DOMNode] = WeakSet()
        """Whose parts are drawn."""

    def reparse(self) -> None:
        """With the same variables what was parsed once holds; Textual parses it in a sheet of its
        own, which knows nothing."""
        self.parse()

    def update_nodes(self, nodes: Iterable[DOMNode], animate: bool = False) -> None:
        """One look at many widgets."""
        self._begin()
        self._changed.clear()
        # What is mixed with the colours behind it comes after them.
        outer_first = sorted(nodes, key=lambda node: len(node.css_path_nodes))
        super().update_nodes(outer_first, animate=animate)
        self._changed.clear()

    def apply(
        self,
        node: DOMNode,
        *,
        animate: bool = False,
        cache: dict[tuple[object, ...], RulesMap] | None = None,
    ) -> None:
        """Let the rules hold for one widget, and for its parts."""
        self._begin()
        way = self._way(node)
        known = self._known.get(way)
        if known is None:
            self._work_out(node, way, animate=animate)
            return
        node._has_hover_style = known.heeds_pointer
        node._has_focus_within = node._has_order_style = node._has_odd_or_even = False
        if known.rules is not None and known.rules is not self._worn.get(node):
            self.replace_rules(node, known.rules, animate=animate)
            self._wear(node, known.rules)
        elif node._parent in self._changed:
            # Colours that let those behind them through are mixed anew.
            self._changed.add(node)
            node.notify_style_update()
        self._process_component_classes(node)

    def _work_out(self, node: DOMNode, way: int, *, animate: bool) -> None:
        found: dict[tuple[object, ...], RulesMap] = {}
        super().apply(node, animate=animate, cache=found)  # pyright: ignore[reportUnknownMemberType]  # Textual leaves its type open.
        before = self._worn.get(node)
        if _heeds_others(node):
            # The same way does not always look the same.
            self._worn.pop(node, None)
            self._changed.add(node)
            return
        rules = next(iter(found.values()), None)
        if rules is not None and rules == before:
            rules = before
        elif rules is not None:
            self._wear(node, rules)
        self._known[way] = Known(rules, node._has_hover_style)

    def _wear(self, node: DOMNode, rules: RulesMap) -> None:
        self._worn[node] = rules
        self._changed.add(node)

    def _process_component_classes(self, node: DOMNode) -> None:
        """The same for what a widget is made of."""
        if not node._get_component_classes():
            return
        if node not in self._asked:
            node._component_styles = Unasked(partial(self._ask, node))
            return
        before = node._component_styles
        found = self._parts_of(node)
        if found is not before:
            node._component_styles = found
            if found != before:
                node.refresh()

    def _ask(self, node: DOMNode) -> Parts:
        """Work out what a widget is made of, which is drawn just now."""
        self._asked.add(node)
        found = node._component_styles = self._parts_of(node)
        return found

    def _parts_of(self, node: DOMNode) -> Parts:
        names = node._get_component_classes()
        way, kept = self._way(node, names), self._parts.setdefault(node, {})
        found = kept.get(way)
        if found is None:
            parts = {name: self._part_of(node, name) for name in sorted(names)}
            if any(_heeds_others(each.node) for each in parts.values() if each.node is not None):
                return parts
            found = kept[way] = next((each for each in kept.values() if each == parts), parts)
        return found

    def _part_of(self, node: DOMNode, name: str) -> RenderStyles:
        part = DOMNode(classes=name)
        part._attach(node)
        self.apply(part)
        return part.styles

    def _begin(self) -> None:
        """What follows from other rules is forgotten. A start brings rules with each sort of
        widget, and forgets of the others nothing."""
        rules, before = self.rules, self._of
        if before is not None and len(self._ways) < WAYS_MAX:
            if rules is before:
                return
            told = set(map(id, rules))
            if all(id(rule) in told for rule in before):
                self._of = rules
                self._forget_of(rules, before)
                return
        self._of = rules
        self._ways: dict[tuple[object, ...], int] = {}
        self._count = 0
        self._heeds: dict[frozenset[str], Heeds] = {}
        self._known: dict[int, Known] = {}
        self._worn: WeakKeyDictionary[DOMNode, RulesMap] = WeakKeyDictionary()
        self._changed: set[DOMNode] = set()
        self._parts: WeakKeyDictionary[DOMNode, dict[int, Parts]] = WeakKeyDictionary()

    def _forget_of(self, rules: list[RuleSet], before: list[RuleSet]) -> None:
        """Only whom the rules name that came."""
        known = set(map(id, before))
        named = {name for rule in rules if id(rule) not in known for name in rule.selector_names}
        for names in [each for each in self._heeds if not named.isdisjoint(each)]:
            del self._heeds[names]
            self._ways.pop((names,), None)
        # What is shown of them is what held until now.

    def _way(self, node: DOMNode, parts: frozenset[str] = frozenset()) -> int:
        """The number of all that the rules for a widget, and for these parts of it, ask of it and
        of what it is in. Widgets of one sort share it, in whatever they are of which no rule of
        theirs speaks."""
        names = frozenset(node._selector_names).union(f".{part}" for part in parts)
        heeds = self._heeds.get(names)
        if heeds is None:
            heeds = self._heeds[names] = self._heeded(names)
        way = self._step((names,))
        for each in node.css_path_nodes:
            way = self._step((way, *_looks(each, heeds)))
        return way

    def _step(self, step: tuple[object, ...]) -> int:
        way = self._ways.get(step)
        if way is None:
            # A number that was given is never given again: what was forgotten left some behind.
            way = self._ways[step] = self._count = self._count + 1
        return way

    def _heeded(self, names: frozenset[str]) -> Heeds:
        rules = {rule for name in self.rules_map.keys() & names for rule in self.rules_map[name]}
        selectors = [
            each for rule in rules for several in rule.selector_set for each in several.selectors
        ]

        def named(sort: SelectorType) -> frozenset[str]:
            return frozenset(each.name for each in selectors if each.type is sort)

        return Heeds(
            named(SelectorType.TYPE),
            named(SelectorType.CLASS) | {TEXTUALS_OWN},
            named(SelectorType.ID),
            any(each.pseudo_classes - OF_THE_THEME for each in selectors),
        )


def _looks(node: DOMNode, heeds: Heeds) -> tuple[object, ...]:
    """What of a node is heeded. One of which nothing is counts as one all the same: some rules are
    for what lies directly in another."""
    found = (
        node._css_type_names & heeds.types,
        node.id if node.id in heeds.ids else None,
        heeds.classes.intersection(node._classes),
    )
    if not heeds.state:
        return found
    if isinstance(node, Widget):
        return (*found, node._pseudo_classes_cache_key, node.allow_focus())
    return (*found, node.app_focus) if isinstance(node, App) else found


def _heeds_others(node: DOMNode) -> bool:
    """Do its rules ask for more than the way down to it, as which of its siblings it is?"""
    return node._has_focus_within or node._has_order_style or node._has_odd_or_even
