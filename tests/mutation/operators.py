"""What may go wrong in one place of a source: the mutation operators, by the syntax tree.

They never touch what no test could see: docstrings, annotations, decorators, type aliases,
protocols, casts, assertions that only narrow a type, `__all__` and `__slots__`.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_COMPARED: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_DROPPED: Final = (ast.AugAssign, ast.Delete, ast.Raise, ast.Continue, ast.Break)
_TYPES: Final = ("TypeVar", "NewType", "TypeAlias", "Callable")
_NAMES: Final = ("__all__", "__slots__")


@dataclass(frozen=True, slots=True)
class Mutation:
    """In a source, the bytes from `start` to `end` become `new`; `line` is where, from 1."""

    operator: str
    line: int
    start: int
    end: int
    new: str

    def applied(self, source: str) -> str:
        """The source with the fault."""
        data = source.encode()
        return (data[: self.start] + self.new.encode() + data[self.end :]).decode()

    def old(self, source: str) -> str:
        """What stood there."""
        return source.encode()[self.start : self.end].decode()


def mutations(source: str) -> list[Mutation]:
    """Every fault the operators can make of a source, in the order of the text."""
    found = {
        (each.start, each.end, each.new): each
        for each in _Finder(source).of(ast.parse(source))
        if each.new != each.old(source)
    }
    return [found[place] for place in sorted(found)]


class _Finder:
    """Walks a tree; node offsets are in bytes of their line."""

    def __init__(self, source: str) -> None:
        self.starts = [0]
        for line in source.encode().splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def of(self, node: ast.AST) -> Iterator[Mutation]:
        """The mutations of a node and of all that is in it."""
        yield from self._here(node)
        for child in _children(node):
            yield from self.of(child)

    def _made(self, operator: str, node: ast.expr | ast.stmt, new: ast.AST | str) -> Mutation:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return Mutation(
            operator,
            node.lineno,
            self.starts[node.lineno - 1] + node.col_offset,
            self.starts[node.end_lineno - 1] + node.end_col_offset,
            new if isinstance(new, str) else ast.unparse(new),
        )

    def _here(self, node: ast.AST) -> Iterator[Mutation]:
        if isinstance(node, ast.expr):
            yield from self._expression(node)
        elif isinstance(node, ast.FunctionDef):
            yield from self._early(node)
        elif isinstance(node, ast.Return) and node.value is not None:
            if not (isinstance(node.value, ast.Constant) and node.value.value is None):
                yield self._made("return none", node, "return None")
        elif _may_go(node):
            assert isinstance(node, ast.stmt)
            yield self._made("dropped statement", node, "pass")
        for test in _conditions(node):
            yield self._made("negated condition", test, f"(not ({ast.unparse(test)}))")

    def _expression(self, node: ast.expr) -> Iterator[Mutation]:
        if isinstance(node, ast.Constant):
            for value in _other_values(node.value):
                yield self._made("constant", node, repr(value))
        elif isinstance(node, ast.Compare):
            for nth, op in enumerate(node.ops):
                for other in _COMPARED[type(op)]:
                    ops = [*node.ops[:nth], other(), *node.ops[nth + 1 :]]
                    yield self._made(
                        "comparison", node, ast.Compare(node.left, ops, node.comparators)
                    )
        elif isinstance(node, ast.BoolOp):
            other_op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield self._made("and/or", node, f"({ast.unparse(ast.BoolOp(other_op, node.values))})")
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            sign = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
            yield self._made(
                "boundary", node, f"({ast.unparse(ast.BinOp(node.left, sign, node.right))})"
            )
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield self._made("negated condition", node, f"({ast.unparse(node.operand)})")

    def _early(self, node: ast.FunctionDef) -> Iterator[Mutation]:
        """The function returns before it does anything."""
        first = next((each for each in node.body if not _is_text(each)), None)
        if first is None or isinstance(first, ast.Return):
            return
        at = self.starts[first.lineno - 1] + first.col_offset
        new = "return None\n" + " " * first.col_offset
        yield Mutation("return early", first.lineno, at, at, new)


def _is_text(node: ast.AST) -> bool:
    """Is it a docstring, or the `...` of a method without a body?"""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _may_go(node: ast.AST) -> bool:
    """Can the statement be left out without an unbound name?"""
    if isinstance(node, ast.Expr):
        return not _is_text(node)
    if isinstance(node, ast.Assign):
        return all(isinstance(each, ast.Attribute | ast.Subscript) for each in node.targets)
    return isinstance(node, _DROPPED) or (isinstance(node, ast.Return) and node.value is None)


def _conditions(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.comprehension):
        return node.ifs
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        return [] if _is_negation(node.test) else [node.test]
    return []


def _is_negation(test: ast.expr) -> bool:
    """Does negating it only say what another operator says of it?"""
    if isinstance(test, ast.Compare):
        return len(test.ops) == 1
    return isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)


def _other_values(value: object) -> list[object]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1] if value else [1]
    if isinstance(value, str):
        lines = value.splitlines(keepends=True)
        return list(_other_rows(lines)) if len(lines) > 1 else [value + "~"]
    return [value + b"\x00"] if isinstance(value, bytes) else []


def _other_rows(lines: list[str]) -> Iterator[str]:
    """A text that is a table: in each row the last word of yes and no is the other one."""
    for nth, line in enumerate(lines):
        changed = line[:-1].removesuffix("yes") + "-" if line.endswith("yes\n") else ""
        if line.endswith("-\n"):
            changed = line[:-2] + "yes"
        if changed:
            yield "".join((*lines[:nth], changed, "\n", *lines[nth + 1 :]))


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """What of a node may be changed."""
    if _is_text(node) or _is_typing(node) or isinstance(node, ast.JoinedStr | ast.Assert):
        return
    if isinstance(node, ast.FunctionDef):
        yield from (default for default in (*node.args.defaults, *node.args.kw_defaults) if default)
        yield from node.body
    elif isinstance(node, ast.ClassDef):
        yield from node.body
    elif isinstance(node, ast.AnnAssign):
        if node.value is not None:
            yield node.value
    elif isinstance(node, ast.Call) and ast.unparse(node.func) == "cast":
        yield from node.args[1:]
    else:
        yield from ast.iter_child_nodes(node)


def _is_typing(node: ast.AST) -> bool:
    """Is it there for the type checker alone?"""
    if isinstance(node, ast.ClassDef):
        return any("Protocol" in ast.unparse(base) for base in node.bases)
    if isinstance(node, ast.AnnAssign):
        return ast.unparse(node.annotation) in (*_TYPES, "Mapping")
    if isinstance(node, ast.Assign):
        named = any(isinstance(each, ast.Name) and each.id in _NAMES for each in node.targets)
        return named or ast.unparse(node.value).startswith(_TYPES)
    return False
