// Style sheets as texts, given to shadow roots: one sheet for all roots that show the same.

const sheets = new Map(); // text -> the sheet

export function adopt(root, style) {
  if (!sheets.has(style)) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    sheets.set(style, sheet);
  }
  const sheet = sheets.get(style);
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
