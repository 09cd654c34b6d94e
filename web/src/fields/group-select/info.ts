import { IconUsersGroup } from "@tabler/icons-react";
import type { FieldInfo } from "../types";

const info: FieldInfo = { icon: IconUsersGroup, operators: [], width: 160 };

export default info;
