"""Entries, hyperparameters and fields by the names that other libraries and books give them."""

import pytest

from mlpviz.config import TrainingConfig
from mlpviz.data.scaling import SCALERS
from mlpviz.engine import ACTIVATIONS, CLIPPINGS, INITIALIZERS, LOSSES, NORMS, OPTIMIZERS, PENALTIES, SCHEDULES
from mlpviz.network import Document, DocumentError
from mlpviz.schema.registry_choice import RegistryChoice
from mlpviz.schema.spelling import key_of, likely, plain, spellings

REGISTRIES = (ACTIVATIONS, LOSSES, OPTIMIZERS, NORMS, SCHEDULES, INITIALIZERS, PENALTIES, CLIPPINGS, SCALERS)
BY_HAND = {
    "layers": [
        {"W": [[1, 2], [3, 4]], "b": [0, 0], "activation": "ReLU"},
        {"weights": "[[1, -1]]", "activation": "linear"},
    ],
    "X": [[1, 2]],
    "y": [[3]],
    "loss": "MSELoss",
    "lr": "1/2",
    "optimizer": {"key": "Adam", "betas": [0.8, 0.99], "epsilon": 1e-7},
}


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda registry: registry.kind)
def test_what_is_left_out_is_no_spelling_of_an_entry(registry):
    known = {name for entry in registry for name in spellings(registry[entry], entry)}
    assert not known & registry.left_out.keys()
    assert all(plain(name) == name for name in registry.left_out)


@pytest.mark.parametrize("name", ["glu", "SwiGLU"])
def test_gated_units_are_left_out_with_a_reason(name):
    with pytest.raises(DocumentError, match="which cannot be chosen: a gated unit halves the number of outputs"):
        Document.parse(BY_HAND | {"layers": [{"W": [[1, 2], [3, 4]], "activation": name}]})


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda registry: registry.kind)
def test_no_spelling_means_two_entries_or_two_hyperparameters(registry):
    for known in (
        registry,
        *({each.name: each for each in e.hyperparameters} for e in registry.values() if hasattr(e, "hyperparameters")),
    ):
        every = [spelling for key, entry in known.items() for spelling in spellings(entry, key)]
        assert len(every) == len(set(every))
        assert all(every)


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda registry: registry.kind)
def test_every_spelling_is_read_and_the_key_is_kept(registry):
    for key, entry in registry.items():
        for name in (key, key.upper(), key.replace("_", "-"), f" {key.title()}", *entry.aliases):
            assert RegistryChoice.of(registry, name).to_json_value() == key, name


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_an_optimizer_of_pytorch_is_known_by_its_class(optimizer):
    assert key_of(OPTIMIZERS, OPTIMIZERS[optimizer].torch) == optimizer


@pytest.mark.parametrize(
    ("registry", "name", "key"),
    [
        (ACTIVATIONS, "ReLU", "relu"),
        (ACTIVATIONS, "linear", "identity"),
        (ACTIVATIONS, "logistic", "sigmoid"),
        (ACTIVATIONS, "LeakyReLU", "leaky_relu"),
        (ACTIVATIONS, "swish", "silu"),
        (LOSSES, "MSE", "mse"),
        (LOSSES, "mean_squared_error", "mse"),
        (LOSSES, "BCEWithLogitsLoss", "bce_with_logits"),
        (LOSSES, "CrossEntropyLoss", "cross_entropy"),
        (LOSSES, "categorical_crossentropy", "cross_entropy_probs"),
        (OPTIMIZERS, "RMSProp", "rmsprop"),
        (NORMS, "BatchNorm1d", "batch_norm"),
        (SCHEDULES, "ReduceLROnPlateau", "reduce_on_plateau"),
        (INITIALIZERS, "GlorotUniform", "xavier_uniform"),
        (INITIALIZERS, "kaiming_normal_", "kaiming_normal"),
        (SCALERS, "StandardScaler", "standard"),
        # Keras draws these from a cut normal distribution
        (INITIALIZERS, "he_normal", "kaiming_truncated"),
        (INITIALIZERS, "glorot_normal", "xavier_truncated"),
        (ACTIVATIONS, "nn.ReLU()", "relu"),
        (ACTIVATIONS, "torch.nn.functional.leaky_relu", "leaky_relu"),
        (ACTIVATIONS, "tf.keras.activations.tanh", "tanh"),
        (ACTIVATIONS, "nn.LeakyReLU(0.2)", None),  # its number is not read, so it is asked about
        (ACTIVATIONS, "nn.", None),
        (ACTIVATIONS, "logsig", "sigmoid"),  # MATLAB's, which is no logarithm
        (ACTIVATIONS, "tansig", "tanh"),
        (ACTIVATIONS, "purelin", "identity"),
        (LOSSES, "log_loss", "bce"),
        (LOSSES, "torch.nn.GaussianNLLLoss()", "gaussian_nll"),
        (OPTIMIZERS, "torch.optim.Adam", "adam"),
        (ACTIVATIONS, "", None),
        (ACTIVATIONS, "_", None),
    ],
)
def test_a_name_of_another_library_means_the_same_here(registry, name, key):
    assert key_of(registry, name) == key


