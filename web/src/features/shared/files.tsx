import { IconFile } from "@tabler/icons-react";
import { createContext, useContext } from "react";
import { useTranslation } from "react-i18next";
import { pictured } from "../../fields/shared/files";
import type { FileValue } from "../../lib/kintone";
import { formatBytes } from "../../lib/numbers";
import css from "./shared.module.css";

/** Where files are fetched; null where they may only be known by name. */
export type SharedDoor = ((fileKey: string, size?: number) => string) | null;
export const SharedDoorContext = createContext<SharedDoor>(null);

/** Attached files, each a line that a thumb can hit: picture or sign, name, size. */
export function SharedFiles({ files }: { files: FileValue[] }) {
  const { t } = useTranslation();
  const door = useContext(SharedDoorContext);
  return (
    <ul className={css.files}>
      {files.map((f, i) => {
        const line = (
          <>
            {door && pictured(f.contentType) ? (
              <img className={css.picture} src={door(f.fileKey, 250)} alt="" loading="lazy" />
            ) : (
              <IconFile className={css.fileSign} size={24} stroke={1.5} aria-hidden />
            )}
            <span className={css.fileName}>{f.name}</span>
            <span className={css.fileSize}>{formatBytes(Number(f.size))}</span>
          </>
        );
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: without leave to download, files have no key of their own
          <li key={i}>
            {door ? (
              <a className={css.file} href={door(f.fileKey)} download={f.name}>
                {line}
                <span className={css.fileAct}>{t("outside.download")}</span>
              </a>
            ) : (
              <span className={css.file}>{line}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
