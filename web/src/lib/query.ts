import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./http";

/** The cache of server data. A refusal is final; only a lost connection or a failing server is asked again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => count < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 502),
    },
    mutations: { retry: false },
  },
});
