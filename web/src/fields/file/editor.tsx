import { ActionIcon, Progress } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import "@mantine/dropzone/styles.layer.css";
import { IconFile, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { FileValue } from "../../lib/kintone";
import { formatBytes } from "../../lib/numbers";
import { FieldError } from "../../ui/errors";
import css from "../shared/fields.module.css";
import { pictured, useFileDoor } from "../shared/files";
import { InputGroup } from "../shared/input-group";
import type { EditorProps } from "../types";
import { useUploads } from "./uploads";

/** Attached files: dropped or chosen, sent at once with progress, removable before saving. */
export default function FilesEditor(p: EditorProps) {
  const { t } = useTranslation();
  const door = useFileDoor();
  const files = (Array.isArray(p.value) ? p.value : []) as FileValue[];
  const uploads = useUploads((file) => p.onChange((old) => [...((old ?? []) as FileValue[]), file]));
  const remove = (fileKey: string) =>
    p.onChange((old) => ((old ?? []) as FileValue[]).filter((f) => f.fileKey !== fileKey));
  return (
    <InputGroup editor={p}>
      <ul className={css.files}>
        {files.map((f) => {
          const picture =
            uploads.preview(f.fileKey) ?? (pictured(f.contentType) ? door.thumbnail(f.fileKey, 150) : undefined);
          return (
            <li key={f.fileKey} className={css.file}>
              {picture ? (
                <img className={css.thumbnail} src={picture} alt="" width={48} height={48} />
              ) : (
                <IconFile size={18} aria-hidden />
              )}
              {f.name}
              <span className={css.fileSize}>{formatBytes(Number(f.size))}</span>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("fields.removeFile", { name: f.name })}
                onClick={() => remove(f.fileKey)}
              >
                <IconX size={16} />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      {uploads.running.map((u) => (
        <div key={u.id} className={css.upload}>
          <span>{u.name}</span>
          <Progress.Root>
            <Progress.Section value={100 * u.share} aria-label={t("fields.uploading", { name: u.name })} />
          </Progress.Root>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("fields.stopUpload", { name: u.name })}
            onClick={u.cancel}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      <FieldError messages={uploads.problems} />
      <Dropzone onDrop={(dropped) => dropped.forEach(uploads.start)} multiple p={10} mt={files.length ? 8 : 0}>
        <span className={css.drop}>{t("fields.dropFiles")}</span>
      </Dropzone>
    </InputGroup>
  );
}
