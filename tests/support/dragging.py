"""A drag on a number of the sheet, as a person does it: to one side, perhaps with a key held."""

from tests.e2e.waiting import still


def dragged(sheet, block, row, column, pixels, *keys):
    cell = sheet.cell(block, row, column)
    cell.scroll_into_view_if_needed()
    box = still(cell)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    sheet.page.mouse.move(x, y)
    sheet.page.mouse.down()
    for key in keys:
        sheet.page.keyboard.down(key)
    sheet.page.mouse.move(x + pixels / 2, y)
    sheet.page.mouse.move(x + pixels, y)
    sheet.page.mouse.up()
    for key in keys:
        sheet.page.keyboard.up(key)
