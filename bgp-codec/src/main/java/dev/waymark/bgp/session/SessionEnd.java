package dev.waymark.bgp.session;

import dev.waymark.bgp.message.NotificationMessage;
import java.util.Optional;

/**
 * Why a connection ended, in types and in words (ARS-72). Immutable.
 *
 * @param cause what it was
 * @param notification the NOTIFICATION that was sent; or received, if the cause is
 *     {@link EndCause#NOTIFICATION_RECEIVED}; empty if there was none
 * @param text what an operator is told, with the rule or RFC where one was broken; free of control characters
 */
public record SessionEnd(EndCause cause, Optional<NotificationMessage> notification, String text) {}
