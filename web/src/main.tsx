// The one entry of every screen: it reads which page the server meant and fetches that page's code only.
import "./ui/tokens.css";
import { boot, type Page } from "./lib/boot";

type PageModule = { default: (root: HTMLElement) => void | Promise<void> };

const pages: Partial<Record<Page, () => Promise<PageModule>>> = {
  login: () => import("./app/pages/login"),
  setup: () => import("./app/pages/setup"),
  portal: () => import("./app/pages/portal"),
  admin: () => import("./app/pages/admin"),
};

const missing = () => import("./app/pages/notfound");

async function start(): Promise<void> {
  const root = document.getElementById("root");
  if (!root) throw new Error("main: the document has no #root");
  const page = await (pages[boot().page] ?? missing)();
  await page.default(root);
}

void start();
