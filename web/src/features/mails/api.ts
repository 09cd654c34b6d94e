import { queryOptions } from "@tanstack/react-query";
import { http } from "../../lib/http";

export type Mail = { id: string; to: string | string[]; subject: string; at: string; state: string };
export type MailText = Mail & { text?: string; html?: string };

export const mailsQuery = queryOptions({
  queryKey: ["mails"],
  queryFn: async () => (await http.get<{ mails: Mail[] }>("/api/v1/admin/mails")).mails,
});

export const mailQuery = (id: string) =>
  queryOptions({
    queryKey: ["mails", id],
    queryFn: () => http.get<MailText>("/api/v1/admin/mail", { id }),
  });
