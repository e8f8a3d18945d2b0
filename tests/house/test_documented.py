"""Whatever is public is documented: settings, tools, errors, routes, functions."""

import ast
import re
from collections.abc import Iterator

import pytest

from app.docs.facts.refusals import REFUSALS
from app.docs.published import published
from app.errors import Kind
from app.settings import PREFIX, Settings
from app.tools import TOOLS
from app.web.error_shapes import STATUS
from tests.factories import settings_for
from tests.house.source import APP, ROOT, Source, sources

# Refusals no tool can give: they are answered at the door, or on pages.
NEVER_OF_A_TOOL = {
    "authorization_refused", "being_deleted", "device_answered", "form_lost", "form_used", "invalid_request",
    "invalid_token", "keys_away", "not_allowed", "price_changed", "sign_in_again", "suspended", "unavailable",
}  # fmt: skip

# What stands above each setting, its name, and its default.
EXAMPLE = re.findall(
    r"((?:^# .*\n)+)#([A-Z_]+)=(.*)$",
    (ROOT / ".env.example").read_text(encoding="utf-8"),
    re.MULTILINE,
)

every_tool = pytest.mark.parametrize("tool", TOOLS.values(), ids=lambda tool: tool.name)


@pytest.fixture
def docs(tmp_path):
    return published(settings_for("", tmp_path))


def test_every_setting_has_a_description():
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_example_environment_names_every_setting_and_no_other():
    assert [name for _, name, _ in EXAMPLE] == environment_names()


def test_the_example_environment_says_of_each_setting_what_it_is():
    told = [" ".join(line.removeprefix("#") for line in said.split("\n")) for said, *_ in EXAMPLE]
    fields = Settings.model_fields.values()
    assert [" ".join(each.split()) for each in told] == [each.description for each in fields]


def test_the_example_environment_has_the_defaults():
    """Each that has one: an empty setting is one that is not set."""
    given = {name.removeprefix(PREFIX).lower(): value for _, name, value in EXAMPLE if value}
    given["instance_dir"] = ROOT / given["instance_dir"]
    assert Settings.model_validate(given) == Settings()
    defaults = {name: field.default for name, field in Settings.model_fields.items()}
    assert {name: value for name, value in defaults.items() if name not in given and value} == {}
    assert [name for name, value in defaults.items() if value is False and name not in given] == []


def test_the_page_on_self_hosting_names_every_setting(docs):
    page = docs.text(docs.page("self-hosting"))
    assert [name for name in environment_names() if f"`{name}`" not in page] == []


@every_tool
def test_a_tool_and_each_of_its_fields_say_what_they_are(tool):
    described = tool.describe()
    assert described["description"]
    assert list(undescribed(described["inputSchema"])) == []
    assert list(undescribed(described["outputSchema"])) == []


@every_tool
def test_the_page_on_tools_names_a_tool_and_its_arguments(tool, docs):
    _, _, rest = docs.text(docs.page("mcp-tools")).partition(f"## {tool.name}\n")
    section = rest.partition("\n## ")[0]
    arguments = tool.describe()["inputSchema"]["properties"]
    assert tool.description in section
    assert [name for name in arguments if f"`{name}`" not in section] == []


def test_every_code_of_a_refusal_is_on_the_page_of_errors(docs):
    page = docs.text(docs.page("errors"))
    undocumented = codes() - NEVER_OF_A_TOOL
    assert {code for code in undocumented if f"`{code}`" not in page} == set()


def test_the_page_of_errors_lists_no_code_that_is_never_given():
    text = "\n".join("\n".join(each.lines) for each in sources() if "/docs/" not in each.path)
    assert [code for code in REFUSALS if f'"{code}"' not in text] == []


def test_every_kind_of_refusal_has_its_status():
    assert set(STATUS) == set(Kind)


def test_every_route_says_what_it_answers(app):
    views = {rule.endpoint: app.view_functions[rule.endpoint] for rule in app.url_map.iter_rules()}
    assert [name for name, view in views.items() if not view.__doc__] == []


def test_every_public_function_and_class_has_its_sentence():
    assert [place for each in sources() for place in silent(each)] == []


def test_every_file_with_code_opens_with_its_sentence():
    assert [e.path for e in sources() if e.tree.body and not ast.get_docstring(e.tree)] == []


def test_every_page_of_the_docs_renders(docs):
    pages = {path.stem for path in (APP / "docs/pages").glob("*.md")}
    assert {page.slug for page in docs.pages if docs.text(page)} == pages


def test_no_page_tells_where_the_server_keeps_its_files(docs):
    assert [page.slug for page in docs.pages if str(ROOT) in docs.text(page)] == []


def environment_names() -> list[str]:
    return [PREFIX + name.upper() for name in Settings.model_fields]


def undescribed(schema: dict, path: str = "") -> Iterator[str]:
    """The properties of a schema, however deep, that carry no description."""
    for name, field in schema.get("properties", {}).items():
        if not field.get("description"):
            yield f"{path}{name}"
        yield from undescribed(field, f"{path}{name}.")
        yield from undescribed(field.get("items", {}), f"{path}{name}[].")


def codes() -> set[str]:
    """Every `code = "…"` in the body of a class."""
    return {
        statement.value.value
        for each in sources()
        for node in ast.walk(each.tree)
        if isinstance(node, ast.ClassDef)
        for statement in node.body
        if isinstance(statement, ast.Assign) and statement.targets[0].id == "code"
    }


def silent(source: Source) -> Iterator[str]:
    """Public functions and classes of a file without a docstring."""
    for node in source.tree.body:
        public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if public and not ast.get_docstring(node):
            yield f"{source.at(node)} {node.name}"
