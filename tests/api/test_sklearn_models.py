"""Networks from fitted estimators of scikit-learn: outputs are what `predict` and `predict_proba` give."""

import warnings

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler, PolynomialFeatures, RobustScaler, StandardScaler

import mlpviz

X, Y = load_iris(return_X_y=True)
X, Y = X[::3], Y[::3]
NAMES = np.array(["setosa", "versicolor", "virginica"])[Y]


def fitted(model, x=X, y=Y):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(x, y)


@pytest.mark.parametrize("activation", ["identity", "logistic", "tanh", "relu"])
@pytest.mark.parametrize("scaler", [None, StandardScaler(), MinMaxScaler(), MaxAbsScaler(), RobustScaler()])
def test_a_classifier_gives_its_probabilities_and_its_loss(activation, scaler):
    model = MLPClassifier((5, 4), activation=activation, max_iter=3, alpha=0, random_state=1, solver="adam")
    model = fitted(model if scaler is None else make_pipeline(scaler, model), y=NAMES)
    network = mlpviz.from_sklearn(model, X, NAMES)
    np.testing.assert_allclose(network.trace().output, model.predict_proba(X), rtol=1e-12, atol=1e-15)
    true = model.predict_proba(X)[np.arange(len(X)), Y]
    assert network.trace().loss == pytest.approx(-np.log(true).mean(), rel=1e-12)
    assert network.document.target == tuple(Y.tolist())


def test_two_classes_have_the_one_output_that_was_trained():
    x, y = X[Y < 2], NAMES[Y < 2]
    model = fitted(MLPClassifier((3,), max_iter=3, random_state=1), x, y)
    network = mlpviz.from_sklearn(model, x, y)
    np.testing.assert_allclose(network.trace().output[:, 0], model.predict_proba(x)[:, 1], rtol=1e-12)
    true = model.predict_proba(x)[np.arange(len(x)), (y == "versicolor").astype(int)]
    assert network.trace().loss == pytest.approx(-np.log(true).mean(), rel=1e-12)


@pytest.mark.parametrize("outputs", [1, 2])
def test_a_regressor_gives_its_predictions_and_half_the_squared_error(outputs):
    y = X[:, :outputs] if outputs > 1 else X[:, 0]
    model = fitted(MLPRegressor(hidden_layer_sizes=(4,), max_iter=3, random_state=1), X, y)
    network = mlpviz.from_sklearn(model, X, y)
    np.testing.assert_allclose(network.trace().output, model.predict(X).reshape(len(X), -1), rtol=1e-12)
    assert network.trace().loss == pytest.approx(((model.predict(X) - y) ** 2).mean() / 2, rel=1e-12)


@pytest.mark.parametrize(
    ("model", "part"),
    [
        (MLPClassifier(), "was not fitted"),
        (LogisticRegression(), "has a LogisticRegression, expected an MLPClassifier"),
        (StandardScaler().fit(X), "ends in a StandardScaler"),
        (make_pipeline(PolynomialFeatures(), MLPClassifier()), "has a PolynomialFeatures"),
        (7, "has a int"),
    ],
)
def test_what_is_no_fitted_perceptron_is_refused(model, part):
    with pytest.raises(mlpviz.DocumentError, match=part):
        mlpviz.from_sklearn(model, X, Y)


def test_a_label_that_was_not_fitted_is_refused():
    model = fitted(MLPClassifier((3,), max_iter=2), y=NAMES)
    with pytest.raises(mlpviz.DocumentError, match="the label 'rose', which the model was not fitted with"):
        mlpviz.from_sklearn(model, X[:2], ["setosa", "rose"])
