import { Button } from "@mantine/core";
import { IconFileSpreadsheet, IconLayoutGrid, IconPencilPlus, IconUserPlus } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { boot } from "../../lib/boot";
import { useServerEvent } from "../../lib/events";
import { Problem } from "../../ui/errors";
import { EmptyState, PageHeader } from "../../ui/page";
import { portalQuery } from "./api";
import { AppTiles } from "./app-tiles";
import css from "./portal.module.css";
import { ExpiringShares, RunningImports } from "./running";
import { recentApps, useStars } from "./stars";

/** The home of the staff: apps first, and beside them what waits. notices is the newest few, from their own feature. */
export function PortalPage({ notices }: { notices?: ReactNode }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const portal = useQuery(portalQuery);
  const stars = useStars();
  useServerEvent("job", () => void cache.invalidateQueries({ queryKey: portalQuery.queryKey }));
  useEffect(() => {
    document.title = boot().site.name || "Engawa";
  }, []);

  if (portal.error) return <Problem error={portal.error} retry={() => portal.refetch()} />;
  if (!portal.data) return null;
  const { apps, drafts, imports, expiringShares } = portal.data;
  if (apps.length + drafts.length + imports.length === 0) return <FirstSteps />;

  const recent = recentApps().flatMap((id) => apps.find((a) => a.id === id) ?? []);
  const starred = apps.filter((a) => stars.has(a.id));
  return (
    <>
      <PageHeader title={t("portal.title")}>
        <FromScratch />
        <Button component="a" href="/k/create/file" leftSection={<IconFileSpreadsheet size={16} />}>
          {t("portal.fromFile")}
        </Button>
      </PageHeader>
      <div className={css.columns}>
        <div className={css.apps}>
          {starred.length > 0 && <AppTiles title={t("portal.starred")} apps={starred} />}
          {apps.length > 6 && recent.length > 0 && <AppTiles title={t("portal.recent")} apps={recent.slice(0, 4)} />}
          <AppTiles title={t("portal.apps")} apps={apps} findable={apps.length > 12} />
          {drafts.length > 0 && (
            <section>
              <h2 className={css.heading}>{t("portal.drafts")}</h2>
              <ul className={css.lines}>
                {drafts.map((d) => (
                  <li key={d.id}>
                    <a href={`/k/admin/app/flow?app=${d.id}#section=form`}>{d.name}</a>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
        <aside className={css.aside}>
          <RunningImports imports={imports} />
          {notices}
          <ExpiringShares shares={expiringShares} />
        </aside>
      </div>
    </>
  );
}

/** Leads to where a new app gets its name. */
function FromScratch() {
  const { t } = useTranslation();
  return (
    <Button component="a" href="/k/admin/app/flow?new=1" variant="default" leftSection={<IconPencilPlus size={16} />}>
      {t("portal.fromScratch")}
    </Button>
  );
}

/** What a new company sees: the three ways to begin. */
function FirstSteps() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={IconLayoutGrid} title={t("portal.firstTitle")} text={t("portal.firstText")}>
      <Button component="a" href="/k/create/file" leftSection={<IconFileSpreadsheet size={16} />}>
        {t("portal.fromFile")}
      </Button>
      <FromScratch />
      {boot().user?.admin && (
        <Button component="a" href="/admin/users" variant="default" leftSection={<IconUserPlus size={16} />}>
          {t("portal.addPeople")}
        </Button>
      )}
    </EmptyState>
  );
}
