package dev.waymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.api.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName(
        "Tidying up: rows and attribute sets that nobody uses any more go when nothing waits, or when they get many")
class TidyingTest {
    private static final int MANY = 2_000;
    /** What may wait with a small table: 4,096, and a sixteenth of what there is. */
    private static final int MAY_WAIT = 4_096 + 1_024;

    private final Speaker a = Speaker.of("a", 65001, "10.0.1.1");
    private final Speaker b = Speaker.of("b", 65002, "10.0.1.2");
    private final CoreHarness net = new CoreHarness(RouteExchangeTest.azure(a, b)
            .limits(limits -> limits.withRouteLimit(Optional.empty()))
            .build());

    @BeforeEach
    void connect() {
        net.connect(a);
        net.connect(b);
    }

    @Test
    @DisplayName("while input waits, withdrawals go out at once and what they leave stays for later")
    void putsOff() {
        announce(prefixes(0));
        net.settle();
        withdraw(prefixes(0));
        net.feed(new Input.Turn(MANY, true));
        assertEquals(Set.of(), b.routes.keySet(), "what changed is not put off");
        assertTrue(rows() > MANY - 100, () -> "rows: " + rows());
        assertTrue(sets() > MANY - 100, () -> "sets: " + sets());
        net.settle();
        assertEquals(0, rows());
        assertEquals(0, sets());
    }

    @Test
    @DisplayName("what is announced again before it was tidied up is as it was")
    void comesBack() {
        announce(prefixes(0));
        net.settle();
        for (int round = 0; round < 3; round++) {
            withdraw(prefixes(0));
            net.feed(new Input.Turn(MANY, true));
            announce(prefixes(0));
            net.feed(new Input.Turn(MANY, true));
            assertEquals(Set.copyOf(prefixes(0)), b.routes.keySet());
        }
        net.settle();
        assertEquals(MANY, rows());
        assertEquals(MANY, sets());
        assertEquals(Set.copyOf(prefixes(0)), b.routes.keySet());
    }

    @Test
    @DisplayName("what one change leaves is gone after its own turn")
    void singleChange() {
        announce(prefixes(0).subList(0, 10));
        net.settle();
        withdraw(prefixes(0).subList(0, 10));
        net.feed(new Input.Turn(0, true));
        assertEquals(0, rows());
        assertEquals(0, sets());
    }

    @Test
    @DisplayName("what changed goes out at once when it is flushed, and the turn after that tidies up")
    void flushFirst() {
        announce(prefixes(0).subList(0, 10));
        net.feed(new Input.Flush());
        assertEquals(Set.copyOf(prefixes(0).subList(0, 10)), b.routes.keySet());
        net.settle();
        withdraw(prefixes(0).subList(0, 10));
        net.feed(new Input.Flush());
        assertEquals(Set.of(), b.routes.keySet());
        assertEquals(10, rows());
        net.feed(new Input.Turn(0, true));
        assertEquals(0, rows());
    }

    @Test
    @DisplayName("input without end, always of other prefixes and attributes, does not make the tables grow")
    void staysBounded() {
        for (int round = 0; round < 20; round++) {
            announce(prefixes(round));
            net.feed(new Input.Turn(MANY, true));
            withdraw(prefixes(round));
            net.feed(new Input.Turn(MANY, true));
            assertTrue(rows() <= MAY_WAIT + MANY, () -> "rows: " + rows());
            assertTrue(sets() <= MAY_WAIT + MANY, () -> "sets: " + sets());
        }
        net.settle();
        assertEquals(0, rows());
        assertEquals(0, sets());
    }

    private int rows() {
        return net.core.tables().ribs().get(0).prefixes().size();
    }

    private int sets() {
        return net.core.tables().attributes().size();
    }

    private void announce(List<IpPrefix> prefixes) {
        for (IpPrefix prefix : prefixes) {
            String path = "65001 " + (1 + (prefix.high() >>> 40 & 0xffff)) + " " + (1 + (prefix.high() >>> 56));
            net.say(a, a.announce(RouteExchangeTest.path(path, "10.0.1.1"), prefix));
        }
    }

    private void withdraw(List<IpPrefix> prefixes) {
        for (int i = 0; i < prefixes.size(); i += 500) {
            net.say(a, a.withdraw(prefixes.subList(i, Math.min(i + 500, prefixes.size()))));
        }
    }

    private static List<IpPrefix> prefixes(int round) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            prefixes.add(IpPrefix.parse((20 + round) + "." + (i >> 8) + "." + (i & 0xff) + ".0/24"));
        }
        return prefixes;
    }
}
