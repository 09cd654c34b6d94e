/** What the server wrote into the document for this screen. */
export type Lang = "ja" | "en";

export type Page =
  | "login"
  | "setup"
  | "portal"
  | "list"
  | "show"
  | "edit"
  | "designer"
  | "admin"
  | "import"
  | "shared"
  | "notfound";

export type BootUser = { id: string; code: string; name: string; locale: string; timezone: string; admin: boolean };

export type Boot = {
  lang: Lang;
  user: BootUser | null;
  csrf: string;
  site: { name: string };
  page: Page;
  app: { id: string; name: string } | null;
  version: string;
  devMail: boolean;
};

const nowhere: Boot = {
  lang: "ja",
  user: null,
  csrf: "",
  site: { name: "" },
  page: "notfound",
  app: null,
  version: "",
  devMail: false,
};

let read: Boot | undefined;

/** The boot data, read once. A document without any gives an anonymous, empty "notfound". */
export function boot(): Boot {
  if (!read) {
    const text = document.getElementById("boot")?.textContent;
    read = text ? { ...nowhere, ...(JSON.parse(text) as Partial<Boot>) } : nowhere;
  }
  return read;
}

/** The logged-in user of a staff screen. Screens for outsiders never call it. */
export function currentUser(): BootUser {
  const { user } = boot();
  if (!user) throw new Error("boot: this screen has no user");
  return user;
}

/** Puts other boot data in place, for tests. */
export function setBoot(value: Partial<Boot>): void {
  read = { ...nowhere, ...value };
}
