import { ShareButton } from "../features/share/button";
import { SharePanel } from "../features/share/panel";
import type { ShareTarget } from "../features/share/target";
import { SharedSheet } from "../features/shared/sheet";
import { address } from "../lib/http";
import type { SharedRecord } from "../lib/shared";

// The very same page; only its files are fetched as staff fetch them.
const door = (fileKey: string, size?: number) =>
  size ? address("/api/v1/thumbnail", { fileKey, size }) : address("/k/v1/file.json", { fileKey });
const Sheet = ({ record }: { record: SharedRecord }) => (
  <SharedSheet record={record} door={door} heading="h3" preview />
);

/** The pane "sharing" of a record: its links, with the outsider's own page as their preview. */
export const RecordSharing = (target: ShareTarget) => <SharePanel {...target} sheet={Sheet} />;

export { ShareButton };
