import { lazy, useMemo } from "react";
import { DesignerPage } from "../../features/designer/page";
import { RecordEdit } from "../../features/records/form/edit";
import { enteredValues, useFormState } from "../../features/records/form/state";
import type { Fields, LayoutItem } from "../../lib/kintone";
import { staffPage } from "../staff";

const FilterDialog = lazy(() => import("../../features/records/list/filter-dialog"));

/** The form that records are written with, with nothing behind it. */
function FormPreview({ fields, layout }: { fields: Fields; layout: LayoutItem[] }) {
  const form = useFormState(useMemo(() => enteredValues(fields), [fields]));
  return <RecordEdit layout={layout} fields={fields} form={form} />;
}

export default staffPage(<DesignerPage FormPreview={FormPreview} FilterDialog={FilterDialog} />, { wide: true });
