import { RecordPage } from "../../features/records/detail/page";
import { staffPage } from "../staff";

const useSharing = () => undefined;

export default staffPage(<RecordPage useSharing={useSharing} />, { wide: true });
