import { IconFile } from "@tabler/icons-react";
import type { FileValue } from "../../lib/kintone";
import { formatBytes } from "../../lib/numbers";
import css from "../shared/fields.module.css";
import { askedSize, pictured, useFileDoor } from "../shared/files";
import type { DisplayProps } from "../types";

/** Attached files: pictures as thumbnails, others by name and size; each opens its content. */
export default function FilesDisplay({ field, value, compact }: DisplayProps) {
  const door = useFileDoor();
  const files = (Array.isArray(value) ? value : []) as FileValue[];
  const width = Number(field.thumbnailSize ?? "150");
  if (compact) {
    const names = files.map((f) => f.name).join(", ");
    return (
      <span className={css.clip} title={names}>
        {names}
      </span>
    );
  }
  return (
    <ul className={css.files}>
      {files.map((f) => {
        const picture = pictured(f.contentType) ? door.thumbnail(f.fileKey, askedSize(width)) : undefined;
        return (
          <li key={f.fileKey}>
            <a className={css.file} href={door.content(f.fileKey)} download={f.name} title={f.name}>
              {picture ? (
                <img className={css.thumbnail} src={picture} alt={f.name} width={width} loading="lazy" />
              ) : (
                <>
                  <IconFile size={18} aria-hidden />
                  {f.name}
                </>
              )}
            </a>
            {!picture && <span className={css.fileSize}>{formatBytes(Number(f.size))}</span>}
          </li>
        );
      })}
    </ul>
  );
}
