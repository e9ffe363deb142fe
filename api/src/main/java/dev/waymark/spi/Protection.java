package dev.waymark.spi;

/** What guards a peer's connection below BGP. The transport does it; secrets are the transport's too. */
public enum Protection {
    /** Plain TCP. */
    NONE,
    /** TCP MD5 signature option (RFC 2385). */
    TCP_MD5,
    /** TCP Authentication Option (RFC 5925). */
    TCP_AO,
    /** TLS. */
    TLS
}
