import { http } from "../../lib/http";

export type Me = {
  id: string;
  code: string;
  name: string;
  email: string;
  locale: string;
  timezone: string;
  admin: boolean;
};

export type SetupForm = {
  secret: string;
  name: string;
  login: string;
  password: string;
  company: string;
  locale: string;
  timezone: string;
};

export const meQuery = { queryKey: ["me"], queryFn: () => http.get<Me>("/api/v1/me") };

export const login = (login: string, password: string) =>
  http.post("/api/v1/login", { login, password }, { anonymous: true });

export const logout = () => http.post("/api/v1/logout");

export const setup = (form: SetupForm) => http.post("/api/v1/setup", form, { anonymous: true });

export const changeMe = (change: Partial<Pick<Me, "name" | "email" | "locale" | "timezone">>) =>
  http.put<Me>("/api/v1/me", change);

export const changePassword = (current: string, next: string) => http.put("/api/v1/me/password", { current, next });
