// The training page, as every host shows it.

import style from "../train/train.css";
import main from "../train/train.js";
import { page } from "./page.js";

export default page(main, style);
