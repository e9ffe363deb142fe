package dev.waymark.engine;

import dev.waymark.api.RouteCounts;
import dev.waymark.api.net.IpAddress;
import dev.waymark.engine.model.Attrs;
import dev.waymark.engine.model.Setup;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often what matters was seen in histories, to show that they are not idle. */
final class ModelSightings {
    private final Map<String, Long> seen = new TreeMap<>();

    /** Returns how often something was seen. */
    long of(String what) {
        return seen.getOrDefault(what, 0L);
    }

    void count(String what) {
        seen.merge(what, 1L, Long::sum);
    }

    private void note(String what, boolean isSeen) {
        if (isSeen) {
            count(what);
        }
    }

    void counts(RouteCounts counts) {
        counts.rejected().forEach((reason, number) -> note("rejected " + reason, number > 0));
        note("treated as withdraw", counts.treatedAsWithdraw() > 0);
        note("ignored", counts.ignored() > 0);
        note("refused by limit", counts.refusedByLimit() > 0);
        note("admitted", counts.admitted() > 0);
        note("evicted", counts.evicted() > 0);
        note("replaced", counts.replaced() > 0);
    }

    void programmed(Collection<List<IpAddress>> nextHops) {
        note("ECMP", nextHops.stream().anyMatch(each -> each.size() > 1));
    }

    void sent(Collection<Attrs> all) {
        for (Attrs attrs : all) {
            note("reflected", !attrs.clusters().isEmpty());
            note("own AS prepended", attrs.path().contains(Setup.OWN_AS));
            note("LOCAL_PREF sent", attrs.localPref().isPresent());
            note("MED sent", attrs.med().isPresent());
            note("IPv6 sent", !attrs.nextHop().isIpv4());
            note("four-octet AS sent", attrs.path().stream().anyMatch(asn -> asn > 0xffff));
            note("unknown attribute sent", attrs.unknown().isPresent());
        }
    }

    /** What is told of limits ends with the action, or is a warning. */
    void limitEvent(String event) {
        note("TEAR_DOWN", event.endsWith("TEAR_DOWN"));
        note("DISCARD_NEW", event.endsWith("DISCARD_NEW"));
        note("WARN", event.endsWith("WARN"));
        note("warning", event.contains(" of "));
    }

    @Override
    public String toString() {
        return seen.toString();
    }
}
