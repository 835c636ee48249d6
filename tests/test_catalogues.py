"""What the program says has its translation, word for word; `.ci/translations` mends what fails."""

import ast
import gettext
import io
import string
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Message

from app.i18n import LANGUAGES, ngettext, set_language, translated

ROOT = Path(__file__).parent.parent


def script() -> Any:
    """Return `.ci/translations` as a module."""
    loader = SourceFileLoader("translations", str(ROOT / ".ci" / "translations"))
    spec = spec_from_loader("translations", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


TRANSLATIONS = script()
PATHS: list[Path] = TRANSLATIONS.catalogues()
SOURCES: list[Path] = TRANSLATIONS.sources()


def language(path: Path) -> str:
    return path.parents[1].name


def messages(path: Path) -> list[Message]:
    return [message for message in TRANSLATIONS.read(path) if message.id]


def texts(words: str | tuple[str, ...] | list[str] | None) -> list[str]:
    assert words is not None
    return [words] if isinstance(words, str) else list(words)


def placeholders(text: str) -> set[tuple[str, str]]:
    """Return the fields of a format string, each with how it is written."""
    return {
        (name, form or "")
        for _literal, name, form, _conversion in string.Formatter().parse(text)
        if name is not None
    }


def test_every_language_but_english_has_a_catalogue() -> None:
    assert {language(path) for path in PATHS} == set(LANGUAGES) - {"en"}


def test_the_template_is_what_the_source_says() -> None:
    assert TRANSLATIONS.TEMPLATE.read_bytes() == TRANSLATIONS.as_po(TRANSLATIONS.extracted())


@pytest.mark.parametrize("path", PATHS, ids=language)
def test_no_string_is_missing_or_doubtful(path: Path) -> None:
    assert [message.id for message in TRANSLATIONS.untranslated(TRANSLATIONS.read(path))] == []
    said = {str(message.id) for message in messages(path)}
    wanted = {str(message.id) for message in TRANSLATIONS.extracted() if message.id}
    assert wanted - said == set()


@pytest.mark.parametrize("path", PATHS, ids=language)
def test_no_string_is_unused(path: Path) -> None:
    catalogue = TRANSLATIONS.read(path)
    assert list(catalogue.obsolete) == []
    said = {str(message.id) for message in messages(path)}
    wanted = {str(message.id) for message in TRANSLATIONS.extracted() if message.id}
    assert said - wanted == set()


@pytest.mark.parametrize("path", PATHS, ids=language)
def test_the_catalogue_is_as_the_script_writes_it(path: Path) -> None:
    assert path.read_bytes() == TRANSLATIONS.as_po(
        TRANSLATIONS.updated(path, TRANSLATIONS.extracted())
    )


@pytest.mark.parametrize("path", PATHS, ids=language)
def test_the_compiled_catalogue_is_of_this_one(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == TRANSLATIONS.as_mo(TRANSLATIONS.read(path))


@pytest.mark.parametrize("path", PATHS, ids=language)
def test_translations_have_the_same_placeholders(path: Path) -> None:
    for message in messages(path):
        wanted = placeholders(texts(message.id)[-1])
        for said in texts(message.string):
            assert placeholders(said) == wanted, message.id


@pytest.mark.parametrize("path", PATHS, ids=language)
def test_gettext_gives_what_the_catalogue_says(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(io.BytesIO(file.read()))
    for message in messages(path):
        if isinstance(message.id, str):
            assert catalogue.gettext(message.id) == message.string
        else:
            one, many = message.id
            for count in (0, 1, 2, 5, 100):
                assert catalogue.ngettext(one, many, count) in texts(message.string)


def test_chinese_is_written_with_chinese_punctuation() -> None:
    """After a Chinese character there is no half-width comma, full stop, colon and so on."""
    path = next(path for path in PATHS if language(path) == "zh_CN")
    for message in messages(path):
        for said in texts(message.string):
            for before, sign in pairwise(said):
                assert not ("一" <= before <= "鿿" and sign in ",.:;!?"), said


def test_counted_things_agree_with_their_number() -> None:
    one, many = "{count} sample imported.", "{count} samples imported."
    assert [ngettext(one, many, count) for count in (0, 1, 2)] == [many, one, many]
    set_language("zh_CN")
    assert ngettext(one, many, 1) == ngettext(one, many, 2) == "已导入 {count} 个样本。"
    assert translated("Undo") == "撤销"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_strings_are_marked_and_nothing_is_said_at_import(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for call in TRANSLATIONS.calls(tree):
        name = TRANSLATIONS.called(call)
        for argument in call.args[: TRANSLATIONS.KEYWORDS[name]]:
            literal = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            assert literal, f"line {call.lineno}: the script cannot find what this says"
    for call in at_import(tree):
        name = TRANSLATIONS.called(call)
        assert name not in ("_", "ngettext", "translated"), (
            f"line {call.lineno} is said before anybody knows in which language"
        )


def at_import(node: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that run when a module is imported: not those in the bodies of functions."""
    if isinstance(node, ast.Call):
        yield node
    for name, value in ast.iter_fields(node):
        if name == "body" and isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from at_import(child)
