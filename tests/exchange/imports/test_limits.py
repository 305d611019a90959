"""A small file that claims or unpacks to much is refused before it takes memory or time.

Each of these is small enough to do no harm to a program that reads it without limits.
"""

import io
import json
import re
import zipfile
import zlib

import h5py
import numpy as np
import openpyxl
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper
from PIL import Image
from scipy.io import savemat

from mlpviz.exchange.imports import ForeignFile, read_network
from mlpviz.exchange.imports.archives import Archive
from mlpviz.exchange.pictures import with_pictures
from mlpviz.network import Document, DocumentError
from tests.support.foreign_models import foreign


def refused(name, content, message, beside=None):
    with pytest.raises(DocumentError, match=message):
        read_network(ForeignFile(name, content, beside or {}))


def npz(**arrays):
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


# --- archives ---


def test_the_parts_of_an_archive_are_counted_together():
    refused("w.npz", npz(W1=np.zeros((3, 1_500_000)), W2=np.zeros((3, 1_500_000))), "unpacks to more than 64 MB")


def test_a_part_that_is_read_again_counts_again():
    archive = Archive(ForeignFile("w.npz", npz(W1=np.zeros((3, 1_500_000)))))
    archive.read("W1.npy")
    with pytest.raises(DocumentError, match=r"unpacks to more than 64 MB at W1\.npy"):
        archive.read("W1.npy")


def test_an_archive_has_few_parts():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(1_001):
            archive.writestr(f"{number}.npy", b"")
    refused("w.npz", out.getvalue(), "has 1001 entries, expected at most 1000")


def test_names_in_archives_lead_nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(npz(W1=np.ones((1, 2))))) as good, zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../W1.npy", good.read("W1.npy"))
    assert read_network(ForeignFile("folder/w.npz", out.getvalue())).document.widths == (2, 1)
    assert not list(tmp_path.iterdir())


# --- JSON and XML ---


def test_json_and_xml_are_counted_before_they_are_parsed():
    refused("m.json", b'{"layer_type": [' + b"[]," * 500_001 + b"0]}", "has more than 1,000,000 values")
    refused("m.pmml", b"<PMML>" + b"<a/>" * 400_000 + b"</PMML>", "has more than 400,000 tags")


def test_deep_json_is_refused():
    refused("m.json", b'{"layer_type": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply")


def test_entities_are_refused():
    entity = '<!DOCTYPE PMML [<!ENTITY a "b">]>'
    outside = '<!DOCTYPE PMML SYSTEM "file:///nowhere/a.dtd">'
    for kind in (entity, outside):
        refused(
            "a.pmml", f"<?xml version='1.0'?>{kind}<PMML>&a;</PMML>".encode(), "without document types and entities"
        )


def test_a_workbook_with_an_entity_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(openpyxl.Workbook()))) as good, zipfile.ZipFile(out, "w") as bad:
        for part in good.namelist():
            start = b'<!DOCTYPE worksheet [<!ENTITY a "b">]>' if part.startswith("xl/worksheets/") else b""
            bad.writestr(part, start + good.read(part))
    refused("b.xlsx", out.getvalue(), "or a damaged workbook")


# --- widths and counts that are only claimed ---


def test_a_wide_layer_is_refused_before_its_matrix_is_made():
    dropout = {"layers": [{"layer_type": "dropout", "out_depth": 5_000}]}
    refused("m.json", json.dumps(dropout).encode(), "has 5,000 numbers side by side, the sheet has room for 1,024")
    inputs = "".join(
        f'<NeuralInput id="{n}"><DerivedField><FieldRef field="a"/></DerivedField></NeuralInput>' for n in range(2_000)
    )
    pmml = f'<PMML><NeuralNetwork activationFunction="identity">{inputs}<NeuralLayer/></NeuralNetwork></PMML>'
    refused("m.pmml", pmml.encode(), "has 2,000 numbers side by side")
    refused("m.onnx", onnx([("Relu", "v0", "v1")], width=4_000), "has 4,000 numbers side by side")


