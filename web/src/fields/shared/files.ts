import { createContext, useContext } from "react";
import { address } from "../../lib/http";

/** Where a file's content and its small picture are fetched: staff and outsiders come through different doors. */
export type FileDoor = {
  content: (fileKey: string) => string;
  /** Undefined where there are no small pictures. */
  thumbnail: (fileKey: string, size: number) => string | undefined;
};

const staffDoor: FileDoor = {
  content: (fileKey) => address("/k/v1/file.json", { fileKey }),
  thumbnail: (fileKey, size) => address("/api/v1/thumbnail", { fileKey, size }),
};

export const FileDoorContext = createContext<FileDoor>(staffDoor);
export const useFileDoor = (): FileDoor => useContext(FileDoorContext);

/** True for pictures that the server makes thumbnails of. */
export const pictured = (contentType: string): boolean => /^image\/(png|jpeg|gif|webp|bmp)$/.test(contentType);

const sizes = [150, 250, 500];
/** The thumbnail size to ask for, given the width set on the field ("50" is drawn from the smallest). */
export const askedSize = (wanted: number): number => sizes.find((s) => s >= wanted) ?? 500;
