package dev.waymark.examples.app;

import dev.waymark.api.InstanceConfig;
import dev.waymark.api.TwinFinding;
import dev.waymark.api.TwinFinding.OneInstanceOnly;
import dev.waymark.api.TwinFinding.Prefixes;
import dev.waymark.api.TwinFinding.RoutesDiffer;
import dev.waymark.api.TwinFinding.SingleNva;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.examples.control.JsonLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes what the check of a pair has found as JSON, with a text for people. Stateless. */
final class FindingJson {
    private FindingJson() {}

    static JsonLine of(TwinFinding finding, List<InstanceConfig> instances) {
        JsonLine line = JsonLine.of("finding")
                .put("kind", Values.dashed(finding.kind()))
                .put("peer", finding.peer().name());
        return switch (finding.kind()) {
            case ONE_INSTANCE_ONLY -> {
                OneInstanceOnly only = (OneInstanceOnly) finding;
                yield line.put("up", only.up().name())
                        .put("down", only.down().name())
                        .put(
                                "text",
                                "has a session with " + named(only.up()) + " only, none with " + named(only.down()));
            }
            case ROUTES_DIFFER -> {
                RoutesDiffer differ = (RoutesDiffer) finding;
                yield line.put("family", differ.family())
                        .put("onlyOnFirst", prefixes(differ.onlyOnFirst()))
                        .put("onlyOnSecond", prefixes(differ.onlyOnSecond()))
                        .put("otherPath", prefixes(differ.otherPath()))
                        .put("text", text(differ, instances));
            }
            case SINGLE_NVA -> {
                SingleNva single = (SingleNva) finding;
                yield line.put("family", single.family())
                        .put("prefixes", prefixes(single.prefixes()))
                        .put("text", "is the only NVA for " + text(single.prefixes()));
            }
        };
    }

    private static String named(InstanceConfig instance) {
        return instance.name()
                + instance.zone().map(zone -> " (zone " + zone + ")").orElse("");
    }

    private static String text(RoutesDiffer differ, List<InstanceConfig> instances) {
        List<String> parts = new ArrayList<>();
        add(parts, differ.onlyOnFirst(), " only to " + instances.get(0).name());
        add(parts, differ.onlyOnSecond(), " only to " + instances.get(1).name());
        add(parts, differ.otherPath(), " with different AS paths");
        return "sends the two different " + differ.family() + " routes: " + String.join(", ", parts);
    }

    private static void add(List<String> parts, Prefixes prefixes, String how) {
        if (prefixes.count() > 0) {
            parts.add(text(prefixes) + how);
        }
    }

    private static String text(Prefixes prefixes) {
        return String.format(Locale.ROOT, "%,d", prefixes.count())
                + (prefixes.count() == 1 ? " prefix" : " prefixes")
                + prefixes.sample().stream()
                        .map(IpPrefix::toString)
                        .collect(Collectors.joining(
                                ", ", " (", prefixes.count() > prefixes.sample().size() ? ", ...)" : ")"));
    }

    private static JsonLine prefixes(Prefixes prefixes) {
        return JsonLine.empty().put("count", prefixes.count()).put("sample", prefixes.sample());
    }
}
