package dev.waymark.examples.metrics;

import dev.waymark.api.PeerIdentity;
import dev.waymark.spi.ServerMetrics;
import java.util.HashMap;
import java.util.Map;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Shows a server's numbers as one MBean for each peer, named
 * {@code dev.waymark:type=Peer,instance="rs0",peerType=NVA,peer="nva1"}: for jconsole, or any agent that reads JMX. Called by
 * one thread at a time. Closing it removes its MBeans.
 */
public final class JmxMetrics implements ServerMetrics, AutoCloseable {
    private final MBeanServer server;
    private final Map<ObjectName, PeerMetrics> peers = new HashMap<>();

    /** Creates a binding to an MBean server, most often {@code ManagementFactory.getPlatformMBeanServer()}. */
    public JmxMetrics(MBeanServer server) {
        this.server = server;
    }

    @Override
    public void recordPeerStatus(String instance, PeerIdentity peer, int status) {
        of(instance, peer).status(status);
    }

    @Override
    public void recordRoutesLearned(String instance, PeerIdentity peer, long routes) {
        of(instance, peer).learned(routes);
    }

    @Override
    public void recordRoutesAdvertised(String instance, PeerIdentity peer, long routes) {
        of(instance, peer).advertised(routes);
    }

    @Override
    public synchronized void close() {
        for (ObjectName name : peers.keySet()) {
            unregister(name);
        }
        peers.clear();
    }

    private synchronized PeerMetrics of(String instance, PeerIdentity peer) {
        ObjectName name = name(instance, peer);
        PeerMetrics known = peers.get(name);
        if (known != null) {
            return known;
        }
        PeerMetrics metrics = new PeerMetrics(peer);
        try {
            server.registerMBean(metrics, name);
        } catch (InstanceAlreadyExistsException e) {
            throw new IllegalStateException("two servers have the name " + instance + "; give each its own", e);
        } catch (JMException e) {
            throw new IllegalStateException("can't register " + name, e);
        }
        peers.put(name, metrics);
        return metrics;
    }

    private void unregister(ObjectName name) {
        try {
            server.unregisterMBean(name);
        } catch (JMException e) {
            throw new IllegalStateException("can't unregister " + name, e);
        }
    }

    private static ObjectName name(String instance, PeerIdentity peer) {
        try {
            return new ObjectName("dev.waymark:type=Peer,instance=" + ObjectName.quote(instance) + ",peerType="
                    + peer.role() + ",peer=" + ObjectName.quote(peer.name()));
        } catch (JMException e) {
            throw new IllegalStateException("no MBean name for " + peer.name(), e);
        }
    }
}
