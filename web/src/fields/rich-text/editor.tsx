import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { EditorProps } from "../types";

// The editor is large and few forms have such a field.
const Writer = lazy(() => import("./writer"));

export default function RichTextEditor(p: EditorProps) {
  return (
    <Suspense fallback={<Skeleton height={160} />}>
      <Writer {...p} />
    </Suspense>
  );
}
