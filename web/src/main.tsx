// The one entry of every screen: it reads which page the server meant and fetches that page's code only.
import "./ui/tokens.css";
import { boot, type Page } from "./lib/boot";

type PageModule = { default: (root: HTMLElement) => void | Promise<void> };

/** A page is the file of its name; how it is put together is its own affair. */
const pages = import.meta.glob<PageModule>("./app/pages/*.tsx");

const pageOf = (name: Page) => pages[`./app/pages/${name}.tsx`] ?? (() => import("./app/pages/notfound"));

async function start(): Promise<void> {
  const root = document.getElementById("root");
  if (!root) throw new Error("main: the document has no #root");
  const page = await pageOf(boot().page)();
  await page.default(root);
}

void start();
