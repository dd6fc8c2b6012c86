"""Markdown as a PDF, typeset by Typst. The text reaches it as data, never as Typst's own markup."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from assistant.models import Language

_TEMPLATE = Path(__file__).with_name("conversation.typ")
_SPACES = {"softbreak": " ", "hardbreak": "\n"}


def as_pdf(markdown: str, title: str, language: Language) -> bytes:
    """The PDF of `markdown` (CommonMark; raw HTML is shown as text), A4; `language` is that of the
    words around the conversation.
    """
    tree = SyntaxTreeNode(MarkdownIt("commonmark", {"html": False}).parse(markdown))
    body = [_node(child) for child in tree.children]
    data = json.dumps({"title": title, "language": language, "body": body})
    made: bytes = typst.compile(_TEMPLATE, sys_inputs={"data": data})
    return made


def _node(node: SyntaxTreeNode) -> dict[str, Any]:
    if node.type in _SPACES:
        return {"kind": "text", "text": _SPACES[node.type]}
    if not node.children:
        return {"kind": _kind(node), "text": node.content, "children": []}
    children = [_node(child) for child in _flat(node.children)]
    made: dict[str, Any] = {"kind": _kind(node), "text": "", "children": children}
    if node.type == "ordered_list":
        made["start"] = int(str(node.attrs.get("start", 1)))
    return made


def _kind(node: SyntaxTreeNode) -> str:
    return node.tag if node.type == "heading" else node.type


def _flat(nodes: Sequence[SyntaxTreeNode]) -> list[SyntaxTreeNode]:
    """Markdown-it wraps a paragraph's content in a node of its own; this leaves it out."""
    return [c for n in nodes for c in (n.children if n.type == "inline" else [n])]
