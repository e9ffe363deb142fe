package dev.waymark.benchmarks.race;

import dev.waymark.benchmarks.CorpusPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * Where a heat takes place: the server on 127.1.0.1 with a port that is free, the peers on 127.2.0.1 and so on. Linux has all of
 * 127.0.0.0/8 without being asked.
 *
 * @param server where the server has to listen
 * @param peers how many peers it has
 * @param folder for the server's configuration and output
 */
record Ground(InetSocketAddress server, int peers, Path folder) {
    /** The server's AS number. */
    static final int ASN = 65_000;

    /** Finds a port. */
    static Ground of(int peers, Path folder) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, address(1, 1))) {
            return new Ground(new InetSocketAddress(free.getInetAddress(), free.getLocalPort()), peers, folder);
        }
    }

    /** Returns the server's address as text. */
    String host() {
        return server.getAddress().getHostAddress();
    }

    /** Returns where a peer comes from, with any port. */
    static InetSocketAddress peer(int index) {
        return new InetSocketAddress(address(2, index + 1), 0);
    }

    /** Returns a peer's address as text. */
    static String peerHost(int index) {
        return peer(index).getAddress().getHostAddress();
    }

    /** Returns a peer's AS number. */
    static int peerAsn(int index) {
        return CorpusPeer.of(index).asn();
    }

    private static InetAddress address(int net, int host) {
        try {
            return InetAddress.getByAddress(new byte[] {127, (byte) net, 0, (byte) host});
        } catch (UnknownHostException e) {
            throw new AssertionError(e); // four octets are an address
        }
    }
}
