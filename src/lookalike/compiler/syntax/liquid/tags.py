"""Looker's own tags, and those of the library whose cost it does not bound.

In: the tokens of a tag. Out: nodes that write on a page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TextIO

from liquid import BlockNode, Environment, Node, RenderContext, Token, TokenStream
from liquid.ast import IllegalNode
from liquid.builtin.expressions import LoopExpression
from liquid.builtin.expressions.logical import is_truthy
from liquid.builtin.illegal import Illegal
from liquid.builtin.output import Output, OutputNode
from liquid.builtin.tags.case_tag import CaseTag, MultiExpressionBlockNode, _AnyExpression
from liquid.builtin.tags.cycle_tag import CycleNode, CycleTag
from liquid.builtin.tags.echo_tag import EchoTag
from liquid.builtin.tags.for_tag import ForNode, ForTag
from liquid.builtin.tags.liquid_tag import LiquidTag
from liquid.builtin.tags.tablerow_tag import TablerowNode, TablerowTag
from liquid.exceptions import LiquidSyntaxError
from liquid.expression import Expression
from liquid.parser import get_parser
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG

from lookalike.compiler.syntax.liquid import lexer
from lookalike.compiler.syntax.liquid.conversions import argument, text
from lookalike.compiler.syntax.liquid.rendered import ConditionHole, DateBoundHole
from lookalike.compiler.syntax.liquid.rendering import Rendering
from lookalike.compiler.syntax.liquid.values import Carried, Typed, UnsafeText, is_typed

_INNER_TAGS = {"else", "elsif", "when", "endif", "endunless", "endcase", "endfor", "endcapture"}
_INNER_TAGS |= {"endcondition", "endincrementcondition", "endcomment", "endraw", "enddoc"}
_INNER_TAGS |= {"endtablerow", "endifchanged"}
_BOUNDS = "write the bounds of the filter, `{% date_start field %}` and `{% date_end field %}`"
_PARTIAL = "there are no partial templates; write a constant of the manifest, `@{name}`"
_ADVICE = {
    "table_date_range": _BOUNDS,
    "table_date_range_last": _BOUNDS,
    "include": _PARTIAL,
    "render": _PARTIAL,
}
"""What to write instead of a tag."""
_FIELD = re.compile(r"\w+(?:\.\w+)?")


class _FieldNode(Node):
    """A tag that names a field."""

    __slots__ = ("field",)

    def __init__(self, token: Token, field: str) -> None:
        super().__init__(token)
        self.field = field
        self.blank = False


class ParameterNode(_FieldNode):
    """`{% parameter field %}`."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        assert isinstance(context, Rendering)
        return buffer.write(context.parameter(self.field))


class DateBoundNode(_FieldNode):
    """`{% date_start field %}` and `{% date_end field %}`."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        return buffer.write(
            Carried.of("", DateBoundHole(self.field, self.token.value == "date_end"))
        )


class ConditionNode(_FieldNode):
    """`{% condition field %} … {% endcondition %}`."""

    __slots__ = ("block",)
    block: BlockNode

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        assert isinstance(context, Rendering)
        body = context.page()
        self.block.render(context, body)
        hole = ConditionHole(self.field, body.pieces())
        return buffer.write(Carried.of("", hole, inner=body.n_pieces))


class IncrementConditionNode(Node):
    """`{% incrementcondition %} column {% endincrementcondition %}`, as in a full build."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        return buffer.write("1=1")


class ParameterTag(Tag):
    name = "parameter"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        return ParameterNode(stream.current, _inline_field(stream))


class DateStartTag(Tag):
    name = "date_start"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        return DateBoundNode(stream.current, _inline_field(stream))


class DateEndTag(DateStartTag):
    name = "date_end"


class ConditionTag(Tag):
    name = "condition"
    end = "endcondition"

    def parse(self, stream: TokenStream) -> Node:
        token = stream.eat(TOKEN_TAG)
        field = ""
        if stream.current.kind == TOKEN_EXPRESSION:
            field = _field(next(stream))
        node = ConditionNode(token, field)
        node.block = _block(self, stream, token)
        return node


class IncrementConditionTag(Tag):
    name = "incrementcondition"
    end = "endincrementcondition"

    def parse(self, stream: TokenStream) -> Node:
        token = stream.eat(TOKEN_TAG)
        if stream.current.kind == TOKEN_EXPRESSION:
            next(stream)
        _block(self, stream, token)
        node = IncrementConditionNode(token)
        node.blank = False
        return node


def _inline_field(stream: TokenStream) -> str:
    """The field of a tag without an end. Leaves the stream on the last token of the tag."""
    token = stream.current
    if stream.peek.kind != TOKEN_EXPRESSION:
        raise LiquidSyntaxError(f"`{token.value}` must name a field", token=token)
    next(stream)
    return _field(stream.current)


def _field(token: Token) -> str:
    if not _FIELD.fullmatch(token.value):
        message = f"`{token.value[:80]}` is not the name of a field; write `view.field`"
        raise LiquidSyntaxError(message, token=token)
    return token.value


def _block(tag: Tag, stream: TokenStream, token: Token) -> BlockNode:
    block = get_parser(tag.env).parse_block(stream, (tag.end,))
    if not stream.current.is_tag(tag.end):
        message = f"`{tag.name}` needs a matching `{tag.end}`"
        raise LiquidSyntaxError(message, token=token)
    return block


# Tags of the library --------------------------------------------------------------------------


