"""Hyperparameters, norms, dropout masks, skips and the mode, as a person changes them on the sheet."""

import re

from playwright.sync_api import expect

from mlpviz.engine import ACTIVATIONS
from mlpviz.examples.networks import PRESETS
from mlpviz.network import RegistryChoice, edits

SEVEN, DROPOUT = PRESETS["seven_layers"].document, PRESETS["dropout"].document


def opened(open_app, document):
    return open_app(f"/?d={document.to_link()}&v=layer.0.1").ready().end()


def shown(value):
    from mlpviz.text.numbers import format_number

    return format_number(float(value))


def menu(sheet, layer):
    sheet.page.get_by_label(f"change layer {layer}").click()


def test_a_hyperparameter_of_the_activation_is_set_on_the_sheet(open_app):
    leaky = edits.set_activation(SEVEN, 3, RegistryChoice.of(ACTIVATIONS, "leaky_relu")).document
    sheet = opened(open_app, leaky)
    slope = sheet.page.get_by_label("slope below 0 of the activation of layer 3")
    slope.fill("0.5")
    slope.press("Enter")
    expected = edits.set_activation_hyperparameter(leaky, 3, "slope", 0.5).document.trace()
    sheet.expect("a.3", 2, 2, shown(expected.layers[2].a[1, 1]))
    slope.fill("-3")
    slope.press("Enter")
    assert "slope of the activation of layer 3 is -3" in sheet.error()
    expect(slope).to_have_value("0.5")
    assert "NumPy = PyTorch" in sheet.badge()


def test_a_norm_is_switched_on_and_its_scale_is_edited(open_app):
    sheet = opened(open_app, SEVEN)
    menu(sheet, 2)
    sheet.page.get_by_label("norm of layer 2", exact=True).select_option("layer_norm")
    normed = edits.set_norm(SEVEN, 2, "layer_norm").document
    sheet.expect("n.2", 1, 1, shown(normed.trace().layers[1].n[0, 0]))
    sheet.type_into("gamma.2", 1, 1, "3")
    scaled = edits.set_number(normed, "gamma", 2, 1, None, 3.0).document
    sheet.expect("n.2", 1, 1, shown(scaled.trace().layers[1].n[0, 0]))
    assert "NumPy = PyTorch" in sheet.badge()
    sheet.cell("grad_gamma.2", 1, 1).click()
    sheet.page.locator(".card.why").wait_for()
    sheet.page.keyboard.press("Control+z")
    sheet.page.keyboard.press("Control+z")
    expect(sheet.page.locator('[data-block="n.2"]')).to_have_count(0)


def test_a_cell_of_the_mask_is_toggled_and_the_mode_switched(open_app):
    sheet = opened(open_app, DROPOUT)
    sheet.expect("mask.1", 2, 1, "0")
    sheet.cell("mask.1", 2, 1).click()
    sheet.expect("mask.1", 2, 1, "1")
    toggled = edits.toggle_mask(DROPOUT, 1, 1, 2).document
    sheet.expect("a.1", 1, 1, shown(toggled.trace().layers[0].a[0, 0]))
    sheet.cell("mask.1", 4, 1).click()
    sheet.expect("mask.1", 4, 1, "1")
    sheet.press("Enter")
    sheet.expect("mask.1", 4, 1, "0")
    sheet.page.get_by_label("training or evaluation").select_option("evaluation")
    expect(sheet.page.locator('[data-block="mask.1"]')).to_have_count(0)
    evaluation = edits.set_mode(DROPOUT, "evaluation").document
    sheet.expect("a.1", 3, 1, shown(evaluation.trace().layers[0].a[0, 2]))
    assert "NumPy = PyTorch" in sheet.badge()


def test_dropout_and_a_skip_come_from_the_menu_of_a_layer(open_app):
    sheet = opened(open_app, SEVEN)
    menu(sheet, 5)
    rate = sheet.page.get_by_label("dropout rate of layer 5")
    rate.fill("0.5")
    rate.press("Enter")
    sheet.page.locator('[data-block="mask.5"]').wait_for()
    # the menu is still open: the next thing can be changed
    sheet.page.get_by_label("skip to layer 5").select_option("1")
    sheet.page.locator(".drawing path.skip").wait_for(state="attached")
    sheet.page.locator('[data-block="dropped.5"]').wait_for()
    assert "NumPy = PyTorch" in sheet.badge()


def test_one_scale_for_all_layers_shows_norms_and_stays_in_the_address(open_app):
    sheet = open_app().ready().end()
    page = sheet.page
    block = page.locator('[data-block="grad_weight.1"]')
    expect(block.locator(".norm")).to_be_hidden()
    button = page.locator(".toolbar .sizes")
    sheet.more()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(block.locator(".norm")).to_have_text("‖∂L/∂W‖ 83.1")
    expect(page).to_have_url(re.compile(r"v=[^&]*\.k(&|$)"))
    # 52 in layer 5 has the strongest tint of all ∂L/∂W, 40 in layer 1 not any more
    expect(sheet.cell("grad_weight.5", 2, 2)).to_have_class(re.compile(r"\bt10\b"))
    expect(sheet.cell("grad_weight.1", 3, 3)).to_have_class(re.compile(r"\bt8\b"))
    sheet.more()
    button.click()
    expect(sheet.cell("grad_weight.1", 3, 3)).to_have_class(re.compile(r"\bt10\b"))


def test_a_pinned_number_does_not_stand_behind_the_formula_of_its_activation(open_app):
    sheet = open_app().ready().end()
    sheet.cell("a.1", 4, 1).click()
    page = sheet.page
    page.get_by_role("button", name="Pin to this value").click()
    expect(page.locator(".card.main .sentence")).to_contain_text("pinned")
    expect(page.locator(".card.main .shown > .formula").first).to_be_empty()
