import { IconSitemap } from "@tabler/icons-react";
import type { FieldInfo } from "../types";

// There is nothing to choose organisations with yet: they are shown, and writes leave them as they are.
const info: FieldInfo = { icon: IconSitemap, operators: [], width: 160 };

export default info;
