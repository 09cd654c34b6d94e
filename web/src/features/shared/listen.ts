import { eventsAddress } from "./api";

type News = {
  /** Someone wrote. */
  comment: () => void;
  /** The link was revoked or has expired. */
  closed: () => void;
  /** The server refuses to tell more; whoever listens should look whether the link still works. */
  refused: () => void;
};

/** How long to wait before listening again where the browser has given up. */
const pause = 15_000;

/** Listens to what happens to a link until the returned function is called. */
export function listen(token: string, news: News): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource(eventsAddress(token));
    source.addEventListener("comment", news.comment);
    source.addEventListener("closed", () => {
      source.close(); // or the browser would knock again and again at a door that is gone
      news.closed();
    });
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      news.refused();
      timer = setTimeout(open, pause);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
