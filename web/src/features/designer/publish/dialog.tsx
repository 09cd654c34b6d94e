import { Button, Group, Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queryClient } from "../../../lib/query";
import { Problem } from "../../../ui/errors";
import { deploy } from "../api";
import { reading } from "../model/form";
import { useDesigner } from "../state";
import { ChangeList } from "./change-list";
import css from "./publish.module.css";

/** Says in words what would become public, and makes it so. */
export function PublishDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const designer = useDesigner();
  const { app, live, draft, changes } = designer;
  const publish = useMutation({
    mutationFn: async () => {
      if (!(await designer.flush())) return false;
      await deploy(app, designer.revision());
      return true;
    },
    onSuccess: (done) => {
      onClose();
      if (!done) return; // the bar says what is to be corrected
      designer.published();
      tell(draft.general.name);
      for (const key of ["portal", "app"]) void queryClient.invalidateQueries({ queryKey: [key] });
    },
  });
  const tell = (name: string) =>
    notifications.show({
      withBorder: true,
      autoClose: 10_000,
      closeButtonProps: { "aria-label": t("common.close") },
      message: (
        <span role="status">
          {t(live ? "designer.wasUpdated" : "designer.wasPublished", { name })}{" "}
          <a href={`/k/${app}/`}>{t("designer.openApp")}</a>
        </span>
      ),
    });
  const loses = changes.filter((c) => c.loses).length;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t(live ? "designer.publishTitle" : "designer.publishNewTitle")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {publish.error && <Problem error={publish.error} />}
      {live ? (
        <ChangeList changes={changes} />
      ) : (
        <p className={css.none}>
          {t("designer.publishNewNote", { name: draft.general.name, count: reading(draft.form).length })}
        </p>
      )}
      {loses > 0 && <p className={css.warning}>{t("designer.losesNote", { count: loses })}</p>}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t("common.cancel")}
        </Button>
        <Button
          loading={publish.isPending}
          color={loses > 0 ? "red.9" : undefined}
          onClick={() => publish.mutate()}
          data-autofocus
        >
          {t("designer.publishNow")}
        </Button>
      </Group>
    </Modal>
  );
}
