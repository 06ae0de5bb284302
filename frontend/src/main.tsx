import "./styles/app.css";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Provider } from "urql";
import { makeRouter } from "./app/router";
import { createClient } from "./graphql/client";
import { watchSystemTheme } from "./lib/theme";

watchSystemTheme();

// A session that ends while the page is open: reload, so that the guard asks for a new one and nothing of the old stays in memory.
const client = createClient({ onSignedOut: () => location.pathname !== "/sign-in" && location.reload() });
const router = makeRouter(client);

// A deploy replaced the chunk that this tab would load next.
window.addEventListener("vite:preloadError", () => location.reload());

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <Provider value={client}>
        <RouterProvider router={router} />
      </Provider>
    </StrictMode>,
  );
