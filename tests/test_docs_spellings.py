"""docs/spellings.md is what the records say, and every spelling on it is read as what stands beside it."""

import pytest

from mlpviz.schema.registry_choice import RegistryChoice
from mlpviz.schema.spelling import field_of, key_of
from tests.support import spelling_tables
from tests.support.registry_tables import heading, registries


def test_the_page_is_what_the_records_say():
    assert spelling_tables.PAGE.read_text(encoding="utf-8") == spelling_tables.page()


@pytest.mark.parametrize("title", spelling_tables.MODELS)
def test_every_field_on_the_page_is_read(title):
    model = spelling_tables.MODELS[title]
    for name, others in model.aliases.items():
        assert name in model.model_fields
        for other in others:
            for spelled in (other, other.upper(), other.replace("_", " ")):
                assert field_of(model, spelled) == name


@pytest.mark.parametrize(("name", "registry"), registries().items(), ids=registries())
def test_every_entry_and_knob_on_the_page_is_read(name, registry):
    rows = dict(spelling_tables.tables().get(heading(name), ()))
    for key, entry in registry.items():
        for other in rows.get(key, ()):
            assert RegistryChoice.of(registry, other).key == key
        known = {each.name: each for each in getattr(entry, "hyperparameters", ())}
        for each in known.values():
            for other in getattr(each, "aliases", ()):
                assert key_of(known, other) == each.name
