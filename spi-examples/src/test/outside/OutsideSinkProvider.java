package outside;

import dev.waymark.api.route.RouteBatch;
import dev.waymark.spi.RouteSink;
import dev.waymark.spi.RouteSinkProvider;
import dev.waymark.spi.SpiContext;
import java.util.concurrent.CountDownLatch;

public final class OutsideSinkProvider implements RouteSinkProvider {
    static final CountDownLatch SYNCHRONIZED = new CountDownLatch(1);

    public OutsideSinkProvider() {}

    @Override
    public String name() {
        return "outside";
    }

    @Override
    public RouteSink create(SpiContext context) {
        return new RouteSink() {
            @Override
            public void snapshotBegin(long revision) {}

            @Override
            public void snapshotPage(RouteBatch page) {}

            @Override
            public void snapshotEnd(long revision) {
                SYNCHRONIZED.countDown();
            }

            @Override
            public void onChanges(RouteBatch changes) {}
        };
    }
}
