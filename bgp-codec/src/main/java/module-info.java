/** BGP messages, the wire codec and the session state machine. */
module dev.waymark.bgp.codec {
    requires transitive dev.waymark.api;
    requires static transitive org.jspecify;
    requires transitive io.netty.buffer;

    exports dev.waymark.bgp.message;
    exports dev.waymark.bgp.codec;
    exports dev.waymark.bgp.session;
}
