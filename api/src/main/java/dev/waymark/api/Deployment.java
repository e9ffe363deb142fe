package dev.waymark.api;

import dev.waymark.api.net.AddressFamily;
import dev.waymark.api.net.IpPrefix;

/**
 * Where a route server is deployed, for hosts that have such notions (ARS-5): the virtual network and the dedicated subnet. A
 * configuration without it is not checked for any of this. Immutable.
 *
 * @param virtualNetwork what the host calls the virtual network, not blank; one route server for each, see {@link
 *     DeploymentRegistry}
 * @param subnetName the name of the dedicated subnet
 * @param subnet its address range
 * @param hasRouteTable whether a user-defined route table is associated with it
 * @param hasSecurityGroup whether a network security group is associated with it
 * @param isConnectedToHub whether the virtual network is a spoke that is connected to a Virtual WAN hub
 */
public record Deployment(
        String virtualNetwork,
        String subnetName,
        IpPrefix subnet,
        boolean hasRouteTable,
        boolean hasSecurityGroup,
        boolean isConnectedToHub) {

    /** The name that the dedicated subnet must have. */
    public static final String SUBNET_NAME = "RouteServerSubnet";

    private static final String RULE = "ARS-5";
    private static final int LONGEST_IPV4 = 26;

    /** Checks that the virtual network has a name; all else is checked when a configuration is built. */
    public Deployment {
        Checks.require(!virtualNetwork.isBlank(), "deployment.virtualNetwork", "is blank", RULE);
    }

    /** Returns a deployment in a subnet of the right name that nothing is associated with, in a network without a hub. */
    public static Deployment of(String virtualNetwork, IpPrefix subnet) {
        return new Deployment(virtualNetwork, SUBNET_NAME, subnet, false, false, false);
    }

    /** Returns this deployment in a subnet of another name. */
    public Deployment withSubnetName(String value) {
        return new Deployment(virtualNetwork, value, subnet, hasRouteTable, hasSecurityGroup, isConnectedToHub);
    }

    /** Returns this deployment with another {@code hasRouteTable}. */
    public Deployment withRouteTable(boolean value) {
        return new Deployment(virtualNetwork, subnetName, subnet, value, hasSecurityGroup, isConnectedToHub);
    }

    /** Returns this deployment with another {@code hasSecurityGroup}. */
    public Deployment withSecurityGroup(boolean value) {
        return new Deployment(virtualNetwork, subnetName, subnet, hasRouteTable, value, isConnectedToHub);
    }

    /** Returns this deployment with another {@code isConnectedToHub}. */
    public Deployment withConnectedToHub(boolean value) {
        return new Deployment(virtualNetwork, subnetName, subnet, hasRouteTable, hasSecurityGroup, value);
    }

    /** Throws the first rule that is broken, as a {@link ConfigurationException}. */
    void check() {
        Checks.require(
                subnetName.equals(SUBNET_NAME),
                "deployment.subnetName",
                "'" + subnetName + "' is not " + SUBNET_NAME,
                RULE);
        Checks.require(
                subnet.family() != AddressFamily.IPV4_UNICAST || subnet.length() <= LONGEST_IPV4,
                "deployment.subnet",
                subnet + " is too small; /" + LONGEST_IPV4 + " or larger is needed",
                RULE);
        Checks.require(
                !hasRouteTable,
                "deployment.hasRouteTable",
                "a user-defined route table can't be associated with " + SUBNET_NAME,
                RULE);
        Checks.require(
                !hasSecurityGroup,
                "deployment.hasSecurityGroup",
                "a network security group can't be associated with " + SUBNET_NAME,
                RULE);
        Checks.require(
                !isConnectedToHub,
                "deployment.isConnectedToHub",
                "a route server can't be in a virtual network that is connected to a Virtual WAN hub",
                RULE);
    }
}
