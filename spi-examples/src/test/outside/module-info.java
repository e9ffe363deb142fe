module outside.host {
    requires dev.waymark.rib;

    provides dev.waymark.spi.RouteSinkProvider with
            outside.OutsideSinkProvider;
    provides dev.waymark.spi.TransportProvider with
            outside.OutsideTransportProvider;
}
