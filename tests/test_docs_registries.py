"""docs/registries.md has every registry with every entry, in the words of the records, and nothing else."""

import pytest

from tests.support import registry_tables
from tests.support.documentation import PAGES, tables

PAGE = tables(registry_tables.PAGE)


def test_every_registry_has_its_table_and_every_table_its_registry():
    assert [*PAGE] == [registry_tables.heading(name) for name in registry_tables.registries()]


@pytest.mark.parametrize(("name", "registry"), registry_tables.registries().items(), ids=registry_tables.registries())
def test_the_rows_are_the_entries(name, registry):
    assert PAGE[registry_tables.heading(name)] == registry_tables.rows_of(registry)


def test_the_page_says_how_it_is_written():
    assert registry_tables.PAGE in PAGES
    assert registry_tables.PAGE.read_text(encoding="utf-8").startswith(registry_tables.HEAD)
