// The Practise page of a site without a server.

import style from "../practice/practice.css";
import practice from "../practice/practice.js";
import sheetStyle from "../sheet/style/style.js";
import { give } from "./site.js";

give("practice", practice, sheetStyle + style);
