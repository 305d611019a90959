"""Widgets without a browser: what the kernel answers, and what a program reads of the sheet after edits."""

import numpy as np
import pytest
import torch

import mlpviz
from mlpviz.api import showing, training
from mlpviz.api.torch_module import sequential_of
from mlpviz.api.widgets import SheetWidget, TrainWidget
from mlpviz.engine import ACTIVATIONS
from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document
from tests.support.notebook_browser import Browser

XOR = PRESETS["xor"].document


def sheet(document=XOR):
    widget = SheetWidget(mlpviz.Network(document))
    return widget, Browser(widget)


def test_a_program_reads_and_sets_what_is_on_the_sheet():
    widget, browser = sheet()
    seen = []
    widget.observe(lambda change: seen.append(change.new), "document")
    answer = browser.does(type="set", tensor="weight", layer=1, row=1, column=2, value="2.5")
    assert answer["said"]["error"] is None
    assert seen == [widget.document]
    assert widget.document.layers[0].weight[0] == (1, 2.5)
    assert widget.trace.layers[0].weight[0].tolist() == [1, 2.5]
    assert widget.to_torch()[0].weight.tolist()[0] == [1, 2.5]
    widget.document = PRESETS["mazur"].document
    assert browser.answers[-1]["state"]["name"] == "Mazur, 2-2-2 sigmoid"
    browser.does(type="undo")
    assert widget.document.layers[0].weight[0] == (1, 2.5)
    with pytest.raises(Exception, match="expected a Document, not the int 7"):
        widget.document = 7


def test_the_training_learns_by_the_ticks_of_the_browser():
    made = mlpviz.train(mlpviz.Network(XOR))
    widget = TrainWidget(made.config)
    browser = Browser(widget)
    browser.does(type="epochs", count=3)
    while browser.does(type="tick", speed="full")["next"] is not None:
        pass
    assert widget.network.document.name == "Training, epoch 3, step 3"
    assert widget.config == made.config
    assert "XOR" in repr(widget)


def test_what_is_a_setup_of_a_training():
    config = mlpviz.train(mlpviz.Network(XOR)).config
    for given in (config, mlpviz.train(config), config.model_dump(mode="json"), XOR):
        assert mlpviz.train(given).config == config
    with pytest.raises(mlpviz.DocumentError, match="no such file, and no setup of this name"):
        mlpviz.train("nothing like it")
    with pytest.raises(mlpviz.DocumentError, match="a int is no setup"):
        mlpviz.train(7)


def test_where_a_notebook_shows_widgets(monkeypatch):
    assert not showing.shows_widgets()
    for module in (showing, training):
        monkeypatch.setattr(module, "shows_widgets", lambda: True)
    model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU(), torch.nn.Linear(3, 1))
    widget = mlpviz.show(model, [[1.0, 2.0]], [[1.0]], loss=torch.nn.MSELoss())
    assert widget.document.widths == (2, 3, 1)
    assert isinstance(mlpviz.train(widget.document).show(), TrainWidget)


def test_in_a_script_the_training_is_an_address_of_the_app(monkeypatch):
    asked = []
    monkeypatch.setattr(training, "show_app", lambda *given, **_: asked.append(given))
    made = mlpviz.train(XOR)
    made.show()
    assert asked == [(None, f"train?t={made.config.to_link()}")]


def _with(key):
    layers = [{"weight": [[1, -2], [0.5, 0.25]], "bias": [0.1, -0.2], "activation": key, "norm": "layer_norm"}]
    layers.append({"weight": [[0.3, -0.7]], "bias": None, "activation": "identity"})
    return Document.parse(
        {"version": 1, "layers": layers, "x": [[0.5, -1], [2, 3]], "target": [[1], [0]], "loss": "mse"}
    )


@pytest.mark.parametrize("key", [entry.key for entry in ACTIVATIONS.values() if entry.alpha != "draw"])
def test_the_module_computes_what_the_sheet_says(key):
    document = _with(key)
    output = sequential_of(document)(torch.tensor(document.x, dtype=torch.float64))
    np.testing.assert_allclose(output.detach().numpy(), document.trace().output, rtol=1e-12, atol=1e-14)


def test_a_model_goes_to_the_sheet_and_back():
    torch.manual_seed(0)
    parts = [torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.PReLU(4), torch.nn.Dropout(0.25)]
    model = torch.nn.Sequential(*parts, torch.nn.Linear(4, 2), torch.nn.RMSNorm(2)).double()
    x = torch.randn(5, 3, dtype=torch.float64)
    model(x)
    model.eval()
    back = mlpviz.from_torch(model, x).to_torch()
    assert not back.training
    assert [type(each).__name__ for each in back][:4] == ["Linear", "BatchNorm1d", "PReLU", "Dropout"]
    torch.testing.assert_close(back(x), model(x), rtol=1e-12, atol=1e-14)


def test_what_a_chain_of_modules_cannot_hold_is_refused():
    with pytest.raises(mlpviz.DocumentError, match=r"nn\.Sequential cannot hold the skips of this network"):
        sequential_of(
            Document.parse(
                {
                    **XOR.model_dump(mode="json", exclude_none=True),
                    "layers": [
                        {"weight": [[1, 0], [0, 1]], "bias": None, "activation": "relu", "skip": 1},
                        {"weight": [[1, -2]], "bias": None, "activation": "identity"},
                    ],
                }
            )
        )
