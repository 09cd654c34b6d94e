import { ShareButton } from "../features/share/button";
import { SharePanel } from "../features/share/panel";
import type { ShareTarget } from "../features/share/target";
import { SharedSheet } from "../features/shared/sheet";
import type { SharedRecord } from "../lib/shared";

const Sheet = ({ record }: { record: SharedRecord }) => (
  <SharedSheet record={record} door={null} heading="h3" preview />
);

/** The pane "sharing" of a record: its links, with the outsider's own page as their preview. */
export const RecordSharing = (target: ShareTarget) => <SharePanel {...target} sheet={Sheet} />;

export { ShareButton };
