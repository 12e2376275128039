"""Sizes and names: one idea a file, a function on a screen."""

import ast
import re
from pathlib import Path
from statistics import median

import pytest

from tests.repository.source import PRODUCT, PURE, ROOT, files, lines, name, tree

EVERYWHERE = (*PRODUCT, "tests")


def test_no_file_is_a_god() -> None:
    """Nothing over 400 lines in the pure half, nothing over 500 anywhere."""
    assert [name(path) for path in files(*PURE) if lines(path) > 400] == []
    assert [name(path) for path in files(*EVERYWHERE) if lines(path) > 500] == []


def test_the_typical_file_is_one_idea() -> None:
    """Half of the pure half's files are at most 170 lines."""
    assert median(lines(path) for path in files(*PURE)) <= 170


@pytest.mark.parametrize("path", files(*EVERYWHERE), ids=name)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    """No function is longer than 70 lines."""
    long = [
        node.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= 70
    ]
    assert long == []


def test_files_are_named_for_what_they_are() -> None:
    """No drawer for odds and ends."""
    drawers = re.compile(r"(utils?|helpers?|managers?|misc|common|data|info)\.py")
    assert [name(path) for path in files(*EVERYWHERE) if drawers.fullmatch(path.name)] == []


def test_nothing_is_left_open() -> None:
    """No note to oneself in the code."""
    notes = re.compile(
        r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")) + r")\b"
    )
    assert [name(path) for path in files(*EVERYWHERE) if notes.search(path.read_text())] == []


def test_every_folder_has_its_manual() -> None:
    """A README in each, and the root's names them all."""
    root = (ROOT / "README.md").read_text()
    for folder in ("protocol", "sync", "server", "client", "tests"):
        assert (ROOT / folder / "README.md").is_file()
        assert f"({folder}/README.md)" in root


def test_every_module_says_what_it_owns() -> None:
    """Each file begins with a docstring."""
    assert [name(path) for path in files(*EVERYWHERE) if not ast.get_docstring(tree(path))] == []


def test_every_public_thing_is_documented() -> None:
    """Each public class, function and method of the product has a docstring."""
    bare = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in files(*PRODUCT)
        for node in _public(tree(path))
        if not ast.get_docstring(node)
    ]
    assert bare == []


def test_no_field_blinks() -> None:
    """Fields of the screen are ours: Textual's own sends its cursor again and again for ever."""
    made = {
        name(path): {node.func.id}
        for path in files(*PRODUCT)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("Input", "MaskedInput", "TextArea")
    }
    assert made == {}


def _public(module: ast.Module) -> list[ast.FunctionDef | ast.ClassDef]:
    found: list[ast.FunctionDef | ast.ClassDef] = []
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            found.append(node)
            if isinstance(node, ast.ClassDef):
                found.extend(
                    inner
                    for inner in node.body
                    if isinstance(inner, ast.FunctionDef)
                    and not inner.name.startswith("_")
                    and not inner.name.startswith("on_")
                )
    return found
