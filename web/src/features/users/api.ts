import { queryOptions } from "@tanstack/react-query";
import { http } from "../../lib/http";

export type User = {
  id: string;
  code: string;
  name: string;
  email: string | null;
  locale: string | null;
  timezone: string | null;
  valid: boolean;
  /** Until when wrong passwords have locked the account, where the server says so. */
  lockedUntil?: string | null;
};
export type UserForm = {
  code: string;
  name: string;
  email: string;
  locale: string;
  timezone: string;
  password?: string;
};

const pageSize = 100;

/** Everyone with an account, read to the end: a company's list is short, and searching it must not miss anybody. */
export const usersQuery = queryOptions({
  queryKey: ["users"],
  queryFn: async () => {
    const all: User[] = [];
    for (;;) {
      const { users } = await http.get<{ users: User[] }>("/v1/users.json", { size: pageSize, offset: all.length });
      all.push(...users);
      if (users.length < pageSize) return all;
    }
  },
});

export const addUser = (user: UserForm) => http.post("/v1/users.json", { users: [{ ...user, valid: true }] });
export const changeUser = ({ password: _, ...user }: UserForm) => http.put("/v1/users.json", { users: [user] });
export const suspendUser = (code: string, suspended: boolean) => http.put("/api/v1/users/suspend", { code, suspended });
export const unlockUser = (code: string) => http.post("/api/v1/users/unlock", { code });
