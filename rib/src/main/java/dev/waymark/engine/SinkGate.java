package dev.waymark.engine;

import dev.waymark.rib.Bitmap;
import dev.waymark.rib.PrefixTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a sink of one route table see the programmed routes while the table is programmed, and none else (ARS-42). Confined to
 * the owner of the rows.
 */
final class SinkGate {
    private final String table;
    private boolean isOpen;

    SinkGate(String table, boolean isOpen) {
        this.table = table;
        this.isOpen = isOpen;
    }

    String table() {
        return table;
    }

    /** Opens or closes; returns whether it was the other way before. */
    boolean set(boolean open) {
        boolean isChanged = isOpen != open;
        isOpen = open;
        return isChanged;
    }

    boolean isOpen() {
        return isOpen;
    }

    /** Returns these rows as they are seen through the gate. */
    List<SinkRows> around(List<? extends SinkRows> families) {
        List<SinkRows> gated = new ArrayList<>();
        for (SinkRows rows : families) {
            gated.add(new GatedRows(rows));
        }
        return gated;
    }

    private final class GatedRows implements SinkRows {
        private final SinkRows rows;

        GatedRows(SinkRows rows) {
            this.rows = rows;
        }

        @Override
        public PrefixTable prefixes() {
            return rows.prefixes();
        }

        @Override
        public int nextHops(int row) {
            return isOpen ? rows.nextHops(row) : 0;
        }

        @Override
        public Bitmap maybeFree() {
            return rows.maybeFree();
        }
    }
}
