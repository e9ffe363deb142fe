package outside;

import dev.waymark.spi.ConnectTarget;
import dev.waymark.spi.ConnectionAcceptor;
import dev.waymark.spi.ConnectionListener;
import dev.waymark.spi.ListeningPort;
import dev.waymark.spi.SpiContext;
import dev.waymark.spi.Transport;
import dev.waymark.spi.TransportProvider;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A transport on which nobody can be reached. */
public final class OutsideTransportProvider implements TransportProvider {
    public OutsideTransportProvider() {}

    @Override
    public String name() {
        return "outside";
    }

    @Override
    public Transport create(SpiContext context) {
        return new Transport() {
            @Override
            public ListeningPort listen(InetSocketAddress local, ConnectionAcceptor acceptor) throws IOException {
                throw new IOException("can't bind " + local);
            }

            @Override
            public void connect(ConnectTarget target, ConnectionListener listener) {
                listener.onClosed(null, new IOException("unreachable"));
            }

            @Override
            public void close() {}
        };
    }
}
