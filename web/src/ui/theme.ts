import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const indigo: MantineColorsTuple = [
  "#e6eef4",
  "#cfdeea",
  "#b3d3ee",
  "#8dbbe0",
  "#649bc8",
  "#4480b0",
  "#2f6796",
  "#1d4f7c",
  "#143b5e",
  "#0c2a45",
];
const kaki: MantineColorsTuple = [
  "#fcebe0",
  "#f9d8c4",
  "#f7b491",
  "#f2996b",
  "#e67a45",
  "#d8642c",
  "#c5521f",
  "#b2441a",
  "#8f3412",
  "#6e260b",
];
const gray: MantineColorsTuple = [
  "#f7f3ea",
  "#f2ede2",
  "#e9e2d4",
  "#ddd5c6",
  "#c4baa7",
  "#a79d8a",
  "#8f8675",
  "#615b50",
  "#3f3a32",
  "#26231d",
];
// Mantine's dark scheme paints with this scale, so it is warm ink rather than blue-grey.
const dark: MantineColorsTuple = [
  "#ece7dc",
  "#b9b2a3",
  "#9f9889",
  "#878172",
  "#3e3b34",
  "#34312b",
  "#2b2925",
  "#23221e",
  "#1b1a17",
  "#131210",
];

/** Mantine in our language: 36 px controls with 14 px text, one accent, no shouting. */
export const theme = createTheme({
  colors: { indigo, kaki, gray, dark },
  primaryColor: "indigo",
  primaryShade: { light: 7, dark: 6 },
  black: "#26231d",
  white: "#fffdf9",
  fontFamily: "var(--font)",
  headings: { fontFamily: "var(--font)", fontWeight: "650" },
  lineHeights: { xs: "1.6", sm: "1.6", md: "1.6", lg: "1.6", xl: "1.6" },
  defaultRadius: "sm",
  radius: { sm: "6px" },
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    Button: { styles: { label: { fontWeight: 500 } } },
    Badge: { styles: { root: { textTransform: "none" }, label: { fontWeight: 500 } } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35 } } },
    Menu: { defaultProps: { shadow: "md", position: "bottom-end", withinPortal: true } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true } },
    Loader: { defaultProps: { type: "dots" } },
    InputWrapper: {
      defaultProps: { inputWrapperOrder: ["label", "description", "input", "error"] },
      styles: { label: { marginBottom: 4, fontSize: 13, fontWeight: 400 }, error: { fontSize: 13 } },
    },
  },
});

/** Makes Mantine's own surfaces use our tokens. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-body": "var(--sheet)",
    "--mantine-color-dimmed": "var(--ink-soft)",
    "--mantine-color-error": "var(--danger)",
    "--mantine-color-default": "var(--sheet)",
    "--mantine-color-default-hover": "var(--sunken)",
    "--mantine-color-default-border": "var(--edge)",
    "--mantine-color-placeholder": "var(--ink-faint)",
    "--mantine-color-anchor": "var(--indigo)",
  };
  return { variables: {}, light: shared, dark: shared };
};
