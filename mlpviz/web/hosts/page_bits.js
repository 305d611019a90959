// The page Fewer bits, as every host shows it.

import style from "../exploration/exploration.css";
import { exploration } from "../exploration/exploration.js";
import { page } from "./page.js";
import { plotly } from "./plotly.js";

export default page(exploration("bits", plotly), style);
