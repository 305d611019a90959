// The training page as a component of Streamlit.

import style from "../train/train.css";
import train from "../train/train.js";
import { mounting } from "./streamlit.js";

export const mount = mounting(train, style);
