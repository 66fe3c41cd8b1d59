"""Where messages for people stand: Python and templates of the headquarters, and the descriptions of its tables.

Also finds what people read and nobody marked as a message: text in templates, and reasons of refusals in Python.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from babel.messages.extract import extract
from django.conf import settings
from django.template import Engine
from django.template.base import Lexer, Node, TokenType
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from muster.hq.scenario.described import list_described

ROOT: Final = Path(__file__).resolve().parents[1]
ROOM: Final = ROOT / "src" / "muster" / "hq"
TEMPLATES: Final = ROOM / "templates"
KEYWORDS: Final = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
}
"""Calls that mark a message, with where singular and plural stand."""
TAGS: Final = {
    **{name: f"django.templatetags.{name}" for name in ("i18n", "static", "l10n")},
    **{
        path.stem: f"muster.hq.{path.parts[-3]}.templatetags.{path.stem}"
        for path in ROOM.glob("*/templatetags/[a-z]*.py")
    },
}
"""Module of each library of tags that templates load."""
PLAIN: Final = frozenset(
    {"Muster", "CSV", "XLSX", "SHA", "openapi", "json", "EN", "English", "FR", "Français", "УКР", "Українська"}
)
"""Words that are the same in every language: names of files, of a digest and of languages."""
SAID: Final = frozenset({"aria-label", "alt", "title", "placeholder", "data-guard"})
"""Attributes that people read or hear."""
WITH_PAGES: Final = (
    "access",
    "board",
    "jobs",
    "notices",
    "people",
    "plans",
    "records/documents",
    "saved",
    "scenario",
    "search",
)
"""Folders whose refusals are read on pages."""
READ_ELSEWHERE: Final = frozenset({"Refused", "WorkRefused"})
"""Refusals that are read at a prompt, or kept as text with a job: both in English."""
_HIDDEN: Final = "\N{REPLACEMENT CHARACTER}"
_IN_ALL_LANGUAGES: Final = frozenset({"500.html"})
"""Pages that need nothing that works, languages included: they say it in all of them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A message where it stands.

    Attributes
    ----------
    text
        As it is looked up.
    plural
        Its plural; empty for a message that counts nothing.
    file
        From the top of the repository; of a table its name.
    """

    text: str
    plural: str
    file: str


def list_messages() -> list[Found]:
    """Every message of the headquarters, once for each file that has it."""
    found = [*_of_python(), *_of_templates(), *(Found(text, "", f"table {name}") for name, text in list_described())]
    return sorted(set(found), key=lambda each: (each.file, each.text))


def _of_python() -> Iterator[Found]:
    for path in sorted(ROOM.rglob("*.py")):
        with path.open("rb") as file:
            for _, text, _, _ in extract("python", file, keywords=KEYWORDS):
                single, plural = text if isinstance(text, tuple) else (text, "")
                yield Found(single, plural, _name(path))


def _of_templates() -> Iterator[Found]:
    for path in list_templates():
        for node in _nodes(path):
            if isinstance(node, TranslateNode):
                if (said := node.filter_expression.var.literal) is not None:
                    yield Found(str(said).replace("%", "%%"), "", _name(path))
            elif isinstance(node, BlockTranslateNode):
                single, plural = node.render_token_list(node.singular)[0], ""
                if node.plural:
                    plural = node.render_token_list(node.plural)[0]
                yield Found(single, plural, _name(path))


def list_templates() -> list[Path]:
    """Templates of the headquarters."""
    return sorted(path for path in TEMPLATES.rglob("*.html") if path.name not in _IN_ALL_LANGUAGES)


def _nodes(path: Path) -> Iterator[Node]:
    if not settings.configured:
        settings.configure()
    template = Engine(libraries=TAGS).from_string(path.read_text(encoding="utf-8"))
    yield from template.nodelist.get_nodes_by_type(Node)


def list_unmarked_in_templates() -> list[tuple[str, str]]:
    """File and text of whatever a template says that is no message."""
    return [(_name(path), text) for path in list_templates() for text in _Unmarked.in_file(path)]


class _Unmarked(HTMLParser):
    """Gathers words of a page that are no message."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    @classmethod
    def in_file(cls, path: Path) -> list[str]:
        parser, is_message = cls(), False
        for token in Lexer(path.read_text(encoding="utf-8")).tokenize():
            if token.token_type is TokenType.BLOCK and "blocktranslate" in token.contents:
                is_message = not token.contents.startswith("end")
            elif token.token_type is TokenType.TEXT and not is_message:
                parser.feed(token.contents)
            else:
                parser.feed(_HIDDEN)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style"}
        for name, value in attrs:
            if name in SAID:
                self._note(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._note(data)

    def _note(self, text: str) -> None:
        words = "".join(letter if letter.isalpha() else " " for letter in text).split()
        if any(len(word) > 1 and word not in PLAIN for word in words):
            self.found.append(" ".join(text.split()))


def list_unmarked_in_python() -> list[tuple[str, int]]:
    """File and line of refusals on pages whose reason is text that is no message."""
    return [
        (_name(path), node.lineno)
        for application in WITH_PAGES
        for path in sorted((ROOM / application).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _is_refusal(node) and any(map(_is_text, node.args))
    ]


def _is_refusal(call: ast.Call) -> bool:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    return name in {"refused", "ValidationError"} or (name.endswith("Refused") and name not in READ_ELSEWHERE)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
