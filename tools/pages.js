// The programs that are built: of each page with its style (hosts/page_….js), and of what shows them or belongs to it.

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
export const HOSTS = ["streamlit", "site", "site_worker", "site_offline", "notebook", "one_file"];
