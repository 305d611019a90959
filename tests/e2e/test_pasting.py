"""A matrix that is pasted the other way round: said, offered, done by one click, undone by one."""

from tests.support.pasting import PASTE


def test_a_pasted_matrix_is_transposed_by_one_click(open_app):
    sheet = open_app().ready().end()
    page = sheet.page
    # four samples as NumPy has them, with three inputs each; on the sheet samples are columns
    sheet.cell("x.0", 1, 1).click()
    page.evaluate(PASTE, ["[[3 4 5]\n [5 4 3]\n [1 1 1]\n [0 0 2]]", 1])
    page.locator(".notice.error", has_text="x needs 3 inputs; transposed it would fit").wait_for()
    page.get_by_role("button", name="Transpose it").click()
    page.locator(".notice.error").wait_for(state="hidden")
    sheet.expect("x.0", 3, 4, "2")
    page.locator(".notice", has_text="There are now 4 samples instead of 2.").wait_for()
    sheet.press("Control+z")
    sheet.cell("x.0", 3, 4).wait_for(state="detached")
    sheet.expect("x.0", 1, 2, "5")
    # of a square one nobody can see how it was meant
    sheet.cell("weight.5", 1, 1).click()
    page.evaluate(PASTE, ["[[1. 2.]\n [4. 5.]]", 1])
    page.locator(".notice", has_text="Read with a row for each unit").wait_for()
    sheet.expect("weight.5", 1, 2, "2")
    page.get_by_role("button", name="Transpose", exact=True).click()
    page.locator(".notice", has_text="Read with a row for each input").wait_for()
    sheet.expect("weight.5", 1, 2, "4")
    sheet.press("Control+z")
    sheet.expect("weight.5", 1, 2, "2")