def test_a_document_written_by_hand_is_read_and_saved_in_our_words():
    document = Document.parse(BY_HAND)
    assert document.to_json_value() == {
        "version": 1,
        "name": "",
        "layers": [
            {"weight": [[1, 2], [3, 4]], "bias": [0, 0], "activation": "relu"},
            {"weight": [[1, -1]], "bias": None, "activation": "identity"},
        ],
        "x": [[1, 2]],
        "target": [[3]],
        "loss": "mse",
        "learning_rate": 0.5,
        "optimizer": {"key": "adam", "beta1": 0.8, "beta2": 0.99, "eps": 1e-7},
    }
    assert Document.parse({name: value for name, value in BY_HAND.items() if name != "lr"}).learning_rate == 0.1


def test_a_setup_written_by_hand_is_read():
    setup = TrainingConfig.parse(
        {
            "data": {"kind": "set", "set": "iris"},
            "layers": [
                {"neurons": 8, "activation": {"key": "LeakyReLU", "negative_slope": 0.2}},
                {"units": None, "activation": "linear"},
            ],
            "criterion": "CrossEntropyLoss",
            "optimizer": {"key": "SGD", "lr": 0.5},
            "schedule": {"key": "StepLR", "step_size": 5},
            "init": "he_uniform",
        }
    ).to_json_value()
    assert setup["layers"][0]["activation"] == {"key": "leaky_relu", "slope": 0.2}
    assert (setup["loss"], setup["initializer"]) == ("cross_entropy", "kaiming_uniform")
    assert setup["optimizer"] == {"key": "sgd", "learning_rate": 0.5}
    assert setup["schedule"]["key"] == "step"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"optimizer": "perceptron"},
            "optimizer is 'perceptron', which cannot be chosen: the perceptron rule is the hinge",
        ),
        ({"schedule": "LambdaLR"}, "schedule is 'LambdaLR', which cannot be chosen: a function cannot be read"),
        ({"schedule": "reduce_on_plateau"}, "which cannot be chosen: it watches the loss, as only a training"),
        ({"loss": "mean_square"}, "loss is 'mean_square' (did you mean mse?)"),
        ({"loss": "zzz"}, "loss is 'zzz', expected one of"),
        ({"loss": "_"}, "loss is '_', expected one of"),
        ({"losss": "mse"}, "the document has an unknown field 'losss' (did you mean loss?)"),
        ({"learning_rate": 1}, "the document has learning_rate twice, under two names"),
        (
            {"optimizer": {"key": "sgd", "momentun": 0.9}},
            "optimizer has an unknown knob 'momentun' (did you mean momentum?)",
        ),
        ({"optimizer": {"key": "adam", "eps": 1, "epsilon": 1}}, "optimizer has eps twice, under two names"),
        ({"optimizer": {"key": "adam", "betas": [0.9]}}, "optimizer has an unknown knob 'betas'"),
        ({"optimizer": {"key": "SGD", "lr": 1}}, "optimizer.learning_rate is set here, expected beside the optimizer"),
        ({"layers": [{"W": [[1]], "weights": [[1]]}]}, "layers[0] has weight twice, under two names"),
        ({"layers": [{"kernel": [1, 2], "activation": "relu"}]}, "layers[0] has a kernel that is no matrix, expected"),
        ({"layers": [{"kernel": [[1], [1, 2]], "activation": "relu"}]}, "layers[0] has a kernel whose rows differ"),
    ],
)
def test_what_is_not_known_is_asked_about(changes, said):
    with pytest.raises(DocumentError) as caught:
        Document.parse(BY_HAND | changes)
    assert said in str(caught.value)


def test_what_is_like_nothing_is_not_guessed():
    assert likely("zzz", ACTIVATIONS) is None
    assert likely(7, ACTIVATIONS) is None
    assert plain("Leaky_ReLU ") == "leakyrelu"


@pytest.mark.parametrize(
    ("registry", "name", "meant"),
    [
        (ACTIVATIONS, "gelu_tanh", "gelu"),
        (ACTIVATIONS, "quick_gelu", "gelu"),
        (ACTIVATIONS, "LeakyReLU(0.2)", "leaky_relu"),
        (ACTIVATIONS, "Softmax(dim=1)", "softmax"),
        (LOSSES, "squared_hinge", "hinge"),
        (LOSSES, "HingeEmbeddingLoss", "hinge"),
        (LOSSES, "cosine_similarity", "cosine"),
        (LOSSES, "CosineEmbeddingLoss", "cosine"),
        (LOSSES, "half_mse", "half_sse"),
        (LOSSES, "sum of squares", None),
        (LOSSES, "logcosh", None),
        (OPTIMIZERS, "momentum", "sgd"),
        (OPTIMIZERS, "SGD with Nesterov", "sgd"),
    ],
)
def test_what_has_a_known_name_in_it_is_asked_about(registry, name, meant):
    assert key_of(registry, name) is None
    assert likely(name, registry) == meant
