// The Loss landscape page as a component of Streamlit.

import style from "../exploration/exploration.css";
import { exploration } from "../exploration/exploration.js";
import { plotly } from "./plotly.js";
import { mounting } from "./streamlit.js";

export const mount = mounting(exploration("landscape", plotly), style);
