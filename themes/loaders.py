"""Templates compiled once, whose constant words are worked out once for each language.

A sentence in `{% translate %}`, the address of a page without arguments or of a static file is the same for every
reader of a language, and so is a `{% blocktranslate %}` but for what stands in its gaps. Looking them up again made a
third of the cost of a question page.
"""

from typing import Any, TypeGuard

from django.template import Context, Node, NodeList, Origin, Template, Variable
from django.template.base import FilterExpression, render_value_in_context
from django.template.defaulttags import IfNode, URLNode
from django.template.loaders.base import Loader as BaseLoader
from django.template.loaders.cached import Loader as CachedLoader
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.translation import get_language, gettext


class Constant(Node):
    """What `node` renders, kept for each language: it depends on nothing else."""

    child_nodelists = ()

    def __init__(self, node: Node) -> None:
        self.node, self.token, self.origin = node, node.token, node.origin
        self.words: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """Return the words in the active language."""
        language = get_language()
        if language not in self.words:
            self.words[language] = self.node.render(context)
        return self.words[language]


class Sentence(Node):
    """A `{% blocktranslate %}` without a plural: its translation is kept for each language, its gaps filled anew."""

    child_nodelists = ()

    def __init__(self, node: BlockTranslateNode) -> None:
        self.node, self.token, self.origin = node, node.token, node.origin
        self.source, self.gaps = node.render_token_list(node.singular)
        self.words: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """Return the sentence; one whose translation does not have the gaps of its source is left to Django."""
        language = get_language()
        if language not in self.words:
            self.words[language] = gettext(self.source)
        with context.push(**{name: value.resolve(context) for name, value in self.node.extra_context.items()}):
            filled = {gap: render_value_in_context(context[gap], context) for gap in self.gaps if gap in context}
        try:
            return self.words[language] % filled
        except (KeyError, ValueError):
            return str(self.node.render(context))


class Folding(BaseLoader):
    """Compile a template, then fold it."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        """Return the template, compiled anew."""
        template = super().get_template(template_name, skip)
        _fold(template.nodelist)
        return template


class Loader(CachedLoader, Folding):
    """Django's cached loader over Folding: each template is compiled and folded once per process."""


def _fold(nodes: NodeList) -> None:
    """Replace in place the nodes that are constant in a language, however deep."""
    for place, node in enumerate(nodes):
        if _is_constant(node):
            nodes[place] = Constant(node)
        elif _is_sentence(node):
            nodes[place] = Sentence(node)
        for inner in _inside(node):
            _fold(inner)


def _inside(node: Node) -> list[NodeList]:
    if isinstance(node, IfNode):  # its `nodelist` is a copy
        return [nodes for _, nodes in node.conditions_nodelists]
    inner = [getattr(node, name, None) for name in node.child_nodelists]
    return [nodes for nodes in inner if isinstance(nodes, NodeList)]


def _is_constant(node: Node) -> bool:
    if isinstance(node, TranslateNode):
        return not node.asvar and not node.message_context and _is_literal(node.filter_expression)
    if isinstance(node, StaticNode):
        return type(node) is StaticNode and not node.varname and _is_literal(node.path)
    if isinstance(node, URLNode):
        return not (node.asvar or node.args or node.kwargs) and _is_literal(node.view_name)
    return False


def _is_sentence(node: Node) -> TypeGuard[BlockTranslateNode]:
    return type(node) is BlockTranslateNode and not (node.plural or node.asvar or node.message_context)


def _is_literal(expression: FilterExpression) -> bool:
    value: Any = expression.var
    is_text = isinstance(value, str) or (isinstance(value, Variable) and value.lookups is None)
    return is_text and not expression.filters
