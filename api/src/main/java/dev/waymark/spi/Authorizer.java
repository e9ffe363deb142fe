package dev.waymark.spi;

import dev.waymark.api.ManagementAction;

/**
 * Says who may manage what (ARS-6). A host that wants its route servers guarded gives one to {@link
 * dev.waymark.api.ManagementGuard}; nothing else asks it, and it is not looked up.
 *
 * <p>Called on the thread that makes the management call, perhaps by several at once. If it throws, the call is refused with what
 * it threw as the cause.
 *
 * <ol>
 *   <li>A1: the same question gets the same answer, on any thread, as long as nobody changes what is granted.
 *   <li>A2: who is not known may do nothing; this is said, not thrown, whatever the client's id and the scope are.
 *   <li>A3: to be allowed to read is not to be allowed to administer peers, nor the other way round, unless both are granted.
 *   <li>A4: what is granted for one scope is not granted for one whose name merely begins with it.
 * </ol>
 */
@FunctionalInterface
public interface Authorizer {
    /**
     * Tells whether a client may do something.
     *
     * @param client the object id of the client, as the host knows it
     * @param action what it wants to do
     * @param scope on what: the scope that the host gave to the guard, with {@code /peers/name}, {@code /vpnGateways/name} or
     *     {@code /instances/name} behind it where the call is about one
     */
    boolean isAllowed(String client, ManagementAction action, String scope);
}
