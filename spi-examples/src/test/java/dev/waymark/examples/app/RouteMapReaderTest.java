package dev.waymark.examples.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.RouteMapRestrictions;
import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.api.route.Community;
import dev.waymark.policy.routemap.RouteMap;
import dev.waymark.policy.routemap.RouteMapAction;
import dev.waymark.policy.routemap.RouteMapCondition;
import dev.waymark.policy.routemap.RouteMapRule;
import dev.waymark.policy.routemap.RouteMapRule.Next;
import dev.waymark.spi.contract.LoopbackTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Route maps in the file of {@code waymark serve}. */
class RouteMapReaderTest {
    private static final String MINIMAL = "routerId: 10.0.0.4\n";

    private static RouteServerConfig read(String text) throws ConfigFileException {
        return ConfigReader.read("waymark.yaml", text, Providers.discover(), new LoopbackTransport())
                .server();
    }

    @Test
    @DisplayName("ARS-60: what stands in the file is what the API makes, and one map serves a peer and the server")
    void readsMaps() throws ConfigFileException {
        RouteServerConfig config = read(MINIMAL + """
                routeMaps:
                  - name: edge
                    rules:
                      - name: first
                        match:
                          - {prefixEquals: 0.0.0.0/0, communityEquals: [1:1, 1:2], asPathContains: 65001}
                          - {prefixContains: [10.0.0.0/8, "2001:db8::/32"], communityContains: NO_EXPORT}
                        then: {drop: true}
                      - name: second
                        match: {communityExact: [], asPathEquals: [65001, 65002]}
                        then: {asPathAdd: [100, 100], communityAdd: 2:2, communityRemove: [3:3], drop: false}
                        next: terminate
                      - name: third
                        then: {asPathReplace: [], communityReplace: [4:4]}
                      - name: fourth
                        match: {prefixContains: 20.1.0.0/16}
                        then: {prefixReplace: 20.0.0.0/8, asPathAdd: 100}
                  - name: open
                importPolicy: edge
                peers:
                  - {name: a, address: 10.0.0.5, asn: 65001, importPolicy: open, exportPolicy: edge}
                """);
        RouteMap expected = RouteMap.of(
                "edge",
                List.of(
                        RouteMapRule.builder("first")
                                .when(RouteMapCondition.prefixEquals(List.of(IpPrefix.parse("0.0.0.0/0"))))
                                .when(RouteMapCondition.communityEquals(
                                        List.of(Community.of(1, 1), Community.of(1, 2))))
                                .when(RouteMapCondition.asPathContains(List.of(Asn.of(65001))))
                                .when(RouteMapCondition.prefixContains(
                                        List.of(IpPrefix.parse("10.0.0.0/8"), IpPrefix.parse("2001:db8::/32"))))
                                .when(RouteMapCondition.communityContains(List.of(Community.NO_EXPORT)))
                                .then(RouteMapAction.drop())
                                .build(),
                        RouteMapRule.builder("second")
                                .when(RouteMapCondition.communityExact(List.of()))
                                .when(RouteMapCondition.asPathEquals(List.of(Asn.of(65001), Asn.of(65002))))
                                .then(RouteMapAction.asPathAdd(List.of(Asn.of(100), Asn.of(100))))
                                .then(RouteMapAction.communityAdd(List.of(Community.of(2, 2))))
                                .then(RouteMapAction.communityRemove(List.of(Community.of(3, 3))))
                                .next(Next.TERMINATE)
                                .build(),
                        RouteMapRule.builder("third")
                                .then(RouteMapAction.asPathReplace(List.of()))
                                .then(RouteMapAction.communityReplace(List.of(Community.of(4, 4))))
                                .build(),
                        RouteMapRule.builder("fourth")
                                .when(RouteMapCondition.prefixContains(List.of(IpPrefix.parse("20.1.0.0/16"))))
                                .then(RouteMapAction.prefixReplace(IpPrefix.parse("20.0.0.0/8")))
                                .then(RouteMapAction.asPathAdd(List.of(Asn.of(100))))
                                .build()));
        assertEquals(expected, config.importPolicy().orElseThrow());
        assertSame(
                config.importPolicy().orElseThrow(),
                config.peers().get(0).exportPolicy().orElseThrow());
        assertEquals(
                RouteMap.of("open", List.of()),
                config.peers().get(0).importPolicy().orElseThrow());
    }

