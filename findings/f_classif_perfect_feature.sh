#!/usr/bin/env bash
# scikit-learn 1.9.1 with NumPy 2.4.6: sklearn.feature_selection.f_classif computes the variance within classes as a
# difference of sums. For a feature that is constant within each class, the best there can be, rounding can make it
# negative: the score is then hugely negative, the p-value NaN, and SelectKBest keeps the noise instead.
# What helps: centre the features first and rank by the absolute value.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 scikit-learn==1.9.1 2>/dev/null
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import numpy as np
from sklearn.feature_selection import SelectKBest, f_classif

negative = lost = 0
for seed in range(200):
    random = np.random.default_rng(seed)
    label = random.integers(0, 3, 30)
    perfect = np.array([0.1, 0.7, 1.3])[label]
    noise = random.normal(size=30)
    features = np.column_stack([perfect, noise])
    score, p = f_classif(features, label)
    negative += bool(score[0] < 0 and np.isnan(p[0]))
    lost += int(SelectKBest(f_classif, k=1).fit(features, label).get_support(indices=True)[0] == 1)
print(f"of 200 tables the perfect feature has a negative score and no p-value in {negative}, and loses to noise in {lost}")
assert negative > 0 and lost > 0
PYTHON
echo "still so"
