// The score sheet, as every host shows it.

import openerStyle from "../sheet/file_opener.css";
import main from "../sheet/sheet.js";
import own from "../sheet/style/style.js";
import { page } from "./page.js";

export default page(main, own + openerStyle);
