import { LatestNotices } from "../../features/notifications/latest";
import { NotificationsPage } from "../../features/notifications/page";
import { PortalPage } from "../../features/portal/page";
import { MyPage } from "../../features/session/me";
import { useRawHash } from "../../lib/location";
import { staffPage } from "../staff";

/** /k/ and the pages under its hash. */
function Home() {
  const hash = useRawHash();
  if (hash.startsWith("/ntf")) return <NotificationsPage />;
  if (hash.startsWith("/me")) return <MyPage />;
  return <PortalPage notices={<LatestNotices />} />;
}

export default staffPage(<Home />);
