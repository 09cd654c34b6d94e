import { useQuery } from "@tanstack/react-query";
import { RecordPage, type UseSharing } from "../../features/records/detail/page";
import { sharesQuery } from "../../features/share/api";
import { RecordSharing, ShareButton } from "../share";
import { staffPage } from "../staff";

/** What sharing adds to a record's screen. The outside lane of its comments is there while a link lets someone in. */
const useSharing: UseSharing = (at) => {
  const { data } = useQuery(sharesQuery(at.app, at.record));
  return {
    outside: data?.shares.some((s) => s.state === "active") ?? false,
    button: (open) => <ShareButton app={at.app} record={at.record} onClick={open} />,
    panel: <RecordSharing {...at} />,
  };
};

export default staffPage(<RecordPage useSharing={useSharing} />, { wide: true });
