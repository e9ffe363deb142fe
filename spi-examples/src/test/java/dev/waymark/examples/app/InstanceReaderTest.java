package dev.waymark.examples.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.RouteServerConfig;
import dev.waymark.api.RouteServerPairConfig;
import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.spi.Transport;
import dev.waymark.spi.contract.LoopbackTransport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceReaderTest {
    private final Transport transport = new LoopbackTransport();

    @Test
    @DisplayName(
            "ARS-2: two instances, each with its own name, zone, addresses, router id and ports, all else in common")
    void takesInstances() throws ConfigFileException {
        ServeConfig config = read("""
                        name: hub
                        profile: standard
                        instances:
                          - {name: rs0, address: [10.0.1.4, "2001:db8::4"], listen: 10.0.1.4:179, routerId: 1.1.1.1, zone: "1"}
                          - {name: rs1, address: 10.0.1.5}
                        peers: {name: a, address: 10.0.0.5, asn: 65001}
                        control: /run/waymark/hub.sock
                        """);
        RouteServerPairConfig pair = config.pair().orElseThrow();
        assertEquals("hub", config.name());
        assertEquals(Optional.of("/run/waymark/hub.sock"), config.control());
        RouteServerConfig first = pair.instance(0);
        assertEquals("rs0 1.1.1.1", first.name() + " " + first.routerId());
        assertEquals(1, first.listen().size());
        assertEquals(Optional.of(IpAddress.parse("2001:db8::4")), first.localAddress(AddressFamily.IPV6_UNICAST));
        assertEquals(Optional.of("1"), pair.instances().get(0).zone());
        RouteServerConfig second = pair.instance(1);
        assertEquals("rs1 10.0.1.5", second.name() + " " + second.routerId());
        assertEquals(first.peers(), second.peers());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "{name: a, address: 10.0.0.4}~ instances: a pair has two, not 1",
                "[{name: a, address: 10.0.0.4}, {name: a, address: 10.0.0.5}]~ instance.a: is there twice",
                "[{name: a, address: 10.0.0.4}, {name: b, address: 10.0.0.4}]~ 10.0.0.4 is that of a",
                "[{name: a, address: 10.0.0.4}, {name: b}]~ instance.b.address is missing",
                "[{name: a, address: 10.0.0.4}, {address: 10.0.0.5}]~ name is missing",
                "[{name: a, address: 10.0.0.4, zone: ' '}, {name: b, address: 10.0.0.5}]~ instance.a.zone",
            })
    @DisplayName("ARS-2: what is wrong with instances is told where it stands")
    void refusesInstances(String yaml, String wanted) {
        List<ConfigProblem> problems = refused("instances: " + yaml);
        assertTrue(problems.get(0).message().contains(wanted), problems::toString);
        assertEquals(1, problems.get(0).line());
    }

    @Test
    @DisplayName("ARS-2: with instances, what each has of its own is not given to the whole")
    void refusesSharedAddress() {
        List<ConfigProblem> problems = refused("""
                instances: [{name: a, address: 10.0.0.4}, {name: b, address: 10.0.0.5}]
                listen: 10.0.0.4:179
                """);
        assertEquals(
                "waymark.yaml:2:9: listen is given to each of the instances, not to the whole",
                problems.get(0).toString());
    }

    private ServeConfig read(String text) throws ConfigFileException {
        return ConfigReader.read("waymark.yaml", text, Providers.discover(), transport);
    }

    private List<ConfigProblem> refused(String text) {
        return assertThrows(ConfigFileException.class, () -> read(text)).problems();
    }
}
