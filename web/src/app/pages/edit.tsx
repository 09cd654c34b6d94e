import { NewRecordPage } from "../../features/records/detail/new";
import { staffPage } from "../staff";

export default staffPage(<NewRecordPage />, { wide: true });