class ValueNode(OutputNode):
    """`{{ … }}`. The library forgets where the items of a list come from; this does not."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        value = self.expression.evaluate(context)
        written = text(value)
        if not isinstance(value, str) and is_typed(value):
            written = Typed(written)
        try:
            return buffer.write(written)
        except UnsafeText as refusal:
            refusal.token = refusal.token or self.token
            raise


class ValueTag(Output):
    node_class = ValueNode


class UnknownTag(Illegal):
    """Any other tag."""

    def parse(self, stream: TokenStream) -> IllegalNode:
        name = stream.current.value
        if name in _ADVICE:
            message = f"the tag `{name}` is not supported; {_ADVICE[name]}"
        elif name in _INNER_TAGS:
            message = f"`{name}` belongs to no open block; remove it, or open the block before it"
        else:
            close = get_close_matches(name[:40], [tag for tag in self.env.tags if tag.isalpha()], 1)
            hint = f"did you mean `{close[0]}`?" if close else "check the spelling"
            message = f"unknown tag `{name}`; {hint}"
        raise LiquidSyntaxError(message, token=stream.current)


def _pay_for_turns(expression: LoopExpression, price: int, context: RenderContext) -> bool:
    """Spend what the turns of a loop cost before it begins; are there any?

    A `limit` of zero is none to the library, and one below zero makes it fail.
    """
    assert isinstance(context, Rendering)
    items = expression.iterable.evaluate(context)
    turns = len(items) if isinstance(items, list | tuple | range | Mapping) else 1
    context.budget.spend(turns * price)
    if expression.limit is None:
        return True
    limit = expression.limit.evaluate(context)
    return expression._to_int(limit, token=expression.limit.token) > 0


class LoopNode(ForNode):
    """`for`, which pays for each turn before it begins."""

    __slots__ = ("price",)
    price: int

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        if _pay_for_turns(self.expression, self.price, context):
            return super().render_to_output(context, buffer)
        return self.default.render(context, buffer) if self.default else 0


class LoopTag(ForTag):
    node_class = LoopNode

    def parse(self, stream: TokenStream) -> Node:
        start = stream.current.start_index
        node = super().parse(stream)
        if isinstance(node, LoopNode):
            node.price = 100 + stream.current.start_index - start
        return node


class RowsNode(TablerowNode):
    """`tablerow`, which pays as `for` does."""

    __slots__ = ("price",)
    price: int

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        if _pay_for_turns(self.expression, self.price, context):
            return super().render_to_output(context, buffer)
        return buffer.write('<tr class="row1">\n</tr>\n')

    def _int_or_zero(self, arg: object) -> int:
        """How many columns: what is no number is none."""
        return super()._int_or_zero(arg) if isinstance(arg, str | int | float) else 0


class RowsTag(TablerowTag):
    node_class = RowsNode

    def parse(self, stream: TokenStream) -> TablerowNode:
        start = stream.current.start_index
        node = super().parse(stream)
        assert isinstance(node, RowsNode)
        node.price = 100 + stream.current.start_index - start
        return node


class TurnNode(CycleNode):
    """`cycle`: the next of its values. Without a name, those with the same values are one."""

    __slots__ = ("key",)

    def __init__(self, token: Token, group: Expression | None, args: list[Expression]) -> None:
        super().__init__(token, group, args)
        self.key = "" if group else ", ".join(map(str, args))

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        group = argument(self.group.evaluate(context)) if self.group else ""
        place = context.cycle((group, self.key), len(self.args))
        if place >= len(self.args):
            return 0
        value = self.args[place].evaluate(context)
        written = text(value)
        return buffer.write(Typed(written) if is_typed(value) else written)


class TurnTag(CycleTag):
    node_class = TurnNode


class PaidWhen(_AnyExpression):
    """The values of one `when`. A block is rendered once for each that matches, which nested cases
    multiply: so each is paid for."""

    __slots__ = ("price",)
    price: int

    def evaluate(self, context: RenderContext) -> list[bool]:
        assert isinstance(context, Rendering)
        matching = [True for match in super().evaluate(context) if is_truthy(match)]
        context.budget.spend(self.price * len(matching))
        return matching


class PaidCaseTag(CaseTag):
    def parse(self, stream: TokenStream) -> Node:
        start = stream.current.start_index
        node = super().parse(stream)
        for block in getattr(node, "blocks", ()):
            if isinstance(block, MultiExpressionBlockNode):
                values = block.expression
                block.expression = PaidWhen(values.token, values.left, values.expressions)
                block.expression.price = 100 + stream.current.start_index - start
        return node


class LinesTag(LiquidTag):
    """`liquid`, whose lines are cut in linear time."""

    def __init__(self, env: Environment) -> None:
        super().__init__(env)
        self._tokenize = lexer.lines  # type: ignore[assignment]


class ShownTag(EchoTag):
    """`echo`, which is `{{ … }}` as a tag."""

    node_class = ValueNode  # type: ignore[assignment]


LOOKER_TAGS: tuple[type[Tag], ...] = (
    ParameterTag,
    DateStartTag,
    DateEndTag,
    ConditionTag,
    IncrementConditionTag,
)
LIBRARY_TAGS: tuple[type[Tag], ...] = (
    LinesTag,
    LoopTag,
    PaidCaseTag,
    RowsTag,
    ShownTag,
    TurnTag,
    UnknownTag,
    ValueTag,
)
