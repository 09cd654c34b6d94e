import { useEffect, useEffectEvent } from "react";

/** What the server pushes to a logged-in user. */
export type ServerEvents = {
  notification: { unread: number };
  job: { id: string; state: string; done: number; total: number };
  record: { app: string; record: string };
};

type Name = keyof ServerEvents;
let source: EventSource | undefined;
let listeners = 0;

/** Calls fn for each event of one kind; all listeners of a document share one connection. */
export function useServerEvent<N extends Name>(name: N, fn: (data: ServerEvents[N]) => void): void {
  const receive = useEffectEvent(fn);
  useEffect(() => {
    source ??= new EventSource("/api/v1/events");
    listeners++;
    const handle = (e: MessageEvent<string>) => receive(JSON.parse(e.data) as ServerEvents[N]);
    source.addEventListener(name, handle);
    return () => {
      source?.removeEventListener(name, handle);
      if (--listeners === 0) {
        source?.close();
        source = undefined;
      }
    };
  }, [name]);
}
