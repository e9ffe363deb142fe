package dev.waymark.api;

import org.jspecify.annotations.Nullable;

/** A client may not do what it asked for (ARS-6); nothing was done. */
public final class NotAuthorizedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String client;
    private final String action;
    private final String scope;

    NotAuthorizedException(String client, String action, String scope, String help, @Nullable Throwable cause) {
        super(
                "The client with object ID " + client + " doesn't have authorization to perform action " + action
                        + " over scope " + scope + " or the scope is invalid. For details on the required permissions,"
                        + " please visit " + help
                        + ". If access was recently granted, please refresh your credentials.",
                cause);
        this.client = client;
        this.action = action;
        this.scope = scope;
    }

    /** Returns the object id of the client. */
    public String client() {
        return client;
    }

    /** Returns the action as text, see {@link ManagementAction#toString()}. */
    public String action() {
        return action;
    }

    /** Returns what it was to be done to. */
    public String scope() {
        return scope;
    }
}
