package dev.waymark.examples.authorizer;

import dev.waymark.api.ManagementAction;
import dev.waymark.spi.Authorizer;
import java.util.List;
import java.util.Set;

/**
 * Allows what is on a list of grants, and nothing else (ARS-6). A host gives it to {@link dev.waymark.api.ManagementGuard}:
 *
 * <pre>{@code
 * Authorizer authorizer = new GrantsAuthorizer(List.of(
 *         new GrantsAuthorizer.Grant("7c1f", Set.of(ManagementAction.READ), "/servers/hub")));
 * RouteServer guarded = new ManagementGuard(authorizer, "the handbook").as("7c1f", "/servers/hub", server);
 * }</pre>
 *
 * <p>Immutable.
 */
public final class GrantsAuthorizer implements Authorizer {
    private final List<Grant> grants;

    /**
     * What one client may do.
     *
     * @param client its object id
     * @param actions what it may do; no action includes another
     * @param scope on what, and on all below it
     */
    public record Grant(String client, Set<ManagementAction> actions, String scope) {
        /** Copies the set. */
        public Grant {
            actions = Set.copyOf(actions);
        }

        private boolean permits(String asker, ManagementAction action, String asked) {
            return client.equals(asker)
                    && actions.contains(action)
                    && (asked.equals(scope) || asked.startsWith(scope + "/"));
        }
    }

    /** Makes an authorizer that knows these grants. */
    public GrantsAuthorizer(List<Grant> grants) {
        this.grants = List.copyOf(grants);
    }

    @Override
    public boolean isAllowed(String client, ManagementAction action, String scope) {
        return grants.stream().anyMatch(grant -> grant.permits(client, action, scope));
    }
}
