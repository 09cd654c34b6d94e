import { Button } from "@mantine/core";
import { IconDoorExit, IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useServerEvent } from "../../lib/events";
import { Problem } from "../../ui/errors";
import { EmptyState } from "../../ui/page";
import { failed, said } from "../../ui/toast";
import { revokeShare, type Share, sharesKey, sharesQuery } from "./api";
import { type Made, ShareDialog } from "./dialog";
import { HandOver } from "./hand-over";
import { ShareLine } from "./line";
import { panelId, reveal } from "./reveal";
import css from "./share.module.css";
import type { SharedSheetOf, ShareTarget } from "./target";

type Props = ShareTarget & {
  /** Draws what an outsider sees. */
  sheet: SharedSheetOf;
};

type Open = { dialog: "edit"; share?: Share } | { dialog: "hand-over"; share: Share; password?: string };

/** The links by which outsiders see a record: make, change, hand over, look who came, revoke. */
export function SharePanel({ sheet, ...target }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { app, record } = target;
  const shares = useQuery(sharesQuery(app, record));
  const [open, setOpen] = useState<Open>();
  const refresh = () => cache.invalidateQueries({ queryKey: sharesKey });
  useServerEvent("notification", () => void refresh());
  useServerEvent("record", (e) => e.app === app && e.record === record && void refresh());

  const revoke = useMutation({
    mutationFn: (share: Share) => revokeShare(share.id),
    onSuccess: async () => {
      await refresh();
      said(t("share.wasRevoked"));
    },
    onError: failed,
  });

  const finished = async ({ id, password }: Made) => {
    const known = await cache.fetchQuery({ ...sharesQuery(app, record), staleTime: 0 });
    const share = known.shares.find((s) => s.id === id);
    if (open?.dialog === "edit" && open.share) {
      setOpen(undefined);
      said(t("share.wasChanged"));
    } else setOpen(share && { dialog: "hand-over", share, password });
  };

  const there = shares.data !== undefined;
  useEffect(() => {
    if (there) reveal();
  }, [there]);

  if (shares.error) return <Problem error={shares.error} retry={() => shares.refetch()} />;
  if (!shares.data) return null;
  const { shares: all, canShare = true } = shares.data;
  const active = all.filter((s) => s.state === "active");
  const over = all.filter((s) => s.state !== "active");
  const make = canShare && (
    <Button
      className={css.primary}
      leftSection={active.length > 0 ? <IconPlus size={16} /> : <IconDoorExit size={16} />}
      onClick={() => setOpen({ dialog: "edit" })}
    >
      {t("share.make")}
    </Button>
  );
  const line = (share: Share) => (
    <ShareLine
      key={share.id}
      share={share}
      fields={target.fields}
      canShare={canShare}
      onEdit={() => setOpen({ dialog: "edit", share })}
      onHandOver={() => setOpen({ dialog: "hand-over", share })}
      onRevoke={() => revoke.mutate(share)}
      revoking={revoke.isPending && revoke.variables.id === share.id}
    />
  );

  return (
    <div id={panelId} className={css.panel}>
      {active.length > 0 ? (
        <>
          <div className={css.between}>
            <p className={css.soft}>{t("share.count", { count: active.length })}</p>
            {make}
          </div>
          <ul className={css.links}>{active.map(line)}</ul>
        </>
      ) : (
        <EmptyState icon={IconDoorExit} title={t("share.none")} text={t("share.noneText")}>
          {make}
        </EmptyState>
      )}
      {over.length > 0 && (
        <details className={css.over}>
          <summary>{t("share.over", { count: over.length })}</summary>
          <ul className={css.links}>{over.map(line)}</ul>
        </details>
      )}
      {open?.dialog === "edit" && (
        <ShareDialog
          {...target}
          sheet={sheet}
          share={open.share}
          onClose={() => setOpen(undefined)}
          onSaved={(made) => void finished(made)}
        />
      )}
      {open?.dialog === "hand-over" && (
        <HandOver share={open.share} password={open.password} onClose={() => setOpen(undefined)} />
      )}
    </div>
  );
}
