import { rememberApp } from "../../features/portal/stars";
import { ListPage } from "../../features/records/list/page";
import { boot } from "../../lib/boot";
import { staffPage } from "../staff";

const app = boot().app?.id;
if (app) rememberApp(app);

export default staffPage(<ListPage />, { wide: true });
