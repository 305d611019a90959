// The Lessons page as a component of Streamlit.

import lessonsStyle from "../lessons/lessons.css";
import lessons from "../lessons/lessons.js";
import practiceStyle from "../practice/practice.css";
import { mounting } from "./streamlit.js";

export const mount = mounting(lessons, practiceStyle + lessonsStyle);
