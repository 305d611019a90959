// The Check page as a component of Streamlit.

import style from "../check/check.css";
import check from "../check/check.js";
import { mounting } from "./streamlit.js";

export const mount = mounting(check, style);
