// The Practise page of a site without a server.

import style from "../practice/practice.css";
import practice from "../practice/practice.js";
import { give } from "./site.js";

give("practice", practice, style);
