// The Check page, as every host shows it.

import style from "../check/check.css";
import main from "../check/check.js";
import { page } from "./page.js";

export default page(main, style);
