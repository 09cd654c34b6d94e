import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconPlayerPause } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatCount } from "../../lib/numbers";
import { EmptyState } from "../../ui/page";
import { failed } from "../../ui/toast";
import { type Import, importQuery, resumeImport } from "./api";
import { Rejects } from "./rejects";

const pictures = { done: IconCircleCheck, cancelled: IconPlayerPause, failed: IconAlertTriangle };

/** An import that is over: done, or stopped and waiting for someone to go on with it. */
export function Finished({ made }: { made: Import }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const state = made.state === "done" || made.state === "failed" ? made.state : "cancelled";
  const resume = useMutation({
    mutationFn: () => resumeImport(made.id),
    onSuccess: () => cache.invalidateQueries({ queryKey: importQuery(made.id).queryKey }),
    onError: failed,
  });
  const words = {
    name: made.appName || made.fileName,
    rows: formatCount(made.done - made.rejected),
    total: formatCount(made.rowCount),
  };
  const text = state === "failed" && made.error?.message ? made.error.message : t(`import.finished.${state}`, words);
  return (
    <>
      <EmptyState icon={pictures[state]} title={t(`import.finishedTitle.${state}`, words)} text={text}>
        {state !== "done" && (
          <Button loading={resume.isPending} onClick={() => resume.mutate()}>
            {t("import.resume")}
          </Button>
        )}
        {made.app && (
          <Button component="a" href={`/k/${made.app}/`} variant={state === "done" ? "filled" : "default"}>
            {t("import.openApp")}
          </Button>
        )}
        <Button component="a" href="/k/create/file" variant="default">
          {t("import.another")}
        </Button>
      </EmptyState>
      <Rejects made={made} />
    </>
  );
}
