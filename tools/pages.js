// The pages for which hosts/ has a program of their own: in the app, and what a site without a server has of them.

export const PAGES = [
  "sheet",
  "lessons",
  "practice",
  "train",
  "check",
  "functions",
  "bits",
  "gradient_flow",
  "landscape",
];
export const SITE = ["sheet", "lessons", "practice", "train", "check", "worker", "offline"];
