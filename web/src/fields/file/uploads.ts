import { useEffect, useRef, useState } from "react";
import { http } from "../../lib/http";
import { t } from "../../lib/i18n";
import type { FileValue } from "../../lib/kintone";
import { problemText } from "../../lib/problem";
import { pictured } from "../shared/files";
import { uploadStarted } from "../shared/uploads";

type Upload = { id: number; name: string; share: number; cancel: () => void };

/** Sends files one by one or together; done is called with each one that arrived. */
export function useUploads(done: (file: FileValue) => void) {
  const [running, setRunning] = useState<Upload[]>([]);
  const [problems, setProblems] = useState<string[]>([]);
  const previews = useRef(new Map<string, string>());
  const next = useRef(0);

  useEffect(() => {
    const urls = previews.current;
    return () => {
      for (const url of urls.values()) URL.revokeObjectURL(url);
    };
  }, []);

  const start = async (file: File) => {
    const id = next.current++;
    const stop = new AbortController();
    const finished = uploadStarted();
    setProblems([]);
    setRunning((all) => [...all, { id, name: file.name, share: 0, cancel: () => stop.abort() }]);
    try {
      const { fileKey } = await http.upload<{ fileKey: string }>("/k/v1/file.json", file, {
        signal: stop.signal,
        onProgress: (share) => setRunning((all) => all.map((u) => (u.id === id ? { ...u, share } : u))),
      });
      if (pictured(file.type)) previews.current.set(fileKey, URL.createObjectURL(file));
      done({ fileKey, name: file.name, contentType: file.type, size: String(file.size) });
    } catch (error) {
      if (!stop.signal.aborted) setProblems((all) => [...all, `${file.name}: ${problemText(error, t)}`]);
    } finally {
      finished();
      setRunning((all) => all.filter((u) => u.id !== id));
    }
  };
  return { running, problems, start, preview: (fileKey: string) => previews.current.get(fileKey) };
}
