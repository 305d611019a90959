"""The seven-layer example as the app opens it, with a learning rate at which one step is easy to follow by hand."""

from mlpviz.examples.networks import PRESETS

SEVEN = PRESETS["seven_layers"].document
BY_HAND = f"/?d={SEVEN.replace(learning_rate=0.01).to_link()}&v=layer.0.1"
"""the address with the rate 0.01: new numbers differ from old ones in the first digits"""
