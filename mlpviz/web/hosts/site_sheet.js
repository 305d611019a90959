// The score sheet of a site without a server.

import openerStyle from "../sheet/file_opener.css";
import sheet from "../sheet/sheet.js";
import style from "../sheet/style/style.js";
import { give } from "./site.js";

give("sheet", sheet, style + openerStyle);