def test_a_chain_of_units_is_no_deep_network():
    links = "".join(
        f'<NeuralLayer><Neuron id="n{n}"><Con from="n{n - 1}" weight="1"/></Neuron></NeuralLayer>' for n in range(1, 60)
    )
    given = '<NeuralInput id="n0"><DerivedField><FieldRef field="a"/></DerivedField></NeuralInput>'
    pmml = f'<PMML><NeuralNetwork activationFunction="tanh">{given}{links}</NeuralNetwork></PMML>'
    refused("m.pmml", pmml.encode(), "the units make more than 32 layers")


def test_layers_are_counted_while_they_are_made():
    arrays = {f"W{n}": np.ones((2, 2)) for n in range(40)}
    refused("w.npz", npz(**arrays), r"w\.npz makes more than 32 layers")
    refused("w.npz", npz(**{f"W{n}": np.ones((2, 2)) for n in range(400)}), "has 400 arrays, expected at most 320")


def test_a_view_of_one_number_is_no_matrix():
    out = io.BytesIO()
    torch.save({"0.weight": torch.zeros(1).expand(3_000, 2_000)}, out)
    assert len(out.getvalue()) < 3_000
    refused("net.pt", out.getvalue(), "the file has 6,000,000 numbers, the sheet has room for 250,000")


def test_an_array_that_claims_to_be_larger_than_its_file():
    good = io.BytesIO()
    np.save(good, np.ones((2, 3)))
    refused("w.npy", good.getvalue().replace(b"(2, 3)", b"(2, 9)"), "has no array of numbers at")


@pytest.mark.parametrize(
    "head", [{"shape": [2, 9]}, {"data_offsets": [0, 999]}, {"data_offsets": [8, 0]}, {"dtype": "F99"}]
)
def test_a_head_of_safetensors_that_lies(head):
    said = json.dumps({"0.weight": {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]} | head}).encode()
    refused("w.safetensors", len(said).to_bytes(8, "little") + said + bytes(8), "its arrays are not what its head says")


def test_a_file_of_weights_is_named_once():
    model = {"weightsManifest": [{"paths": ["a.bin", "a.bin"], "weights": []}]}
    refused("m.json", json.dumps(model).encode(), "names a file of weights twice", {"a.bin": bytes(8)})


# --- ONNX ---


def onnx(nodes, width=2, tensors=()):
    made = [helper.make_node(kind, given.split(), [to]) for kind, given, to in nodes]
    x = helper.make_tensor_value_info("v0", TensorProto.FLOAT, [None, width])
    y = helper.make_tensor_value_info(nodes[-1][2], TensorProto.FLOAT, [None, None])
    return helper.make_model(helper.make_graph(made, "g", [x], [y], list(tensors))).SerializeToString()


def test_results_that_are_read_twice_are_counted():
    twice = [("Mul", f"v{n} v{n}", f"v{n + 1}") for n in range(12)]
    refused("m.onnx", onnx(twice), "a function of more steps between its layers")


def test_weights_that_many_nodes_share_are_counted():
    weight = numpy_helper.from_array(np.zeros((1_000, 1_000), np.float32), "W")
    layers = [("MatMul", f"v{n} W", f"v{n + 1}") for n in range(4)]
    refused("m.onnx", onnx(layers, 1_000, [weight]), "the file has 5,000,000 numbers")


def test_weights_in_another_file_are_those_chosen_with_it(tmp_path):
    tensor = numpy_helper.from_array(np.ones((2, 1), np.float32), "W")
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    outside = tmp_path / "w.bin"
    outside.write_bytes(np.ones(2, "<f4").tobytes())
    tensor.external_data.add(key="location", value=str(outside))
    content = onnx([("MatMul", "v0 W", "v1")], 2, [tensor])
    refused("m.onnx", content, r"keeps its weights in w\.bin: choose both files together")
    refused("m.onnx", content, r"says more of w\.bin than that file has", {"w.bin": b"1"})


# --- HDF5 ---


def h5(fill):
    out = io.BytesIO()
    with h5py.File(out, "w") as file:
        fill(file.create_group("layers"))
    return out.getvalue()


def test_an_array_that_is_linked_twice_counts_twice():
    def fill(layers):
        layers.create_dataset("a/vars/0", (1_500, 1_500), "f8")
        layers["b"] = layers["a"]

    refused("m.weights.h5", h5(fill), "the file has 4,500,000 numbers")


