// The Gradient flow page, as every host shows it.

import style from "../exploration/exploration.css";
import { exploration } from "../exploration/exploration.js";
import { page } from "./page.js";
import { plotly } from "./plotly.js";

export default page(exploration("gradient_flow", plotly), style);
