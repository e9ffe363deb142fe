package dev.waymark.engine;

/**
 * Waits until an update group is complete, then moves a session to it; until then the session stays where it is. A group
 * that loses its last member before is never complete: then the move begins anew. Confined to the engine loop.
 */
final class GroupMove implements Job {
    private final Membership membership;
    private final FamilyRib rib;
    private final Session session;
    private final UpdateGroup target;

    GroupMove(Membership membership, FamilyRib rib, Session session, UpdateGroup target) {
        this.membership = membership;
        this.rib = rib;
        this.session = session;
        this.target = target;
    }

    @Override
    public int run(int units) {
        return 0;
    }

    @Override
    public boolean isDone() {
        return !target.isBuilding() || !rib.groups().contains(target);
    }

    @Override
    public void finished() {
        if (session.isAlive()) {
            membership.regroupTo(rib, session, target);
        }
    }
}
