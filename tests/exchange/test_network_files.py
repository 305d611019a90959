"""Networks as NumPy arrays, safetensors, ONNX and CSV: what the libraries of others make of them, and the way back."""

import csv
import io
import json

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from hypothesis import given, settings
from safetensors.numpy import load as load_safetensors
from safetensors.numpy import save as save_safetensors

from mlpviz.engine import NORMS
from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import save_file
from mlpviz.exchange.imports import ForeignFile, read_network
from mlpviz.exchange.subjects import NETWORK
from mlpviz.exchange.whole_document import KEY, tensors_of
from mlpviz.network import Document, DocumentError
from tests.support.random_documents import documents, small
from tests.support.workbook_networks import activations, all_networks, network, norms

WHOLE = ("network_npz", "network_safetensors", "network_onnx")
NETWORKS = {key: preset.document for key, preset in PRESETS.items()}


def saved(document, key):
    return save_file(NETWORK, document, key)


def read(file, content=None):
    return read_network(ForeignFile(file.name, file.content if content is None else content))


@pytest.mark.parametrize("key", WHOLE)
@given(documents(small))
@settings(max_examples=20)
def test_a_random_network_comes_back_bit_for_bit(key, document) -> None:
    back = read(saved(document, key))
    assert back.document == document
    assert back.document.to_json() == document.to_json()
    assert (back.guesses, back.left_out) == ((), ())


@pytest.mark.parametrize("key", WHOLE)
@pytest.mark.parametrize("preset", NETWORKS)
def test_an_example_comes_back(key, preset) -> None:
    assert read(saved(NETWORKS[preset], key)).document == NETWORKS[preset]


def test_changed_arrays_are_what_comes_back() -> None:
    document = NETWORKS["tied_autoencoder"]
    file = saved(document, "network_npz")
    arrays = dict(np.load(io.BytesIO(file.content)))
    arrays["layers.0.weight"] = arrays["layers.0.weight"] * 2
    arrays["layers.1.weight"] = arrays["layers.1.weight"] * 2
    out = io.BytesIO()
    np.savez(out, **arrays)
    back = read(file, out.getvalue()).document
    assert np.array_equal(back.layers[0].weight, np.array(document.layers[0].weight) * 2)
    assert back.replace(layers=document.layers) == document


def test_arrays_that_do_not_fit_are_one_sentence() -> None:
    file = saved(NETWORKS["mazur"], "network_npz")
    arrays = dict(np.load(io.BytesIO(file.content)))

    def changed(**more):
        out = io.BytesIO()
        np.savez(out, **{**arrays, **more})
        return out.getvalue()

    with pytest.raises(DocumentError, match=r"x has the shape 1 × 3, its document says 1 × 2"):
        read(file, changed(x=np.ones((1, 3))))
    with pytest.raises(DocumentError, match="the file has an array other, which its document does not have"):
        read(file, changed(other=np.ones(3)))
    with pytest.raises(DocumentError, match="has no text at mlpviz"):
        read(file, changed(**{KEY: np.ones(3)}))
    with pytest.raises(DocumentError, match="not JSON"):
        read(file, changed(**{KEY: np.array("{")}))


def test_numpy_reads_the_arrays_without_pickle() -> None:
    document = NETWORKS["iris"]
    with np.load(io.BytesIO(saved(document, "network_npz").content), allow_pickle=False) as arrays:
        own = tensors_of(document)
        assert set(arrays) == {KEY, *own}
        assert all(np.array_equal(arrays[name], own[name]) for name in own)
        assert arrays["target"].tolist() == list(document.target)
        assert json.loads(str(arrays[KEY]))["name"] == document.name


MODULES = {
    "relu": torch.nn.ReLU, "sigmoid": torch.nn.Sigmoid, "tanh": torch.nn.Tanh, "leaky_relu": torch.nn.LeakyReLU,
    "softmax": lambda: torch.nn.Softmax(dim=1), "prelu": lambda: torch.nn.PReLU(1),
}  # fmt: skip
NORM_MODULES = {"batch_norm": torch.nn.BatchNorm1d, "layer_norm": torch.nn.LayerNorm, "rms_norm": torch.nn.RMSNorm}


