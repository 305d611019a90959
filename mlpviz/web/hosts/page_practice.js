// The Practise page, as every host shows it.

import own from "../practice/practice.css";
import main from "../practice/practice.js";
import sheetStyle from "../sheet/style/style.js";
import { page } from "./page.js";

export default page(main, sheetStyle + own);
