package dev.waymark.examples.app;

import dev.waymark.api.ConfigurationException;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.policy.routemap.RouteMap;
import dev.waymark.policy.routemap.RouteMapAction;
import dev.waymark.policy.routemap.RouteMapCondition;
import dev.waymark.policy.routemap.RouteMapRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the list of route maps; keys are the names of the kinds of conditions and actions. Confined to the reader. */
final class RouteMapReader {
    private final Providers providers;
    private final Problems problems;
    private final Map<String, RouteMap> maps = new LinkedHashMap<>();

    RouteMapReader(Providers providers, Problems problems) {
        this.providers = providers;
        this.problems = problems;
    }

    /** Returns the maps by name; one that is wrong is there without its rules, so that its name is known. */
    Map<String, RouteMap> maps() {
        return maps;
    }

    void map(Node node) {
        String name = PeerReader.name(node);
        String path = "routeMap." + name;
        Section section = new Section(path, node, problems);
        problems.placeElement(path, node);
        Optional<String> given = section.required("name", text -> text);
        List<RouteMapRule> rules = new ArrayList<>();
        section.eachNode("rules", rule -> rule(path, rule).ifPresent(rules::add));
        section.end();
        if (given.isEmpty()) {
            return;
        }
        if (maps.containsKey(name) || providers.policyNames().contains(name)) {
            problems.add(node, path + ": there is a policy of this name already; names of policies are unique");
            return;
        }
        maps.put(name, RouteMap.of("wrong", List.of()));
        try {
            maps.put(name, RouteMap.of(name, rules));
        } catch (ConfigurationException e) {
            tell(e.parameter().equals("routeMap.name") ? path + ".name" : e.parameter(), e);
        }
    }

    private Optional<RouteMapRule> rule(String map, Node node) {
        String path = map + ".rule." + PeerReader.name(node);
        Section section = new Section(path, node, problems);
        problems.placeElement(path, node);
        Optional<String> name = section.required("name", text -> text);
        RouteMapRule.Builder rule = RouteMapRule.builder(name.orElse("?"));
        section.eachNode("match", match -> conditions(new Section(path + ".match", match, problems), rule));
        section.section("then").ifPresent(then -> actions(then, rule));
        section.value("next", Values.oneOf(RouteMapRule.Next.class)).ifPresent(rule::next);
        section.end();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(rule.build());
        } catch (ConfigurationException e) {
            // A rule doesn't know its map's name.
            boolean isName = e.parameter().equals("routeMap.rule.name");
            tell(isName ? path + ".name" : map + e.parameter().substring("routeMap".length()), e);
            return Optional.empty();
        }
    }

    private void conditions(Section match, RouteMapRule.Builder rule) {
        for (RouteMapCondition.Kind kind : RouteMapCondition.Kind.values()) {
            String key = kind.toString();
            switch (kind) {
                case PREFIX_EQUALS -> part(match, key, IpPrefix::parse, RouteMapCondition::prefixEquals, rule::when);
                case PREFIX_CONTAINS ->
                    part(match, key, IpPrefix::parse, RouteMapCondition::prefixContains, rule::when);
                case COMMUNITY_EQUALS ->
                    part(match, key, Community::parse, RouteMapCondition::communityEquals, rule::when);
                case COMMUNITY_CONTAINS ->
                    part(match, key, Community::parse, RouteMapCondition::communityContains, rule::when);
                case COMMUNITY_EXACT ->
                    part(match, key, Community::parse, RouteMapCondition::communityExact, rule::when);
                case AS_PATH_EQUALS -> part(match, key, Asn::parse, RouteMapCondition::asPathEquals, rule::when);
                case AS_PATH_CONTAINS -> part(match, key, Asn::parse, RouteMapCondition::asPathContains, rule::when);
            }
        }
        match.end();
    }

    private void actions(Section then, RouteMapRule.Builder rule) {
        for (RouteMapAction.Kind kind : RouteMapAction.Kind.values()) {
            String key = kind.toString();
            switch (kind) {
                case DROP ->
                    then.value(key, Values::flag)
                            .filter(drops -> drops)
                            .ifPresent(drops -> rule.then(RouteMapAction.drop()));
                case PREFIX_REPLACE ->
                    then.value(key, IpPrefix::parse)
                            .map(RouteMapAction::prefixReplace)
                            .ifPresent(rule::then);
                case AS_PATH_REPLACE -> part(then, key, Asn::parse, RouteMapAction::asPathReplace, rule::then);
                case AS_PATH_ADD -> part(then, key, Asn::parse, RouteMapAction::asPathAdd, rule::then);
                case COMMUNITY_REPLACE ->
                    part(then, key, Community::parse, RouteMapAction::communityReplace, rule::then);
                case COMMUNITY_REMOVE -> part(then, key, Community::parse, RouteMapAction::communityRemove, rule::then);
                case COMMUNITY_ADD -> part(then, key, Community::parse, RouteMapAction::communityAdd, rule::then);
            }
        }
        then.end();
    }

    /** Reads a list of values, if the key is there, and makes a part of a rule of it. */
    private <V, P> void part(
            Section section, String key, ValueParser<V> parser, Function<List<V>, P> make, Consumer<P> taker) {
        Node where = section.take(key);
        if (where == null) {
            return;
        }
        if (Section.isNull(where)) {
            problems.add(where, key + " wants a value or a list; where none shall be listed, []");
            return;
        }
        int before = problems.size();
        List<V> values = section.list(key, parser).orElse(List.of());
        if (problems.size() > before) {
            return; // what is left of the list would be told to be too short
        }
        try {
            taker.accept(make.apply(values));
        } catch (ConfigurationException e) {
            problems.add(where, String.valueOf(e.getMessage()));
        }
    }

    private void tell(String parameter, ConfigurationException e) {
        problems.addAtParameter(parameter, String.valueOf(e.getMessage()));
    }
}
