"""What kind of value an expression gives, and where it puts together what does not go together: a number and a text.

Such an expression gives nothing for any answer, so a form that holds one is told of it before schools are asked.
"""

import ast
from collections.abc import Collection, Mapping
from enum import StrEnum

from cosdesk.domain.expressions import Expression, ExpressionFaultError, tree_of


class ValueKind(StrEnum):
    """A yes or no counts as a number, 1 or 0, and may be compared with one."""

    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    FLAG = "flag"


_COMPARED = {
    ValueKind.NUMBER: "число",
    ValueKind.TEXT: "текст",
    ValueKind.DATE: "дату",
    ValueKind.FLAG: "ответ да/нет",
}
_COMPARED_WITH = {
    ValueKind.NUMBER: "числом",
    ValueKind.TEXT: "текстом",
    ValueKind.DATE: "датой",
    ValueKind.FLAG: "ответом да/нет",
}


def require_kinds(
    expression: Expression,
    kinds: Mapping[str, ValueKind | None],
    choices: Mapping[str, Collection[str]],
) -> ValueKind | None:
    """The kind of its value, None where it cannot be told; ``ExpressionFaultError`` where kinds do not agree.

    ``kinds`` says what each name holds, None where that is not known; ``choices`` which texts a name
    may hold, where only some.
    """
    return _Judge(kinds, choices).kind(tree_of(expression.text))


class _Judge:
    def __init__(self, kinds: Mapping[str, ValueKind | None], choices: Mapping[str, Collection[str]]) -> None:
        self._kinds, self._choices = kinds, choices

    def kind(self, node: ast.expr) -> ValueKind | None:
        match node:
            case ast.Constant(value=bool()):
                return ValueKind.FLAG
            case ast.Constant(value=str()):
                return ValueKind.TEXT
            case ast.Constant(value=int() | float()):
                return ValueKind.NUMBER
            case ast.Name(id=name):
                return self._kinds.get(name)
            case ast.Compare(left=left, ops=operators, comparators=rights):
                self._compare([left, *rights], operators)
                return ValueKind.FLAG
            case ast.BoolOp(values=parts):
                for part in parts:
                    self.kind(part)
                return ValueKind.FLAG
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                self.kind(operand)
                return ValueKind.FLAG
            case ast.UnaryOp(operand=operand):
                return self._counted([operand])
            case ast.BinOp(left=left, right=right):
                return self._counted([left, right])
            case ast.IfExp(test=test, body=body, orelse=other):
                self.kind(test)
                return self._same(self.kind(body), self.kind(other))
            case ast.Call(func=ast.Name(id="min" | "max"), args=[first, *others]):
                self._compare([first, *others], [ast.Lt()] * len(others))
                return self.kind(first)
            case ast.Call(args=arguments):
                return self._counted(arguments)
        return None

    def _counted(self, parts: Collection[ast.expr]) -> ValueKind:
        for part in parts:
            if (kind := self.kind(part)) in (ValueKind.TEXT, ValueKind.DATE):
                raise ExpressionFaultError(f"{_COMPARED[kind]}{_named(part)} нельзя складывать, вычитать и умножать")
        return ValueKind.NUMBER

    @staticmethod
    def _same(one: ValueKind | None, other: ValueKind | None) -> ValueKind | None:
        return one if one is other else None

    def _compare(self, parts: list[ast.expr], operators: list[ast.cmpop]) -> None:
        for left, operator, right in zip(parts, operators, parts[1:], strict=False):
            listed = isinstance(operator, ast.In | ast.NotIn)
            if listed and not isinstance(right, ast.List | ast.Tuple):
                raise ExpressionFaultError("после «из» нужен список в скобках")
            for each in right.elts if isinstance(right, ast.List | ast.Tuple) else [right]:
                self._pair(left, each)

    def _pair(self, left: ast.expr, right: ast.expr) -> None:
        one, other = self.kind(left), self.kind(right)
        if one is None or other is None:
            return
        if _comparable(one) is not _comparable(other):
            raise ExpressionFaultError(
                f"{_COMPARED[one]}{_named(left)} нельзя сравнить с {_COMPARED_WITH[other]}{_named(right)}"
            )
        for name, value in ((left, right), (right, left)):
            match name, value:
                case ast.Name(id=key), ast.Constant(value=str(text)) if text not in self._choices.get(key, (text,)):
                    raise ExpressionFaultError(f"варианта «{text}» у вопроса «{key}» нет")


def _comparable(kind: ValueKind) -> ValueKind:
    return ValueKind.NUMBER if kind is ValueKind.FLAG else kind


def _named(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return f" «{name}»"
        case ast.Constant(value=str() | int() | float() as value):
            return f" «{value}»"
    return ""
