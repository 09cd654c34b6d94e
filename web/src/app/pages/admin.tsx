import { MailsPage } from "../../features/mails/page";
import { UsersPage } from "../../features/users/page";
import { staffPage } from "../staff";

export default staffPage(location.pathname.startsWith("/admin/mails") ? <MailsPage /> : <UsersPage />);
