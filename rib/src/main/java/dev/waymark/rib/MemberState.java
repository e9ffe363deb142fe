package dev.waymark.rib;

/** How a member of an update group keeps up. */
public enum MemberState {
    /** It was sent all that the group was, and takes the group's messages. */
    LIVE,
    /** It is owed rows; it takes the group's messages, and what is left of its window is for what it is owed. */
    FOLLOWING,
    /** Its window is full: what changes is noted as owed. */
    BLOCKED
}
