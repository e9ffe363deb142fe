package dev.waymark.api;

/**
 * What leaves the server, and how (SEMANTICS F). Immutable.
 *
 * @param prependLocalAs whether the own AS number is prepended towards external peers, against RFC 7947 2.2.2 (ARS-50)
 * @param nextHopSelf whether the instance's address replaces the next hop towards external peers (ARS-56)
 * @param honourNoExport whether NO_EXPORT keeps a route from external peers (RFC 1997); Azure passes it on (ARS-51)
 * @param branchToBranch whether NVAs and gateways exchange routes (ARS-52)
 */
public record ExportSettings(
        boolean prependLocalAs, boolean nextHopSelf, boolean honourNoExport, boolean branchToBranch) {

    /** Returns Azure's: attributes intact, NO_EXPORT passed on, branch-to-branch off. */
    public static ExportSettings azure() {
        return new ExportSettings(false, false, false, false);
    }

    /** Returns a transparent route server's (RFC 7947) that honours NO_EXPORT. */
    public static ExportSettings standard() {
        return new ExportSettings(false, false, true, false);
    }

    /** Returns these settings with another {@code prependLocalAs}. */
    public ExportSettings withPrependLocalAs(boolean value) {
        return new ExportSettings(value, nextHopSelf, honourNoExport, branchToBranch);
    }

    /** Returns these settings with another {@code nextHopSelf}. */
    public ExportSettings withNextHopSelf(boolean value) {
        return new ExportSettings(prependLocalAs, value, honourNoExport, branchToBranch);
    }

    /** Returns these settings with another {@code honourNoExport}. */
    public ExportSettings withHonourNoExport(boolean value) {
        return new ExportSettings(prependLocalAs, nextHopSelf, value, branchToBranch);
    }

    /** Returns these settings with another {@code branchToBranch}. */
    public ExportSettings withBranchToBranch(boolean value) {
        return new ExportSettings(prependLocalAs, nextHopSelf, honourNoExport, value);
    }
}
