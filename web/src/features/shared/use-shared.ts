import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { ApiError } from "../../lib/http";
import type { SharedRecord } from "../../lib/shared";
import { fetchShared } from "./api";
import { listen } from "./listen";

export type Shared =
  | { is: "loading" }
  | { is: "locked" }
  | { is: "open"; record: SharedRecord }
  | { is: "gone" }
  | { is: "trouble"; error: unknown };

/**
 * What stands behind a link, kept current: new comments arrive by themselves, and once the link is closed it is gone
 * for good, whatever answer was still on its way.
 */
export function useShared(token: string): { shared: Shared; reload: () => Promise<void>; close: () => void } {
  const [shared, setShared] = useState<Shared>({ is: "loading" });
  const closed = useRef(false);

  const close = useCallback(() => {
    closed.current = true;
    setShared({ is: "gone" });
  }, []);

  const reload = useCallback(async () => {
    try {
      const record = await fetchShared(token);
      if (!closed.current) setShared({ is: "open", record });
    } catch (error) {
      if (closed.current) return;
      const status = error instanceof ApiError ? error.status : 0;
      if (status === 401) setShared({ is: "locked" });
      else if (status === 403 || status === 404 || status === 410) close();
      else setShared((now) => (now.is === "open" ? now : { is: "trouble", error })); // what was read stays readable
    }
  }, [token, close]);

  useEffect(() => void reload(), [reload]);

  const open = shared.is === "open";
  const news = useEffectEvent(() => void reload());
  useEffect(() => {
    if (!open) return;
    const stop = listen(token, { comment: news, closed: close, refused: news });
    // A phone that slept, or a page kept in the browser's history, has missed what happened meanwhile.
    const back = () => document.visibilityState === "visible" && news();
    document.addEventListener("visibilitychange", back);
    window.addEventListener("pageshow", back);
    return () => {
      stop();
      document.removeEventListener("visibilitychange", back);
      window.removeEventListener("pageshow", back);
    };
  }, [open, token, close]);

  return { shared, reload, close };
}
