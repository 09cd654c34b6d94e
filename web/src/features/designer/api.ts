import { ApiError, http } from "../../lib/http";
import type { Fields, LayoutItem, View } from "../../lib/kintone";
import type { AppRight, Draft, DraftView, FieldRight, General, RecordRight } from "./model/draft";
import type { Form, Key } from "./model/form";
import { readForm } from "./model/read";
import type { Held, Wire } from "./model/saver";
import { recalled } from "./renames";

type Revision = { revision: string };
type ViewAnswer = View & { date?: string; title?: string; html?: string; pager?: boolean; device?: string };
type Answers = [
  { properties: Fields } & Revision,
  { layout: LayoutItem[] } & Revision,
  { views: Record<string, ViewAnswer> | null } & Revision,
  General & Revision,
  { rights: AppRight[] } & Revision,
  { rights: RecordRight[] } & Revision,
  { rights: FieldRight[] } & Revision,
];

/** Everything the page edits, of one environment: "preview/" or "" for live. */
const answers = (app: string, environment: "preview/" | ""): Promise<Answers> =>
  Promise.all(
    ["app/form/fields", "app/form/layout", "app/views", "app/settings", "app/acl", "record/acl", "field/acl"].map(
      (name) => http.get(`/k/v1/${environment}${name}.json`, { app }),
    ),
  ) as Promise<unknown> as Promise<Answers>;

/** The preview as it is now; fields and views that a known draft has keep its keys. */
export async function loadPreview(app: string, known?: Draft): Promise<Held> {
  for (let tries = 0; ; tries++) {
    const all = await answers(app, "preview/");
    const revision = all[0].revision;
    // Six answers are one state only if nobody saved between them.
    if (tries >= 3 || all.every((a) => a.revision === revision)) {
      return { draft: draftOf(all, (p, l) => readForm(p, l, known?.form), known?.views), revision };
    }
  }
}

/** What people work with, with the keys of the preview; undefined for an app that was never published. */
export async function loadLive(app: string, preview: Draft): Promise<Draft | undefined> {
  try {
    const all = await answers(app, "");
    const read = (p: Fields, l: LayoutItem[]) => recalled(app, p, l, preview.form);
    return draftOf(all, read);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

function draftOf(all: Answers, read: (p: Fields, l: LayoutItem[]) => Form, known: DraftView[] = []): Draft {
  const [fields, layout, views, settings, appRights, recordRights, fieldRights] = all;
  const { revision: _, ...general } = settings;
  return {
    form: read(fields.properties, layout.layout),
    views: Object.values(views.views ?? {})
      .sort((a, b) => Number(a.index) - Number(b.index))
      .map((v) => readView(v, known)),
    general,
    appRights: appRights.rights,
    recordRights: recordRights.rights,
    fieldRights: fieldRights.rights,
  };
}

function readView({ id, index: _, ...view }: ViewAnswer, known: DraftView[]): DraftView {
  const key: Key = known.find((v) => v.name === view.name)?.key ?? `view ${id}`;
  return { ...view, key };
}

/** The calls of the saver. */
export const wire = (app: string): Wire => ({
  send: ({ method, path, body }, revision) => {
    if (method === "DELETE") return http.delete(path, { app, revision, fields: body.fields as string[] });
    return method === "POST" ? http.post(path, { app, revision, ...body }) : http.put(path, { app, revision, ...body });
  },
  look: (known) => loadPreview(app, known),
  goBack: async (live, revision) => {
    await deploy(app, revision, true);
    return loadPreview(app, live);
  },
});

/** Makes an app that only this page shows until it is published. */
export const createApp = (name: string) =>
  http.post<{ app: string; revision: string }>("/k/v1/preview/app.json", { name });

type Status = "PROCESSING" | "SUCCESS" | "FAIL" | "CANCEL";
const deployPath = "/k/v1/preview/app/deploy.json";

/** Publishes the preview, or with revert gives it up. Resolves when it is done; throws when it was not. */
export async function deploy(app: string, revision?: string, revert = false): Promise<void> {
  await http.post(deployPath, { apps: [{ app, revision }], ...(revert && { revert }) });
  for (;;) {
    const { apps } = await http.get<{ apps: { app: string; status: Status }[] }>(deployPath, { apps: [app] });
    const status = apps[0]?.status;
    if (status === "SUCCESS") return;
    if (status !== "PROCESSING") throw new ApiError(500, `DEPLOY_${status}`, "");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

export type LastChange = { modifier: { code: string; name: string }; modifiedAt: string };

/** Who changed the app's settings last, as far as it may be known. */
export const lastChangeQuery = (app: string, revision: string) => ({
  queryKey: ["designer", app, "last change", revision],
  queryFn: () => http.get<LastChange>("/k/v1/app.json", { id: app }),
});

/** Moves the app, published or not, to the trash. */
export const deleteApp = (app: string) => http.delete("/api/v1/app", { app });
