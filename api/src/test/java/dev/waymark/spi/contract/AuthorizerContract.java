package dev.waymark.spi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.ManagementAction;
import dev.waymark.spi.Authorizer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link Authorizer} must do: rules A1 to A4. */
public abstract class AuthorizerContract {
    /** A client that {@link #create()} grants one thing. */
    protected static final String READER = "reader";

    /** Another client. */
    protected static final String PEER_ADMINISTRATOR = "peer-administrator";

    /** What both have it for. */
    protected static final String SCOPE = "/servers/hub";

    /**
     * Returns an authorizer that grants {@link #READER} {@link ManagementAction#READ}, and {@link #PEER_ADMINISTRATOR} {@link
     * ManagementAction#PEER_WRITE}, for {@link #SCOPE} and what is below it; nothing else to anybody.
     */
    protected abstract Authorizer create();

    private static List<String> clients() {
        return List.of(
                READER, PEER_ADMINISTRATOR, "", " ", "READER", "reader ", "nobody", "*", "\u0000", "x".repeat(10_000));
    }

    private static List<String> scopes() {
        return List.of(SCOPE, SCOPE + "/peers/nva1", SCOPE + "/instances/rs0/peers/nva1", "", "/", "*", "/servers");
    }

    private static List<Boolean> answers(Authorizer authorizer) {
        List<Boolean> answers = new ArrayList<>();
        for (String client : clients()) {
            for (String scope : scopes()) {
                for (ManagementAction action : ManagementAction.values()) {
                    answers.add(authorizer.isAllowed(client, action, scope));
                }
            }
        }
        return answers;
    }

    @Test
    @DisplayName("A1: the same questions get the same answers, again and on other threads")
    void sameAnswers() {
        Authorizer authorizer = create();
        List<Boolean> first = answers(authorizer);
        List<CompletableFuture<List<Boolean>>> others = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            others.add(CompletableFuture.supplyAsync(() -> answers(authorizer)));
        }
        others.forEach(other -> assertEquals(first, other.join()));
    }

    @Test
    @DisplayName("A2: clients that are not known may do nothing, and nothing is thrown for odd ones")
    void unknownClients() {
        Authorizer authorizer = create();
        for (String client : clients().subList(2, clients().size())) {
            for (String scope : scopes()) {
                for (ManagementAction action : ManagementAction.values()) {
                    assertFalse(authorizer.isAllowed(client, action, scope), () -> client + " " + action + " " + scope);
                }
            }
        }
    }

    @Test
    @DisplayName("A3: who may read may only read, who may administer peers may not read")
    void separateActions() {
        Authorizer authorizer = create();
        for (String scope : List.of(SCOPE, SCOPE + "/peers/nva1")) {
            for (ManagementAction action : ManagementAction.values()) {
                assertEquals(action == ManagementAction.READ, authorizer.isAllowed(READER, action, scope));
                assertEquals(
                        action == ManagementAction.PEER_WRITE, authorizer.isAllowed(PEER_ADMINISTRATOR, action, scope));
            }
        }
    }

    @Test
    @DisplayName("A4: a scope is granted with what is below it, not with what begins alike or is above it")
    void wholeScopes() {
        Authorizer authorizer = create();
        assertTrue(authorizer.isAllowed(READER, ManagementAction.READ, SCOPE + "/instances/rs0"));
        for (String other : List.of(SCOPE + "2", SCOPE + "-test/peers/a", "/servers", "/", "", "servers/hub")) {
            assertFalse(authorizer.isAllowed(READER, ManagementAction.READ, other), other);
        }
    }
}