    @Test
    @DisplayName("ARS-63: restrictions are those of the profile, and each can be changed")
    void readsRestrictions() throws ConfigFileException {
        assertEquals(RouteMapRestrictions.azure(), read(MINIMAL).routeMapRestrictions());
        assertEquals(
                RouteMapRestrictions.none(), read(MINIMAL + "profile: standard").routeMapRestrictions());
        RouteMapRestrictions changed = read(MINIMAL
                        + "routeMapRestrictions: {refusedPrepends: [1-9], protectedCommunities: 1:1, keepsNetworks: false}")
                .routeMapRestrictions();
        assertEquals("[1-9]", changed.refusedPrepends().toString());
        assertEquals(List.of(Community.of(1, 1)), changed.protectedCommunities());
        assertEquals(false, changed.keepsNetworks());
        RouteMapRestrictions sample = read(ServeCommand.sample()).routeMapRestrictions();
        assertEquals(
                RouteMapRestrictions.azure().refusedPrepends().toString(),
                sample.refusedPrepends().toString());
        assertEquals(RouteMapRestrictions.azure().protectedCommunities(), sample.protectedCommunities());
        assertTrue(sample.keepsNetworks());
    }

    private static String rule(String rule) {
        return MINIMAL + "routeMaps:\n  - name: m\n    rules:\n      - {name: r, " + rule + "}\nimportPolicy: m\n";
    }