def sequential(document):
    modules = []
    for layer in document.layers:
        modules.append(torch.nn.Linear(len(layer.weight[0]), len(layer.weight), layer.bias is not None))
        if layer.norm is not None:
            modules.append(NORM_MODULES[layer.norm.key](len(layer.weight), eps=layer.norm.entry.eps))
        if layer.activation.key != "identity":
            modules.append(MODULES[layer.activation.key]())
        if layer.dropout:
            modules.append(torch.nn.Dropout(layer.dropout))
    return torch.nn.Sequential(*modules).double().eval()


PRELU = network((2, 3, 2), ({"activation": "prelu", "alpha": [0.3], "norm": "batch_norm", "gamma": [1, 2, 3]},))


@pytest.mark.parametrize("document", [*NETWORKS.values(), *norms().values(), PRELU], ids=[*NETWORKS, *norms(), "prelu"])
def test_a_sequential_loads_the_state_dict(document) -> None:
    if any(layer.skip for layer in document.layers):
        document = document.replace(layers=[layer.model_copy(update={"skip": 0}) for layer in document.layers])
    arrays = load_safetensors(saved(document, "network_safetensors").content)
    model = sequential(document)
    model.load_state_dict({name: torch.tensor(array) for name, array in arrays.items()}, strict=True)
    found = model(torch.tensor(np.array(document.x))).detach().numpy()
    np.testing.assert_allclose(found, in_use(document), rtol=1e-12, atol=1e-12)


def in_use(document):
    return document.replace(mode="evaluation", pins=[]).trace().output


def test_norms_are_all_tried() -> None:
    assert set(NORM_MODULES) == set(NORMS)


def outputs(document):
    session = onnxruntime.InferenceSession(saved(document, "network_onnx").content)
    (found,) = session.run(None, {"x": np.array(document.x)})
    return found


SINGLE = ("gelu",)
"""activations with erf, which onnxruntime computes in single precision only"""


@pytest.mark.parametrize("key", [*NETWORKS, *all_networks()])
def test_onnxruntime_gives_the_same_outputs(key) -> None:
    document = (NETWORKS | all_networks())[key]
    single = any(layer.activation.key in SINGLE for layer in document.layers)
    found, close = outputs(document), 1e-6 if single else 1e-12
    assert found.dtype == np.float64
    np.testing.assert_allclose(found, in_use(document), rtol=close, atol=close)


def test_large_inputs_do_not_overflow() -> None:
    for document in activations().values():
        large = document.replace(x=[[800.0, -800.0], [-1e4, 3.0]], target=[[0.0] * 3] * 2)
        layers = [large.layers[0].model_copy(update={"activation": each.activation}) for each in large.layers]
        for layer in layers:
            one = large.replace(layers=[layer])
            np.testing.assert_allclose(outputs(one), in_use(one), rtol=1e-6, atol=1e-6)


def test_the_model_names_its_opset_and_batch() -> None:
    model = onnx.load_from_string(saved(NETWORKS["mazur"], "network_onnx").content)
    assert [(each.domain, each.version) for each in model.opset_import] == [("", 17)]
    assert model.graph.input[0].type.tensor_type.shape.dim[0].dim_param == "N"


@given(documents(small))
@settings(max_examples=10)
def test_the_table_has_every_number_with_all_digits(document: Document) -> None:
    rows = list(csv.DictReader(io.StringIO(saved(document, "tensors_csv").content.decode())))
    trace = document.trace()
    found = {(row["layer"], row["tensor"], int(row["row"]), int(row["column"])): float(row["value"]) for row in rows}
    assert len(found) == len(rows)
    for index, layer in enumerate(trace.layers, start=1):
        for name in ("weight", "z", "a", "grad_z", "grad_weight"):
            for (row, column), value in np.ndenumerate(getattr(layer, name)):
                np.testing.assert_equal(found[str(index), name, row + 1, column + 1], value)
    np.testing.assert_equal(found["", "loss", 1, 1], float(trace.loss))


def test_no_cell_of_the_table_begins_as_a_formula() -> None:
    document = NETWORKS["mazur"].replace(name="=1+1")
    for row in csv.reader(io.StringIO(saved(document, "tensors_csv").content.decode())):
        assert all(cell[:1] not in ("=", "+", "@", "\t") for cell in row)
        assert not row[1].startswith("-")


def test_a_file_of_others_is_read_as_before() -> None:
    content = save_safetensors({"0.weight": np.ones((2, 3)), "0.bias": np.zeros(2)}, {"format": "pt"})
    back = read_network(ForeignFile("net.safetensors", content))
    assert back.document.widths == (3, 2)
    assert back.guesses
