import { ImportPage } from "../../features/import/page";
import { staffPage } from "../staff";

export default staffPage(<ImportPage />, { wide: true });
