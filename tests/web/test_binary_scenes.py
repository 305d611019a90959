"""The browser reads a scene that comes as bytes as it would read it as JSON, and writes its numbers alike."""

import json
import shutil
import subprocess

import numpy as np
import pytest

from mlpviz.app.message_bytes import ARRAYS, to_bytes
from mlpviz.examples.networks import PRESETS
from mlpviz.network.edits import apply
from mlpviz.sheet_page.state import scene_of
from mlpviz.text.numbers import STYLES, format_number
from tests.support.repository import ROOT

PROGRAM = """
import { readFileSync } from "node:fs";
const web = process.argv.at(-1);
const { readMessage } = await import(`${web}/shared/message_bytes.js`);
const { digitsAt, textAt } = await import(`${web}/sheet/scene_numbers.js`);
const given = JSON.parse(readFileSync(0, "utf8"));
const found = given.map(([bytes, text]) => {
  const binary = readMessage(new Uint8Array(Buffer.from(bytes, "base64")));
  const plain = readMessage(text);
  const written = [binary.arrays[binary.scene.v.array], plain.scene.v.map(Number)].map((v) => {
    const scene = { ...binary.scene, v };
    return Array.from(v, (_, at) => [textAt(scene, at), digitsAt(scene, at)]);
  });
  delete binary.arrays;
  delete binary.scene.v;
  delete plain.scene.v;
  return [JSON.stringify(binary) === JSON.stringify(plain), ...written];
});
console.log(JSON.stringify(found));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")
def test_binary_scenes_equal_json_ones():
    import base64

    overflowing = {"type": "set", "tensor": "weight", "layer": 1, "row": 1, "column": 1, "value": 1e300}
    documents = [PRESETS[key].document for key in ("seven_layers", "batch_norm", "iris")]
    documents.append(apply(apply(documents[0], overflowing).document, overflowing | {"layer": 2}).document)
    scenes = [
        scene_of(document, False, style)[1] for document in documents for style in (STYLES["3"][1], STYLES["f"][1])
    ]
    assert not all(np.isfinite(scene["v"]).all() for scene in scenes)
    given = []
    for scene in scenes:
        content = to_bytes({"scene": scene})
        assert content.startswith(ARRAYS)
        text = json.dumps({"scene": scene | {"v": [_javascript(number) for number in scene["v"].tolist()]}})
        given.append((base64.b64encode(content).decode(), text))
    found = subprocess.run(
        ["node", "--input-type=module", "-e", PROGRAM, "--", str(ROOT / "mlpviz/web")],
        input=json.dumps(given), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    for scene, (same_rest, from_bytes, from_json) in zip(scenes, json.loads(found.stdout), strict=True):
        assert same_rest
        assert from_bytes == from_json
        style = next(style for _, style in STYLES.values() if vars(style) == scene["style"])
        assert [text for text, _ in from_bytes] == [format_number(number, style) for number in scene["v"].tolist()]


def _javascript(number):
    """What `Number` reads as this number."""
    return number if np.isfinite(number) else repr(number).replace("inf", "Infinity").replace("nan", "NaN")
