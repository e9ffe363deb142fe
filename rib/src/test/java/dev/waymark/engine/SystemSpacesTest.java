package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpAddress;
import dev.waymark.api.net.IpPrefix;
import dev.waymark.rib.PrefixTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which prefixes are inside the spaces of system routes. */
class SystemSpacesTest {
    static Stream<Long> seeds() {
        return IntStream.range(0, 20).mapToObj(i -> 41_000L + i);
    }

    private static IpPrefix prefix(Random random, AddressFamily family) {
        boolean isIpv4 = family == AddressFamily.IPV4_UNICAST;
        long high = (long) (random.nextInt(16) - 8) << 60 | (long) random.nextInt(64) << (isIpv4 ? 40 : 10);
        long low = isIpv4 ? 0 : random.nextLong();
        int length = random.nextInt(isIpv4 ? 33 : 129);
        return IpPrefix.ofMasked(new IpAddress(family, high, low), length);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName(
            "ARS-41: equal to or inside a space, whatever spaces there are, of both families: as asking each space")
    void agreesWithAskingEach(long seed) {
        Random random = new Random(seed);
        for (AddressFamily family : AddressFamily.values()) {
            PrefixTable prefixes = new PrefixTable(family, seed);
            for (int count = 0; count < 40; count++) {
                List<IpPrefix> spaces = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    spaces.add(prefix(
                            random, random.nextBoolean() ? AddressFamily.IPV4_UNICAST : AddressFamily.IPV6_UNICAST));
                }
                SystemSpaces tested = new SystemSpaces();
                tested.replace(spaces);
                assertEquals(spaces.isEmpty(), tested.isEmpty());
                for (int i = 0; i < 100; i++) {
                    IpPrefix asked =
                            i < count && spaces.get(i).family() == family ? spaces.get(i) : prefix(random, family);
                    int row = prefixes.findOrAdd(asked);
                    boolean expected = spaces.stream().anyMatch(space -> space.contains(asked));
                    assertEquals(expected, tested.contains(family, prefixes, row), () -> asked + " in " + spaces);
                }
            }
        }
    }

    @Test
    @DisplayName("ARS-41: it is told whether a change of spaces can change what is inside")
    void tellsChanges() {
        SystemSpaces spaces = new SystemSpaces();
        IpPrefix outer = IpPrefix.parse("10.0.0.0/8");
        IpPrefix inner = IpPrefix.parse("10.1.0.0/16");
        assertFalse(spaces.replace(List.of()));
        assertTrue(spaces.replace(List.of(outer)));
        assertFalse(spaces.replace(List.of(inner, outer, outer)));
        assertTrue(spaces.replace(List.of(inner)));
        assertTrue(spaces.replace(List.of()));
    }
}
