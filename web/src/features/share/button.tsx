import { Button } from "@mantine/core";
import { IconDoorExit } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sharesQuery } from "./api";
import { reveal } from "./reveal";
import css from "./share.module.css";

type Props = { app: string; record: string; onClick: () => void };

/** Leads to a record's links, and tells how many outsiders can come in by now. */
export function ShareButton({ app, record, onClick }: Props) {
  const { t } = useTranslation();
  const { data } = useQuery(sharesQuery(app, record));
  const count = data?.shares.filter((s) => s.state === "active").length ?? 0;
  return (
    <Button
      className={css.button}
      variant="default"
      data-command="record.share"
      leftSection={<IconDoorExit size={16} aria-hidden />}
      onClick={() => {
        onClick();
        reveal();
      }}
    >
      {count > 0 ? t("share.buttonCount", { count }) : t("share.button")}
    </Button>
  );
}
