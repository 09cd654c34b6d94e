import { Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Fields } from "../../../lib/kintone";
import type { App } from "../api";
import { Comments } from "../comments/list";
import { HistoryList } from "../history/list";
import css from "./detail.module.css";
import type { Sharing } from "./page";

export const sideId = "record-side";
export type Tab = "comments" | "history" | "share";

type Props = {
  app: App;
  record: string;
  revision: string;
  fields: Fields;
  sharing: Sharing;
  tab: Tab;
  onTab: (tab: Tab) => void;
};

/** Beside a record: what people say about it, what happened to it, and who outside can see it. */
export function RecordSide({ app, record, revision, fields, sharing, tab, onTab }: Props) {
  const { t } = useTranslation();
  const talk = app.settings.enableComments !== false;
  return (
    <aside id={sideId} className={css.side} aria-label={t("records.side")}>
      <Tabs
        value={!talk && tab === "comments" ? "history" : tab}
        onChange={(v) => v && onTab(v as Tab)}
        keepMounted={false}
      >
        <Tabs.List>
          {talk && <Tabs.Tab value="comments">{t("records.comments")}</Tabs.Tab>}
          <Tabs.Tab value="history">{t("records.history")}</Tabs.Tab>
          <Tabs.Tab value="share">{t("records.sharing")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="comments" className={css.panel}>
          <Comments app={app.id} record={record} outside={sharing.outside} />
        </Tabs.Panel>
        <Tabs.Panel value="history" className={css.panel}>
          <HistoryList app={app.id} record={record} revision={revision} fields={fields} mayEdit={app.can.edit} />
        </Tabs.Panel>
        <Tabs.Panel value="share" className={css.panel}>
          {sharing.panel}
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}
