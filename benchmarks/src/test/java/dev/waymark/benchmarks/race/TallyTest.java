package dev.waymark.benchmarks.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.waymark.benchmarks.UpdateCorpus;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A receiver that is told too little, too much or something else is caught; peer 0 is told what peers 1 and 2 announce. */
class TallyTest {
    private static final int ROUTES = 200;
    private static final Course COURSE = new Course(3, ROUTES);
    private static final String MARKER = "ff".repeat(16);

    private final Tally tally = new Tally(COURSE, 0);

    @BeforeEach
    void tellWhatOthersAnnounce() {
        assertFalse(tally.isComplete());
        tell(tally, COURSE.stream(1));
        assertFalse(tally.isComplete());
        tell(tally, COURSE.stream(2));
        assertTrue(tally.isComplete(), tally::faults);
        assertEquals("", tally.faults());
    }

    @Test
    void listenerMustHoldAllRoutes() {
        Course course = new Course(1, ROUTES);
        Tally listener = new Tally(course, 1);
        assertEquals(ROUTES, course.wanted(1));
        assertEquals(0, course.wanted(0));
        assertEquals(ROUTES + " missing (" + course.prefix(0) + ")", listener.faults());
    }

    @Test
    void missingRouteIsCaught() {
        tell(tally, withdrawal(firstRouteOf(1)));
        expect("1 missing (" + COURSE.prefix(firstRouteOf(1)) + ")");
        tell(tally, COURSE.stream(1));
        assertTrue(tally.isComplete());
    }

    @Test
    void ownRouteIsCaughtAlsoIfItMakesUpForAMissingOne() {
        tell(tally, firstUpdateOf(0));
        assertTrue(tally.faults().matches("\\d+ of its own \\(\\S+\\)"), tally::faults);
        int own = Integer.parseInt(tally.faults().replaceAll(" .*", ""));
        for (int i = 0; i < own; i++) {
            tell(tally, withdrawal(firstRouteOf(2) + i));
        }
        assertTrue(tally.faults().startsWith(own + " missing"), tally::faults);
        assertFalse(tally.isComplete());
    }

    @Test
    void routeThatNobodyAnnouncesIsCaught() {
        byte[] update = firstUpdateOf(1);
        byte[] extra = Arrays.copyOf(update, update.length + 3);
        extra[16] = (byte) (extra.length >>> 8);
        extra[17] = (byte) extra.length;
        extra[update.length] = 16; // 10.1.0.0/16
        extra[update.length + 1] = 10;
        extra[update.length + 2] = 1;
        tell(tally, extra);
        expect("1 extra (10.1.0.0/16)");
        tell(tally, hex("001a 02 0003 100a01 0000"));
        assertTrue(tally.isComplete());
    }

    @Test
    void everyChangeOfAnAttributeIsCaught() {
        byte[] update = firstUpdateOf(1);
        int begin = 23; // behind the lengths
        int end = begin + (update[21] & 0xff) * 256 + (update[22] & 0xff);
        for (int at = begin; at < end; at++) {
            byte[] changed = update.clone();
            changed[at] ^= 0x40;
            Tally other = new Tally(COURSE, 0);
            tell(other, COURSE.stream(1));
            tell(other, COURSE.stream(2));
            tell(other, changed);
            assertFalse(other.isComplete(), "octet " + at);
        }
    }

    @Test
    void attributeThatIsAddedIsCaught() {
        byte[] update = firstUpdateOf(1);
        byte[] longer = new byte[update.length + 7];
        System.arraycopy(update, 0, longer, 0, 23);
        System.arraycopy(HexFormat.of().parseHex("c0630400000001"), 0, longer, 23, 7); // type 99
        System.arraycopy(update, 23, longer, 30, update.length - 23);
        longer[17] = (byte) (longer[17] + 7);
        longer[22] = (byte) (longer[22] + 7);
        tell(tally, longer);
        assertTrue(tally.faults().contains("with other attributes than announced"), tally::faults);
    }

    @Test
    void illegibleUpdateIsCaught() {
        tell(tally, hex("0017 02 0005 0000"));
        expect("1 illegible UPDATEs");
    }

    @Test
    void endOfRibMeansNothing() {
        tell(tally, hex("0017 02 0000 0000"));
        assertTrue(tally.isComplete());
    }

    @Test
    void orderOfAttributesAndCommunitiesMeansNothing() {
        byte[] one = HexFormat.of().parseHex("40010100" + "c00808" + "00010002" + "00030004");
        byte[] other = HexFormat.of().parseHex("d0080008" + "00030004" + "00010002" + "40010100");
        byte[] changed = HexFormat.of().parseHex("d0080008" + "00030002" + "00010004" + "40010100");
        long expected = Fingerprint.of(one, 0, one.length);
        assertEquals(expected, Fingerprint.of(other, 0, other.length));
        assertFalse(expected == Fingerprint.of(changed, 0, changed.length));
        for (int cut = 1; cut < 4; cut++) {
            assertEquals(Fingerprint.ILLEGIBLE, Fingerprint.of(one, 0, cut));
        }
    }

    private void expect(String faults) {
        assertFalse(tally.isComplete());
        assertEquals(faults, tally.faults());
    }

    private static void tell(Tally tally, byte[] stream) {
        int[] offsets = UpdateCorpus.offsets(stream);
        for (int i = 0; i + 1 < offsets.length; i++) {
            tally.take(stream, offsets[i], offsets[i + 1]);
        }
    }

    private static int firstRouteOf(int peer) {
        int route = 0;
        while (peer > 0 && COURSE.isWanted(peer, route)) {
            route++;
        }
        return route;
    }

    private static byte[] firstUpdateOf(int peer) {
        byte[] stream = COURSE.stream(peer);
        return Arrays.copyOf(stream, UpdateCorpus.offsets(stream)[1]);
    }

    /** Returns an UPDATE that withdraws a route. */
    private static byte[] withdrawal(int route) {
        String[] text = COURSE.prefix(route).split("[./]", -1);
        int length = Integer.parseInt(text[4]);
        StringBuilder octets = new StringBuilder("%02x".formatted(length));
        for (int i = 0; i < (length + 7) / 8; i++) {
            octets.append("%02x".formatted(Integer.parseInt(text[i])));
        }
        int size = octets.length() / 2;
        return hex("%04x 02 %04x %s 0000".formatted(23 + size, size, octets));
    }

    private static byte[] hex(String afterMarker) {
        return HexFormat.of().parseHex(MARKER + afterMarker.replace(" ", ""));
    }
}
