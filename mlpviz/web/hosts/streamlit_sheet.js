// The score sheet as a component of Streamlit.

import openerStyle from "../sheet/file_opener.css";
import sheet from "../sheet/sheet.js";
import style from "../sheet/style/style.js";
import { mounting } from "./streamlit.js";

export const mount = mounting(sheet, style + openerStyle);
