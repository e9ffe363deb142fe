package dev.waymark.benchmarks;

/**
 * Who announces a corpus.
 *
 * @param asn its AS number, which every AS_PATH begins with
 * @param address its IPv4 address, which is every next hop
 */
public record CorpusPeer(int asn, int address) {
    private static final int FIRST_ASN = 64_512;
    private static final int FIRST_ADDRESS = 0x0a63_0101; // 10.99.1.1

    /**
     * Returns one of many peers.
     *
     * @param index 0 to 99
     */
    public static CorpusPeer of(int index) {
        return new CorpusPeer(FIRST_ASN + index, FIRST_ADDRESS + index);
    }
}
