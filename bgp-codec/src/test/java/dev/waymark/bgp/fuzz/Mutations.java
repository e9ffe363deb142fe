package dev.waymark.bgp.fuzz;

import java.util.Random;

/** Damages inputs by chance. */
public final class Mutations {
    private static final int[] LENGTHS = {0, 1, 2, 3, 4, 127, 128, 255};

    private Mutations() {}

    /** Changes a few octets, or the length of a part, from an index on. */
    public static byte[] mutate(byte[] original, int from, Random random) {
        byte[] changed = original.clone();
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            if (changed.length == 0) {
                changed = new byte[1];
            }
            int at = from + random.nextInt(Math.max(1, changed.length - from));
            int last = Math.min(at, changed.length - 1);
            int end = Math.min(at, changed.length);
            switch (random.nextInt(6)) {
                case 0 -> changed[last] = (byte) random.nextInt(256);
                case 1 -> changed[last] ^= (byte) (1 << random.nextInt(8));
                case 2 -> changed[last] += (byte) (random.nextBoolean() ? 1 : -1);
                case 3 -> changed = splice(changed, end, new byte[0], random.nextInt(6));
                case 4 -> {
                    byte[] more = new byte[1 + random.nextInt(8)];
                    random.nextBytes(more);
                    changed = splice(changed, end, more, 0);
                }
                default -> changed[last] = (byte) LENGTHS[random.nextInt(LENGTHS.length)];
            }
        }
        return changed;
    }

    private static byte[] splice(byte[] message, int at, byte[] inserted, int removed) {
        int rest = Math.max(at, Math.min(message.length, at + removed));
        byte[] result = new byte[at + inserted.length + message.length - rest];
        System.arraycopy(message, 0, result, 0, at);
        System.arraycopy(inserted, 0, result, at, inserted.length);
        System.arraycopy(message, rest, result, at + inserted.length, message.length - rest);
        return result;
    }
}
