import "@mantine/tiptap/styles.layer.css";
import { RichTextEditor } from "@mantine/tiptap";
import { useEditor } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { FieldError } from "../../ui/errors";
import { textOf } from "../shared/input";
import type { EditorProps } from "../types";

/** A text with headings, lists, links and emphasis. An empty text is "", not an empty paragraph. */
export default function Writer(p: EditorProps) {
  const { t } = useTranslation();
  const html = textOf(p);
  const known = useRef(html); // what the editor holds, as it was given or as it told us
  const editor = useEditor({
    extensions: [StarterKit.configure({ link: { openOnClick: false } })],
    content: html,
    onUpdate: ({ editor: e }) => {
      known.current = e.isEmpty ? "" : e.getHTML();
      p.onChange(known.current);
    },
    editorProps: {
      attributes: {
        id: p.id,
        role: "textbox",
        "aria-multiline": "true",
        ...(p.compact ? { "aria-label": p.field.label } : { "aria-labelledby": `${p.id}-label` }),
      },
    },
  });
  useEffect(() => {
    if (!editor || editor.isDestroyed || html === known.current) return;
    known.current = html; // from outside the editor: a kept draft, or the other side of a conflict
    editor.commands.setContent(html, { emitUpdate: false });
  }, [editor, html]);
  const labels = {
    boldControlLabel: t("fields.rich.bold"),
    italicControlLabel: t("fields.rich.italic"),
    underlineControlLabel: t("fields.rich.underline"),
    strikeControlLabel: t("fields.rich.strike"),
    h2ControlLabel: t("fields.rich.h2"),
    h3ControlLabel: t("fields.rich.h3"),
    bulletListControlLabel: t("fields.rich.bullets"),
    orderedListControlLabel: t("fields.rich.numbers"),
    blockquoteControlLabel: t("fields.rich.quote"),
    linkControlLabel: t("fields.rich.link"),
    unlinkControlLabel: t("fields.rich.unlink"),
    linkEditorInputLabel: t("fields.rich.linkAddress"),
    linkEditorInputPlaceholder: "https://",
    linkEditorSave: t("common.save"),
    linkEditorExternalLink: t("fields.rich.linkNewTab"),
    linkEditorInternalLink: t("fields.rich.linkSameTab"),
    clearFormattingControlLabel: t("fields.rich.plain"),
  };
  return (
    <>
      <RichTextEditor editor={editor} labels={labels}>
        <RichTextEditor.Toolbar>
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.Bold />
            <RichTextEditor.Italic />
            <RichTextEditor.Underline />
            <RichTextEditor.Strikethrough />
            <RichTextEditor.ClearFormatting />
          </RichTextEditor.ControlsGroup>
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.H2 />
            <RichTextEditor.H3 />
            <RichTextEditor.BulletList />
            <RichTextEditor.OrderedList />
            <RichTextEditor.Blockquote />
          </RichTextEditor.ControlsGroup>
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.Link />
            <RichTextEditor.Unlink />
          </RichTextEditor.ControlsGroup>
        </RichTextEditor.Toolbar>
        <RichTextEditor.Content />
      </RichTextEditor>
      <FieldError id={`${p.id}-error`} messages={p.error ? [p.error] : undefined} />
    </>
  );
}
