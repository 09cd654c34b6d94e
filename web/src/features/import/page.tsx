import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { boot } from "../../lib/boot";
import { useServerEvent } from "../../lib/events";
import { setAddress, useSearch, withSearch } from "../../lib/location";
import { Problem } from "../../ui/errors";
import { type Import, importQuery } from "./api";
import { ChooseFile } from "./choose-file";
import { Finished } from "./finished";
import css from "./import.module.css";
import { Preview } from "./preview";
import { Running } from "./running";

/** /k/create/file: a file becomes an app. The address holds which (?import=…), so that it can be left and found again. */
export function ImportPage() {
  const { t } = useTranslation();
  const id = useSearch().get("import");
  useEffect(() => {
    document.title = `${t("import.title")} - ${boot().site.name}`;
  }, [t]);
  return id ? (
    <OneImport key={id} id={id} />
  ) : (
    <div className={css.body}>
      <ChooseFile onUploaded={open} />
    </div>
  );
}

const open = (made: Import) => setAddress(withSearch({ import: made.id }));

const underWay = (state?: string) => state === "queued" || state === "running";

function OneImport({ id }: { id: string }) {
  const cache = useQueryClient();
  const { data, error, refetch } = useQuery({
    ...importQuery(id),
    // The events below bring news at once; this is for when they do not come through.
    refetchInterval: (query) => (underWay(query.state.data?.state) ? 2_000 : false),
  });
  useServerEvent("job", (job) => {
    if (job.id !== id) return;
    cache.setQueryData<Import>(importQuery(id).queryKey, (old) => old && { ...old, done: job.done });
    if (job.state === data?.state) return;
    void refetch();
    void cache.invalidateQueries({ queryKey: ["portal"] }); // the navigation names the new app
  });
  if (data?.state === "preview") return <Preview made={data} />;
  return (
    <div className={css.body}>
      {error && <Problem error={error} retry={() => refetch()} />}
      {data && (underWay(data.state) ? <Running made={data} /> : <Finished made={data} />)}
    </div>
  );
}
