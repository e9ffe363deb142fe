package dev.waymark.examples.interop;

import java.nio.file.Path;
import java.util.List;

/**
 * Who a daemon of the whole picture is: it has an address in the namespace, and a session with each of the two instances.
 *
 * @param name what the route server calls it
 * @param address its address, its BGP identifier, and the next hop of all that it announces
 * @param asn its AS number
 * @param folder its files
 * @param namespace where it runs
 * @param instances the addresses of the two instances
 * @param routes what it announces; as an internal peer, whole paths
 */
record Party(
        String name,
        String address,
        long asn,
        Path folder,
        NetworkNamespace namespace,
        List<String> instances,
        List<SentRoute> routes) {
    static final int PORT = 179;

    Party {
        instances = List.copyOf(instances);
        routes = List.copyOf(routes);
    }

    boolean isInternal() {
        return asn == Site.SERVER_ASN;
    }

    /** A running daemon. */
    interface Daemon extends AutoCloseable {
        Party party();

        void start();

        DaemonProcess process();

        /** Returns what it has from an instance, 0 or 1. */
        List<SeenRoute> seen(int instance);

        @Override
        void close();
    }
}
