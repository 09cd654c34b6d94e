import "@mantine/dropzone/styles.layer.css";
import { Button } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { IconFileSpreadsheet } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatRecent } from "../../lib/dates";
import { Problem } from "../../ui/errors";
import { PageHeader } from "../../ui/page";
import { type Import, importQuery, importsQuery, uploadFile } from "./api";
import css from "./import.module.css";
import { Uploading } from "./uploading";

/** Where a file is dropped or chosen and sent; below, the files that were sent and not made into apps yet. */
export function ChooseFile({ onUploaded }: { onUploaded: (made: Import) => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [sending, setSending] = useState<{ file: File; share: number }>();
  const [problem, setProblem] = useState<unknown>();
  const [several, setSeveral] = useState(false);
  const stop = useRef<AbortController>(undefined);

  const send = async (file: File) => {
    stop.current = new AbortController();
    setProblem(undefined);
    setSeveral(false);
    setSending({ file, share: 0 });
    try {
      const made = await uploadFile(file, (share) => setSending({ file, share }), stop.current.signal);
      cache.setQueryData(importQuery(made.id).queryKey, made);
      onUploaded(made);
    } catch (error) {
      if (!(error instanceof DOMException)) setProblem(error); // a DOMException is the person's own cancel
      setSending(undefined);
    }
  };

  return (
    <>
      <PageHeader title={t("import.title")} note={t("import.note")} />
      {problem !== undefined && <Problem error={problem} />}
      {several && (
        <p role="alert" className={css.problem}>
          {t("import.oneFile")}
        </p>
      )}
      {sending ? (
        <Uploading file={sending.file} share={sending.share} onCancel={() => stop.current?.abort()} />
      ) : (
        <Dropzone
          className={css.drop}
          multiple={false}
          onDrop={([file]) => file && void send(file)}
          onReject={() => setSeveral(true)}
          activateOnKeyboard={false}
          enablePointerEvents
        >
          <div className={css.dropInner}>
            <IconFileSpreadsheet size={44} stroke={1.25} aria-hidden />
            <strong className={css.dropTitle}>{t("import.drop")}</strong>
            {/* Its click reaches the zone, which opens the browser's dialog. */}
            <Button>{t("import.choose")}</Button>
            <span className={css.soft}>{t("import.kinds")}</span>
          </div>
        </Dropzone>
      )}
      <Unfinished />
    </>
  );
}

/** Files sent earlier that wait for somebody. */
function Unfinished() {
  const { t } = useTranslation();
  const { data = [] } = useQuery(importsQuery);
  const waiting = data.filter((i) => i.state !== "done");
  if (waiting.length === 0) return null;
  return (
    <section className={css.section}>
      <h2>{t("import.unfinished")}</h2>
      <ul className={css.lines}>
        {waiting.map((i) => (
          <li key={i.id}>
            <a href={`/k/create/file?import=${i.id}`}>{i.fileName}</a>
            <span className={css.soft}>{t(`import.state.${i.state}`)}</span>
            <time className={css.soft} dateTime={i.createdAt}>
              {formatRecent(i.createdAt)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}
