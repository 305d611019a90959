// The Train page of a site without a server.

import style from "../train/train.css";
import train from "../train/train.js";
import { give } from "./site.js";

give("train", train, style);
