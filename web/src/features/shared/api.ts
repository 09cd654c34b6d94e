import { address, http } from "../../lib/http";
import type { SharedRecord } from "../../lib/shared";

// Nobody is logged in here, so that a refusal never leads to the login page.
const anonymous = { anonymous: true };

export const fetchShared = (token: string) => http.get<SharedRecord>("/api/v1/shared", { token }, anonymous);

/** Opens a link with its password for this browser. */
export const unlock = (token: string, password: string) =>
  http.post("/api/v1/shared/unlock", { token, password }, anonymous);

export const sendComment = (token: string, name: string, text: string) =>
  http.post("/api/v1/shared/comment", { token, name, text }, anonymous);

export const eventsAddress = (token: string) => address("/api/v1/shared/events", { token });

/** Where a shared file is fetched; with a size, as a small picture. */
export const fileAddress = (token: string, fileKey: string, size?: number) =>
  address("/api/v1/shared/file", { token, fileKey, size });
