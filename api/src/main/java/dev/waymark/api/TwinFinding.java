package dev.waymark.api;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;
import java.util.List;

/** Something that a {@link RouteServerPair} lacks to survive the loss of an instance or of an NVA (ARS-3). Immutable. */
public sealed interface TwinFinding {
    /** Returns what was found, to switch on. */
    Kind kind();

    /** Returns the peer that it is about. */
    PeerIdentity peer();

    /** The kinds of findings. */
    enum Kind {
        /** See {@link OneInstanceOnly}. */
        ONE_INSTANCE_ONLY,
        /** See {@link RoutesDiffer}. */
        ROUTES_DIFFER,
        /** See {@link SingleNva}. */
        SINGLE_NVA
    }

    /**
     * A peer has a session with one instance only.
     *
     * @param peer the peer
     * @param up the instance that it has a session with
     * @param down the instance that it has none with, which may be stopped
     */
    record OneInstanceOnly(PeerIdentity peer, InstanceConfig up, InstanceConfig down) implements TwinFinding {
        @Override
        public Kind kind() {
            return Kind.ONE_INSTANCE_ONLY;
        }
    }

    /**
     * A peer does not send both instances the same.
     *
     * @param peer the peer
     * @param family the family
     * @param onlyOnFirst the prefixes that only the first instance is sent
     * @param onlyOnSecond the prefixes that only the second instance is sent
     * @param otherPath the prefixes that both are sent, with different AS paths
     */
    record RoutesDiffer(
            PeerIdentity peer, AddressFamily family, Prefixes onlyOnFirst, Prefixes onlyOnSecond, Prefixes otherPath)
            implements TwinFinding {
        @Override
        public Kind kind() {
            return Kind.ROUTES_DIFFER;
        }
    }

    /**
     * Only this NVA provides some prefixes, on either instance; two are recommended.
     *
     * @param peer the NVA
     * @param family the family
     * @param prefixes the accepted prefixes that no other NVA provides
     */
    record SingleNva(PeerIdentity peer, AddressFamily family, Prefixes prefixes) implements TwinFinding {
        @Override
        public Kind kind() {
            return Kind.SINGLE_NVA;
        }
    }

    /**
     * Prefixes, counted and sampled.
     *
     * @param count how many there are
     * @param sample the first few, at most {@link #SAMPLE}
     */
    record Prefixes(long count, List<IpPrefix> sample) {
        /** The most prefixes in a sample. */
        public static final int SAMPLE = 10;

        /** Copies the list. */
        public Prefixes {
            sample = List.copyOf(sample);
        }
    }
}
