import { useQuery } from "@tanstack/react-query";
import { type ComponentType, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { boot } from "../../lib/boot";
import type { Fields, LayoutItem } from "../../lib/kintone";
import { useSearch } from "../../lib/location";
import { Problem } from "../../ui/errors";
import { loadLive, loadPreview } from "./api";
import { DesignerScreen } from "./designer";
import { NewApp } from "./new-app";

/** What other features lend this page. */
export type Lent = {
  /** The form as people will fill it in, keeping nothing. */
  FormPreview: ComponentType<{ fields: Fields; layout: LayoutItem[] }>;
  /** The dialog that builds a condition. */
  FilterDialog: ComponentType<{
    fields: Fields;
    condition: string;
    onApply: (condition: string) => void;
    onClose: () => void;
  }>;
};

/** /k/admin/app/flow: the settings of one app (?app=ID), or the start of a new one. */
export function DesignerPage(lent: Lent) {
  const { t } = useTranslation();
  const app = useSearch().get("app") ?? boot().app?.id;
  useEffect(() => {
    document.title = `${boot().app?.name ?? t("designer.newTitle")} - ${t("designer.title")}`;
  }, [t]);
  return app ? <OneApp key={app} app={app} lent={lent} /> : <NewApp />;
}

function OneApp({ app, lent }: { app: string; lent: Lent }) {
  const { data, error, refetch } = useQuery({
    queryKey: ["designer", app],
    queryFn: async () => {
      const held = await loadPreview(app);
      return { held, live: await loadLive(app, held.draft) };
    },
    // The page's own draft is the truth from here on; what others do is found by the revision.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  if (error) return <Problem error={error} retry={() => refetch()} />;
  return data ? <DesignerScreen app={app} {...data} lent={lent} /> : null;
}
