package dev.waymark.engine;

import dev.waymark.api.ServerEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts what a change of policy needs: stored routes judged again, groups evaluated again. Confined to the engine loop. */
final class PolicyReviews {
    private final List<FamilyRib> ribs;
    private final Slots slots;
    private final ImportRules rules;
    private final ImportAggregates aggregates;
    private final EventBursts bursts;
    private final Jobs jobs;
    private final Outbox out;
    private @Nullable PolicyReview running;

    PolicyReviews(
            List<FamilyRib> ribs,
            Slots slots,
            ImportRules rules,
            ImportAggregates aggregates,
            EventBursts bursts,
            Jobs jobs,
            Outbox out) {
        this.ribs = ribs;
        this.slots = slots;
        this.rules = rules;
        this.aggregates = aggregates;
        this.bursts = bursts;
        this.jobs = jobs;
        this.out = out;
    }

    /** The import policy of one or all peers changed. */
    void imports(long version) {
        PolicyReview before = running;
        if (before != null) {
            before.supersede();
        }
        PolicyReview review = new PolicyReview(ribs, slots, rules, aggregates, bursts, out, version);
        running = review;
        jobs.add(review);
    }

    /** The export policy of one or all groups changed; they are being built anew. */
    void exports(long version) {
        jobs.add(new GroupsBuilt(version));
    }

    /** Waits until every group has been evaluated. */
    private final class GroupsBuilt implements Job {
        private final long version;

        GroupsBuilt(long version) {
            this.version = version;
        }

        @Override
        public int run(int units) {
            return 0;
        }

        @Override
        public boolean isDone() {
            for (FamilyRib rib : ribs) {
                for (UpdateGroup group : rib.groups()) {
                    if (group.isBuilding()) {
                        return false;
                    }
                }
            }
            return true;
        }

        @Override
        public void finished() {
            out.add(new Output.Publish(new ServerEvent.PolicyApplied(version)));
        }
    }
}
