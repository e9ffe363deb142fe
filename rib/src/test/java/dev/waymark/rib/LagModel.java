package dev.waymark.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;

/** One member with the plain truth of what it was sent beside its {@link MemberLag}. */
final class LagModel {
    final int slot;
    private final int rows;
    final MemberLag lag;
    /** By row: the attributes that the member was sent last, 0 if none or withdrawn. */
    final int[] sent;

    boolean open = true;
    /** Rows that must be told before the dump may end. */
    private final BitSet dumping = new BitSet();

    private GroupRib group;

    LagModel(int slot, GroupRib group, int rows) {
        this.slot = slot;
        this.rows = rows;
        this.group = group;
        this.lag = new MemberLag(slot, group);
        this.sent = new int[rows];
    }

    void join() {
        Arrays.fill(sent, 0);
        lag.join(rows);
        dumping.clear();
        for (int row = 0; row < rows; row++) {
            dumping.set(row, group.sentTo(slot, row) != 0);
        }
    }

    void refresh() {
        lag.refresh(rows);
        for (int row = 0; row < rows; row++) {
            dumping.set(row, dumping.get(row) || sent[row] != 0);
        }
    }

    void moveTo(GroupRib other) {
        lag.moveTo(other, rows);
        group = other;
    }

    boolean isIn(GroupRib other) {
        return group == other;
    }

    /** One change of a flush, as the engine handles it. */
    void flushed(GroupChanges changes, int index) {
        int row = changes.row(index);
        int before = changes.before(index, slot);
        int after = changes.after(index, slot);
        if (!open) {
            lag.missed(row, before, after);
        } else if (after != 0) {
            if (!lag.isLive()) {
                lag.announced(row, before);
            }
            deliver(row, after);
        } else if (lag.isLive() ? before != 0 : lag.withdraws(row, before)) {
            assertNotEquals(0, sent[row], "withdrawn without having been sent");
            deliver(row, 0);
        } else {
            dumping.clear(row);
        }
    }

    /** Spends spare window on what is owed. */
    void drain(int most) {
        for (int i = 0; i < most && open; i++) {
            int row = lag.nextOwed();
            if (row < 0) {
                break;
            }
            int owed = lag.take(row);
            if (owed == MemberLag.WITHDRAW) {
                assertNotEquals(0, sent[row], "withdrawn without having been sent");
                deliver(row, 0);
            } else if (owed == MemberLag.NOTHING) {
                assertEquals(0, sent[row]);
                dumping.clear(row);
            } else {
                deliver(row, owed);
            }
            endDumpIfComplete();
        }
        endDumpIfComplete();
    }

    void assertInvariant() {
        int held = 0;
        for (int row = 0; row < rows; row++) {
            held += sent[row] != 0 ? 1 : 0;
            if (lag.owes(row)) {
                assertFalse(lag.isLive());
            } else {
                assertEquals(group.sentTo(slot, row), sent[row], "row " + row + " of slot " + slot);
            }
        }
        assertEquals(held, lag.held(), "Adj-RIB-Out of slot " + slot);
        if (lag.isLive()) {
            assertEquals(0, lag.octets());
        }
    }

    void assertCaughtUp() {
        open = true;
        drain(Integer.MAX_VALUE);
        assertTrue(lag.isLive());
        assertEquals(MemberState.LIVE, lag.state(true));
        assertInvariant();
    }

    private void deliver(int row, int attributes) {
        sent[row] = attributes;
        dumping.clear(row);
    }

    private void endDumpIfComplete() {
        if (lag.isDumpComplete()) {
            assertTrue(dumping.isEmpty(), () -> "dump ended without " + dumping);
            lag.endDump();
        }
    }
}
