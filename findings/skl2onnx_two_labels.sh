#!/usr/bin/env bash
# skl2onnx 1.20.0 with scikit-learn: an MLPClassifier of two labels that are independent of each other (y of shape (N, 2))
# is taken for one of two classes: the graph gives four "probabilities" a sample, 1 - p of both labels and p of both.
# predict_proba gives two. With three labels the graph gives three.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 onnx==1.23.2 onnxruntime==1.32.0 scikit-learn==1.9.1 skl2onnx==1.20.0 2>/dev/null
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import numpy as np
import onnxruntime
from skl2onnx import to_onnx
from sklearn.neural_network import MLPClassifier

x = np.random.default_rng(0).normal(size=(60, 4)).astype(np.float32)
seen = {}
for labels in (2, 3):
    model = MLPClassifier((5,), max_iter=20, random_state=0).fit(x, (x[:, :labels] > 0).astype(int))
    graph = to_onnx(model, x[:1], options={"zipmap": False}).SerializeToString()
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    found, own = session.run(None, {"X": x[:3]})[1], model.predict_proba(x[:3])
    seen[labels] = found.shape[1]
    print(f"{labels} labels: predict_proba {own.shape}, graph {found.shape}, first row {found[0].round(3).tolist()}")
    assert np.allclose(found[:, -labels:], own, atol=1e-6)
assert seen == {2: 4, 3: 3}, seen
PYTHON
echo "still so"
