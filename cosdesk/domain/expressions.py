"""Expressions of a monitoring form («using <= learners»): a small, safe part of Python over the names of fields.

Arithmetic, comparison, ``and``/``or``/``not``, ``a if b else c``, ``in`` with a list of
choices, ``min``, ``max``, ``abs``, ``round``.  No attributes, no subscripts, no other calls.
An absent value makes what stands on it absent too: ``None + 1`` and ``None > 1`` are None.
"""

import ast
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, DivisionByZero, InvalidOperation
from functools import cache
from operator import add, ge, gt, le, lt, mod, mul, sub, truediv
from typing import Any

from cosdesk.dataclass import dataclass

Value = Decimal | str | date | bool | None
"""A field's value; None where nothing was given."""

_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: add,
    ast.Sub: sub,
    ast.Mult: mul,
    ast.Div: truediv,
    ast.Mod: mod,
}
_ORDER: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {ast.Lt: lt, ast.LtE: le, ast.Gt: gt, ast.GtE: ge}
_CALLS: dict[str, Callable[..., Any]] = {
    "min": min,
    "max": max,
    "abs": abs,
    "round": lambda number, places=0: round(number, int(places)),
}
_MAX_LENGTH = 500


class ExpressionFaultError(Exception):
    """An expression that cannot be used; the message is a Russian phrase for a form's fault."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression; make it by ``expression``."""

    text: str
    names: frozenset[str]

    def value(self, values: Mapping[str, Value]) -> Value:
        """What it gives for these values; a name that is not among them is absent, division by zero too."""
        found: Value = _value(tree_of(self.text), values)
        return found

    def holds(self, values: Mapping[str, Value]) -> bool | None:
        """Whether the condition holds; None where it cannot be told."""
        found = self.value(values)
        return None if found is None else bool(found)


def expression(text: str) -> Expression:
    """The expression checked; ``ExpressionFaultError`` says in Russian what is wrong."""
    tree = tree_of(text)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        _check(node)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called}
    return Expression(text, frozenset(names))


@cache
def tree_of(text: str) -> ast.expr:
    """The text as it is read, not yet checked; ``ExpressionFaultError`` where it cannot be read."""
    if len(text) > _MAX_LENGTH:
        raise ExpressionFaultError(f"выражение длиннее {_MAX_LENGTH} знаков")
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionFaultError(f"выражение «{text}» не разобрано") from error


def _check(node: ast.AST) -> None:
    match node:
        case ast.Call(func=ast.Name(id=name), keywords=[]) if name in _CALLS:
            return
        case ast.Constant(value=bool() | int() | float() | str() | None):
            return
        case (
            ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div() | ast.Mod())
            | ast.UnaryOp(op=ast.Not() | ast.USub())
            | ast.BoolOp()
            | ast.Compare()
            | ast.IfExp()
            | ast.Name()
            | ast.List()
            | ast.Tuple()
            | ast.expr_context()
            | ast.operator()
            | ast.unaryop()
            | ast.boolop()
        ):
            return
        case ast.Eq() | ast.NotEq() | ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE() | ast.In() | ast.NotIn():
            return
        case ast.Is() | ast.IsNot():
            return
    written = ast.unparse(node) if isinstance(node, ast.expr) else type(node).__name__
    raise ExpressionFaultError(f"в выражении нельзя писать «{written}»")


def _value(node: ast.expr, values: Mapping[str, Value]) -> Any:
    match node:
        case ast.Constant(value=bool() | str() | None as plain):
            return plain
        case ast.Constant(value=number):
            return Decimal(str(number))
        case ast.Name(id=name):
            return values.get(name)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return [_value(part, values) for part in parts]
        case ast.IfExp(test=test, body=body, orelse=other):
            chosen = _value(test, values)
            return None if chosen is None else _value(body if chosen else other, values)
        case ast.BoolOp(op=operator, values=parts):
            return _joined(isinstance(operator, ast.And), [_value(part, values) for part in parts])
        case ast.UnaryOp(op=unary, operand=operand):
            found = _value(operand, values)
            if found is None:
                return None
            return not found if isinstance(unary, ast.Not) else _safely(lambda: -found)
        case ast.BinOp(left=left, op=operation, right=right):
            return _applied(_ARITHMETIC[type(operation)], _value(left, values), _value(right, values))
        case ast.Compare(left=left, ops=operators, comparators=rights):
            return _compared(_value(left, values), operators, [_value(right, values) for right in rights])
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _applied(_CALLS[name], *(_value(argument, values) for argument in arguments))
    raise ExpressionFaultError(f"в выражении нельзя писать «{ast.unparse(node)}»")


def _joined(every: bool, parts: list[Any]) -> bool | None:
    """``and`` and ``or`` of three values: what is absent matters only where the rest does not decide."""
    if any(part is not None and bool(part) is not every for part in parts):
        return not every
    return None if any(part is None for part in parts) else every


def _compared(left: Any, operators: list[ast.cmpop], rights: list[Any]) -> bool | None:
    results = []
    for operator, right in zip(operators, rights, strict=True):
        results.append(_comparison(operator, left, right))
        left = right
    return _joined(True, results)


def _comparison(operator: ast.cmpop, left: Any, right: Any) -> bool | None:
    if isinstance(operator, ast.Is | ast.IsNot):
        return (left is right) is isinstance(operator, ast.Is)
    if left is None or right is None:
        return None
    if isinstance(operator, ast.In | ast.NotIn):
        return isinstance(right, list) and (left in right) is isinstance(operator, ast.In)
    if isinstance(operator, ast.Eq | ast.NotEq):
        return (left == right) is isinstance(operator, ast.Eq)
    held: bool | None = _safely(lambda: _ORDER[type(operator)](left, right))
    return held


def _applied(function: Callable[..., Any], *arguments: Any) -> Any:
    if any(argument is None for argument in arguments):
        return None
    return _safely(lambda: function(*arguments))


def _safely(count: Callable[[], Any]) -> Any:
    """A number divided by zero or added to a text gives nothing, as an empty cell does."""
    try:
        return count()
    except (TypeError, ValueError, DivisionByZero, InvalidOperation, ZeroDivisionError):
        return None
