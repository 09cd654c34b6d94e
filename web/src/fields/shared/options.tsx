import { Group, Stack } from "@mantine/core";
import type { ReactNode } from "react";

/** Options beside or below each other, as the field is set. */
export function Options({ align, children }: { align?: "HORIZONTAL" | "VERTICAL"; children: ReactNode }) {
  return align === "VERTICAL" ? (
    <Stack gap={8}>{children}</Stack>
  ) : (
    <Group gap="8px 20px" mih={36}>
      {children}
    </Group>
  );
}
