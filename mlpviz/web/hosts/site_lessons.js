// The Lessons page of a site without a server.

import lessonsStyle from "../lessons/lessons.css";
import lessons from "../lessons/lessons.js";
import practiceStyle from "../practice/practice.css";
import { give } from "./site.js";

give("lessons", lessons, practiceStyle + lessonsStyle);
