package dev.waymark.rib;

import dev.waymark.api.LimitAction;
import dev.waymark.api.SendLimit;

/**
 * The cap on what one peer is sent of one address family (ARS-55), beside the {@link GroupRib} that says what it is sent. Rows
 * that are new to the peer are held back at the limit and wait; a row that it holds may always change.
 *
 * <p>The peer itself never holds more than the limit, not even between two messages: a withdrawal makes room only once it is
 * flushed and the peer owes nothing ({@link #settle}). So the order in which one change takes a route away and brings another
 * doesn't matter. A row that comes while others wait doesn't overtake them.
 *
 * <p>Confined to the engine loop.
 */
public final class SendCap {
    private final int limit;
    private final LimitAction action;
    private final long warningAt;
    private final RowQueue waiting = new RowQueue();
    private int leaving;
    private boolean isWarned;
    private boolean isExceeded;
    private boolean owesClear;

    /** Makes a cap under which nothing waits. */
    public SendCap(SendLimit limit) {
        this.limit = limit.routes();
        this.action = limit.action();
        this.warningAt = Math.max(1, ((long) limit.routes() * limit.warningPercent() + 99) / 100);
    }

    /** Returns the limit. */
    public int limit() {
        return limit;
    }

    /** Returns what happens to what is over the limit. */
    public LimitAction action() {
        return action;
    }

    /**
     * Tells whether the peer may be sent something for a row. Changes nothing.
     *
     * @param isHeld whether it is sent something for the row now
     * @param held how many rows it is sent something for
     */
    public boolean permits(int row, boolean isHeld, int held) {
        if (action == LimitAction.WARN) {
            return true;
        }
        if (isHeld) {
            return held <= limit || action == LimitAction.TEAR_DOWN; // the limit was lowered: what is over it goes
        }
        int room = limit - held - leaving;
        int others = waiting.size() - (waiting.contains(row) ? 1 : 0);
        return room > 0 && (room > others || waiting.first() == row);
    }

    /**
     * Returns how many paths of a row the peer may be sent where it takes several (RFC 7911), each of which is a route. Changes nothing.
     *
     * @param wanted how many there are for it
     * @param heldOfRow how many of the row it is sent now
     * @param held how many it is sent of all rows
     */
    public int permitted(int row, int wanted, int heldOfRow, int held) {
        if (action == LimitAction.WARN) {
            return wanted;
        }
        boolean mustGo = held > limit && action != LimitAction.TEAR_DOWN; // the limit was lowered: what is over it goes
        int kept = mustGo ? Math.max(0, heldOfRow - (held - limit)) : heldOfRow;
        int room = limit - held - leaving;
        int others = waiting.size() - (waiting.contains(row) ? 1 : 0);
        int more = waiting.first() == row ? room : room - others;
        return Math.min(wanted, kept + Math.max(0, more));
    }

    /**
     * Notes what became of a row of which the peer may be sent several paths.
     *
     * @param before how many it was sent
     * @param after how many it is sent now
     * @param isRefused whether there are more, to which {@link #permitted} said no
     */
    public void stored(int row, int before, int after, boolean isRefused) {
        leaving += Math.max(0, before - after);
        setWaiting(row, isRefused);
    }

    /**
     * Notes what became of a row.
     *
     * @param wasHeld whether the peer was sent something for it before
     * @param isHeld whether it is now
     * @param isRefused whether it is not because {@link #permits} said so
     */
    public void stored(int row, boolean wasHeld, boolean isHeld, boolean isRefused) {
        if (wasHeld && !isHeld) {
            leaving++;
        }
        setWaiting(row, isRefused);
    }

    private void setWaiting(int row, boolean isRefused) {
        if (isRefused) {
            waiting.add(row);
        } else {
            waiting.remove(row);
        }
    }

    /** Begins with a peer that was sent something already and is owed rows: it may hold as many more until it is told. */
    public void begin(int owed) {
        leaving = owed;
    }

    /** All withdrawals so far are on their way, before anything else: their room can be used. */
    public void settle() {
        leaving = 0;
    }

    /** Tells whether a row waits. */
    public boolean isWaiting(int row) {
        return waiting.contains(row);
    }

    /** Returns how many rows wait. */
    public int waiting() {
        return waiting.size();
    }

    /** Returns the row that has waited longest, or -1. */
    public int firstWaiting() {
        return waiting.first();
    }

    /** Returns the row that came to wait after one that waits, or -1. */
    public int nextWaiting(int row) {
        return waiting.next(row);
    }

    /** Returns how many of the waiting rows can be sent now. */
    public int room(int held) {
        return Math.min(waiting.size(), Math.max(0, limit - held - leaving));
    }

    /** Tells whether there is more to send than the limit allows, however much of it is sent. */
    public boolean isOver(int held) {
        return held > limit || (held == limit && waiting.size() > 0);
    }

    /** Notes how much is sent; returns whether the warning level was reached since the last time it was not. */
    public boolean crossesWarning(int held) {
        boolean was = isWarned;
        isWarned = held + waiting.size() >= warningAt;
        return isWarned && !was;
    }

    /** Notes whether the limit is passed; returns whether that is news. */
    public boolean turnsExceeded(boolean now) {
        boolean was = isExceeded;
        isExceeded = now;
        return was != now;
    }

    /** Takes the place of another cap: if that was exceeded and this is not, it has to be told. */
    public void inherit(SendCap before) {
        owesClear = before.isExceeded || before.owesClear;
    }

    /** Returns whether it has to be told that the limit that was passed was another one; once. */
    public boolean takesOwedClear() {
        boolean was = owesClear;
        owesClear = false;
        return was;
    }

    /** Tells whether the limit was passed when that was last noted. */
    public boolean isExceeded() {
        return isExceeded;
    }
}
