// The Lessons page, as every host shows it.

import lessonsStyle from "../lessons/lessons.css";
import main from "../lessons/lessons.js";
import practiceStyle from "../practice/practice.css";
import { page } from "./page.js";

export default page(main, practiceStyle + lessonsStyle);
