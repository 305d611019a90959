// The style of the sheet, by part. The order counts: of two rules of equal weight the later one holds.

import bands from "./bands.css";
import blocks from "./blocks.css";
import cards from "./cards.css";
import cells from "./cells.css";
import comparison from "./comparison.css";
import dock from "./dock.css";
import drawing from "./drawing.css";
import embedded from "./embedded.css";
import findings from "./findings.css";
import formulas from "./formulas.css";
import layerParts from "./layer_parts.css";
import layouts from "./layouts.css";
import page from "./page.css";
import panel from "./panel.css";
import present from "./present.css";
import print from "./print.css";
import toolbar from "./toolbar.css";
import transport from "./transport.css";
import welcome from "./welcome.css";

export default [
  page,
  toolbar,
  bands,
  blocks,
  cells,
  drawing,
  comparison,
  panel,
  formulas,
  cards,
  transport,
  findings,
  dock,
  layouts,
  layerParts,
  welcome,
  present,
  embedded,
  print,
].join("\n");
