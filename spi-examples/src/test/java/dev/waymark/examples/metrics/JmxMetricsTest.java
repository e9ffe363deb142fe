package dev.waymark.examples.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.waymark.api.PeerIdentity;
import dev.waymark.api.PeerRole;
import dev.waymark.api.net.Asn;
import dev.waymark.api.net.IpAddress;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JmxMetricsTest {
    private static final PeerIdentity NVA =
            new PeerIdentity("nva1", IpAddress.parse("10.0.0.4"), Asn.of(65001), PeerRole.NVA);

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();

    @Test
    @DisplayName("ARS-73: Azure's three numbers, by peer, peer type and instance")
    void showsNumbers() throws JMException {
        try (JmxMetrics metrics = new JmxMetrics(server)) {
            metrics.recordPeerStatus("rs0", NVA, 1);
            metrics.recordRoutesLearned("rs0", NVA, 1_000);
            metrics.recordRoutesLearned("rs0", NVA, 2_001);
            metrics.recordRoutesAdvertised("rs0", NVA, 17);
            metrics.recordPeerStatus("rs1", NVA, 0);
            ObjectName name = new ObjectName("dev.waymark:type=Peer,instance=\"rs0\",peerType=NVA,peer=\"nva1\"");
            assertEquals(1, server.getAttribute(name, "BgpPeerStatus"));
            assertEquals(2_001L, server.getAttribute(name, "CountOfRoutesLearnedFromPeer"));
            assertEquals(17L, server.getAttribute(name, "CountOfRoutesAdvertisedToPeer"));
            assertEquals("10.0.0.4", server.getAttribute(name, "PeerAddress"));
            assertEquals(
                    2, server.queryNames(new ObjectName("dev.waymark:*"), null).size());
        }
        assertEquals(Set.of(), server.queryNames(new ObjectName("dev.waymark:*"), null));
    }

    @Test
    @DisplayName("two servers of one name are refused, with the way out")
    void refusesSameName() {
        new JmxMetrics(server).recordPeerStatus("rs0", NVA, 1);
        JmxMetrics second = new JmxMetrics(server);
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> second.recordPeerStatus("rs0", NVA, 1));
        assertEquals("two servers have the name rs0; give each its own", refused.getMessage());
    }
}
