import { createFileRoute } from "@tanstack/react-router";
import { UserPage } from "@/features/users/UserPage";

export const Route = createFileRoute("/admin/users/$id")({ component: UserRoute });

function UserRoute() {
  const { id } = Route.useParams();
  return <UserPage key={id} id={id} />;
}
