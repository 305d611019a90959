// The Practise page as a component of Streamlit.

import style from "../practice/practice.css";
import practice from "../practice/practice.js";
import sheetStyle from "../sheet/style/style.js";
import { mounting } from "./streamlit.js";

export const mount = mounting(practice, sheetStyle + style);
