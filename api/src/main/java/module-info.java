/** The API that hosts call and the SPIs that they implement. */
module dev.waymark.api {
    requires static transitive org.jspecify;

    exports dev.waymark.api;
    exports dev.waymark.api.net;
    exports dev.waymark.api.route;
    exports dev.waymark.spi;
}
