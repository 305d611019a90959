"""docs/spellings.md: which names of other libraries are read, from the records of the registries and the models.

`python -m tests.support.spelling_tables` writes the page anew.
"""

from mlpviz.config import TrainingConfig
from mlpviz.config.sections import LayerConfig, SplitConfig, StoppingConfig
from mlpviz.network import Document, Layer
from tests.support.registry_tables import heading, registries
from tests.support.repository import ROOT

PAGE = ROOT / "docs/spellings.md"
HEAD = """# Spellings

What is written by hand may use the words of other libraries and of books. Capitals, spaces, hyphens and underscores
make no difference: `LeakyReLU`, `leaky relu` and `leaky-relu` are `leaky_relu`, and so are `nn.LeakyReLU()` and
`torch.nn.functional.leaky_relu`. What is saved has the names on the left. A name that is nearly one of these is asked
about ("did you mean …?"), never guessed.

`{"name": "LeakyReLU", "negative_slope": 0.2}` is read as well as `{"key": "leaky_relu", "slope": 0.2}`, with `type` and
`class_name` for `name`. A bias may be a row, a column, a text of numbers, or false for none; an activation of null is
the identity; a `kernel` in the place of a weight has a row for each input, as in Keras, while a weight has one for each
unit. Matrices may be texts, as people paste them.

`python -m tests.support.spelling_tables` writes this page; a test compares it with the program.
"""
MODELS = {
    "Fields of a document": Document,
    "Fields of a layer of a document": Layer,
    "Fields of a setup": TrainingConfig,
    "Fields of a layer of a setup": LayerConfig,
    "Fields of the split": SplitConfig,
    "Fields of early stopping": StoppingConfig,
}


def _names(names):
    return ", ".join(f"`{name}`" for name in names)


def tables():
    """For each heading its rows: our name, and the others. What has no other names is left out."""
    found = {title: [(name, model.aliases[name]) for name in model.aliases] for title, model in MODELS.items()}
    for name, registry in registries().items():
        entries = [(key, entry.aliases) for key, entry in registry.items() if getattr(entry, "aliases", ())]
        knobs = {
            each.name: (*dict.fromkeys((*([each.torch] if _differs(each) else []), *each.aliases)),)
            for entry in registry.values()
            for each in getattr(entry, "hyperparameters", ())
            if _differs(each) or each.aliases
        }
        if entries:
            found[heading(name)] = entries
        if knobs:
            found[f"Knobs of {heading(name).lower()}"] = [*knobs.items()]
    return found


def _differs(hyperparameter):
    return hyperparameter.torch.isidentifier() and hyperparameter.torch != hyperparameter.name


def page():
    """docs/spellings.md as it has to be."""
    parts = [HEAD]
    for title, rows in tables().items():
        parts.append(f"\n## {title}\n\n| here | also read |\n| --- | --- |\n")
        parts += [f"| `{name}` | {_names(others)} |\n" for name, others in rows]
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