    static Stream<List<String>> mistakes() {
        return Stream.of(
                List.of(MINIMAL + "routeMaps: [{rules: []}]", "2:13: routeMap.?.name is missing"),
                List.of(MINIMAL + "routeMaps: [{name: a b}]", "2:14: routeMap.name: 'a b' is not 1 to 64 of A-Z"),
                List.of(
                        MINIMAL + "routeMaps: [{name: a, rule: 1}]",
                        "2:23: routeMap.a.rule is not a setting: allowed are name, rules"),
                List.of(
                        MINIMAL + "routeMaps: [{name: a}, {name: a}]",
                        "2:24: routeMap.a: there is a policy of this name already"),
                List.of(
                        MINIMAL + "routeMaps: [{name: accept-all}]",
                        "2:13: routeMap.accept-all: there is a policy of this name already"),
                List.of(
                        MINIMAL + "routeMaps: [{name: a, rules: [{match: {}}]}]",
                        "2:31: routeMap.a.rule.?.name is missing"),
                List.of(
                        MINIMAL + "routeMaps: [{name: a, rules: [{name: r}, {name: r}]}]",
                        "2:42: routeMap.a.rule.r: is there twice; names are unique in a map [ARS-60]"),
                List.of(
                        MINIMAL + "routeMaps: [{name: a}]\nimportPolicy: b",
                        "3:15: importPolicy: 'b' is not valid: allowed is accept-all, reject-all, remove-private-as,"),
                List.of(
                        rule("next: stop"),
                        "5:25: routeMap.m.rule.r.next: 'stop' is not valid: allowed is continue, terminate"),
                List.of(
                        rule("when: {}"),
                        "5:19: routeMap.m.rule.r.when is not a setting: allowed are name, match, then, next"),
                List.of(
                        rule("match: {prefix: 10.0.0.0/8}"),
                        "5:27: routeMap.m.rule.r.match.prefix is not a setting: allowed are prefixEquals, prefixContains, "),
                List.of(rule("match: {prefixEquals: 10.0.0.1/8}"), "5:41: routeMap.m.rule.r.match.prefixEquals: "),
                List.of(
                        rule("match: {communityContains: [1:1, 70000:1]}"),
                        "5:52: routeMap.m.rule.r.match.communityContains: community \"70000:1\" is not valid"),
                List.of(rule("match: {asPathContains: [AS1x]}"), "5:44: routeMap.m.rule.r.match.asPathContains: "),
                List.of(
                        rule("match: {prefixEquals: []}"),
                        "5:41: routeMap.match.prefixEquals: 0 values are not in 1 to 1000000 [ARS-61]"),
                List.of(
                        rule("then: {asPathReplace: }"),
                        "5:40: asPathReplace wants a value or a list; where none shall be listed, []"),
                List.of(
                        rule("then: {drop: yes}"),
                        "5:32: routeMap.m.rule.r.then.drop: 'yes' is not valid: allowed is true or"),
                List.of(
                        rule("then: {drop: true, asPathAdd: 100}"),
                        "5:19: routeMap.rule.r.then: drops and changes a route"),
                List.of(
                        rule("then: {drop: true}, next: continue"),
                        "5:39: routeMap.rule.r.next: CONTINUE is not allowed after a drop"),
                List.of(
                        rule("then: {asPathAdd: 0}"),
                        "5:37: routeMap.then.asPathAdd: 0 is no AS number; use 1 to 4294967295 [RFC 7607 2]"),
                List.of(
                        rule("then: {asPathAdd: [100, 65001]}"),
                        "5:26: routeMap.m.rule.r.then.asPathAdd: 65001 is in 64512-65534, private (RFC 6996); use a"),
                List.of(
                        rule("then: {communityRemove: 65515:10000}"),
                        "5:26: routeMap.m.rule.r.then.communityRemove: 65515:10000 is protected"),
                List.of(
                        rule("match: {prefixEquals: 10.0.0.0/16}, then: {asPathAdd: 100}")
                                + "networks: {prefix: 10.0.0.0/16, nextHop: 10.0.0.4}",
                        "5:27: routeMap.m.rule.r.match.prefixEquals: 10.0.0.0/16 is a network of the server"),
                List.of(rule("then: {prefixReplace: 10.0.0.1/8}"), "5:41: routeMap.m.rule.r.then.prefixReplace: "),
                List.of(
                        rule("then: {prefixReplace: [10.0.0.0/8]}"),
                        "5:41: routeMap.m.rule.r.then.prefixReplace wants a single value"),
                List.of(
                        rule("match: {prefixEquals: [10.1.0.0/16, 11.1.0.0/16]}, then: {prefixReplace: 10.0.0.0/8}"),
                        "5:77: routeMap.rule.r.then.prefixReplace: 10.0.0.0/8 does not contain 11.1.0.0/16 of the rule's"),
                List.of(
                        rule("then: {prefixReplace: 10.1.0.0/16}")
                                + "networks: {prefix: 10.0.0.0/15, nextHop: 10.0.0.4}",
                        "5:26: routeMap.m.rule.r.then.prefixReplace: 10.1.0.0/16 is inside 10.0.0.0/15, a network of"),
                List.of(
                        MINIMAL + "routeMapRestrictions: {prepends: []}",
                        "2:24: routeMapRestrictions.prepends is not a setting: allowed are refusedPrepends, "));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    @DisplayName("ARS-60: a mistake in a route map is refused with line, column and what is allowed")
    void refusesMistakes(List<String> textAndProblem) {
        List<ConfigProblem> problems = assertThrows(ConfigFileException.class, () -> read(textAndProblem.get(0)))
                .problems();
        String expected = "waymark.yaml:" + textAndProblem.get(1);
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0).toString().startsWith(expected),
                () -> "expected " + expected + "\nbut there is " + problems);
    }

    @Test
    @DisplayName("the YAML in the README is read, and refers to nothing that is not there")
    void readmeIsRead() throws IOException, ConfigFileException {
        Path root = Path.of(System.getProperty("waymark.root", ".."));
        Matcher block = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(root.resolve("README.md")));
        int blocks = 0;
        while (block.find()) {
            RouteServerConfig config = read(MINIMAL + block.group(1));
            assertEquals(1, config.peers().size());
            blocks++;
        }
        assertEquals(1, blocks);
    }
}