def test_pieces_of_an_array_have_a_size():
    def fill(layers):
        layers.create_dataset("a/vars/0", (1, 1), "f8", maxshape=(None, None), chunks=(1, 9_000_000))

    refused("m.weights.h5", h5(fill), "unpacks to more than 64 MB at a/vars/0")


def test_links_are_not_followed(tmp_path):
    other = tmp_path / "other.h5"
    with h5py.File(other, "w") as file:
        file["w"] = np.ones((2, 1))
    for link in (h5py.ExternalLink(str(other), "/w"), h5py.SoftLink("/layers")):

        def fill(layers, link=link):
            layers["a"] = link

        refused("m.weights.h5", h5(fill), "has a link at a, which is not followed")

    def outside(layers):
        layers.create_dataset("a/vars/0", (2, 1), "f8", external=[(str(tmp_path / "raw"), 0, 16)])

    refused("m.weights.h5", h5(outside), "in another file, which is not opened")


# --- spreadsheets, MATLAB, pictures ---


def workbook(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_merged_area_is_no_more_than_its_cells():
    book = openpyxl.Workbook()
    for row in ([1, 2, 3], [4, 5, 6]):
        book.active.append(row)
    plain = workbook(book)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as good, zipfile.ZipFile(out, "w") as merged:
        for part in good.namelist():
            area = b'</sheetData><mergeCells count="1"><mergeCell ref="A9:Z9000"/></mergeCells>'
            merged.writestr(part, good.read(part).replace(b"</sheetData>", area))
    found = read_network(ForeignFile("b.xlsx", out.getvalue())).document
    assert found == read_network(ForeignFile("b.xlsx", plain)).document


def test_a_sheet_has_a_most_of_cells():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A200001"] = 1, 2
    refused("b.xlsx", workbook(book), "the sheet 'Sheet' has more than 200,000 cells")


def mat(**values):
    out = io.BytesIO()
    savemat(out, values, do_compression=True)
    return out.getvalue()


def test_what_is_deflated_in_a_mat_file_is_measured_first():
    refused("w.mat", mat(W1=np.zeros((2_100, 2_000))), "the file has 4,200,000 numbers")
    refused("w.mat", mat(W1=np.ones((1, 2)), info={"a": np.zeros(4_010_000)}), r"the file has [\d,]+ numbers")


def test_only_matrices_of_numbers_are_read_of_a_mat_file():
    network = read_network(ForeignFile("w.mat", mat(W1=np.ones((1, 2)), info={"a": 1}, name="x")))
    assert network.document.widths == (2, 1)
    assert {"info is no matrix of numbers.", "name is no matrix of numbers."} <= set(network.left_out)


def test_the_size_of_a_picture_is_that_at_its_head():
    out = io.BytesIO()
    Image.new("L", (8, 8)).save(out, "PNG")
    first = out.getvalue()[:33]
    other = bytearray(first[8:])
    other[8:16] = bytes([0, 0, 0, 9, 0, 0, 0, 9])
    other[-4:] = zlib.crc32(bytes(other[4:-4])).to_bytes(4, "big")
    layer = {"weight": [[0.1] * 64], "activation": "identity"}
    document = Document.parse({"version": 1, "layers": [layer], "x": [[0] * 64], "target": [[0]], "loss": "mse"})
    with pytest.raises(DocumentError, match="does not begin with its size"):
        with_pictures(document, [ForeignFile("p.png", first + bytes(other) + out.getvalue()[33:])])


# --- text ---


def test_rules_and_numbers_of_snns_are_read_as_before():
    saved = foreign("r_rsnns", "mlp_logistic.net")
    plain = read_network(saved).document
    spaced = re.sub(rb"(?m)^-+\|[-|]*$", lambda match: match[0].replace(b"|", b" | "), saved.content)
    assert spaced != saved.content
    assert read_network(ForeignFile(saved.name, spaced)).document == plain


def test_a_key_that_stands_twice_is_named():
    keys = ", ".join(f'"{number}": 0' for number in range(2_000))
    refused("m.json", f'{{"layer_type": 1, {keys}, "7": 1}}'.encode(), "has the field '7' twice in one object")
