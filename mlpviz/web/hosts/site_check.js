// The Check page of a site without a server.

import style from "../check/check.css";
import check from "../check/check.js";
import { give } from "./site.js";

give("check", check, style);
