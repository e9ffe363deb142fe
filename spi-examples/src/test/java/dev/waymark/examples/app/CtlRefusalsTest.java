package dev.waymark.examples.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code waymark ctl} refuses, and in which words. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@ResourceLock(Resources.SYSTEM_OUT)
class CtlRefusalsTest {
    @TempDir
    private Path folder;

    private CtlRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new CtlRig(folder, CtlRig.PAIR);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @ParameterizedTest(name = "ctl {0}: exit code {1}, and {2}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "xyzzy~ 2~ Unmatched argument",
                "peer~ 2~ Which peer? `waymark ctl peers` lists them",
                "peer nva9~ 1~ there is no peer 'nva9'; there are nva1, nva2",
                "learned --prefix 10.0.0.1/8~ 2~ allowed is 10.0.0.0/8",
                "learned --longer~ 2~ --longer goes with --prefix",
                "learned --limit -1~ 2~ allowed is a whole number, 0 to",
                "learned --instance rs9~ 1~ there is no instance 'rs9'; there are rs0, rs1",
                "learned --prefix ::/0 --family ipv4-unicast~ 1~ ::/0 is no prefix of ipv4-unicast",
                "advertised~ 2~ Missing required parameter: 'PEER'",
                "reset soft nva1~ 2~ allowed is soft-in, soft-out, hard",
                "reset hard~ 2~ Give its name, or --all",
                "reset soft-in nva1 --text x~ 2~ --text goes with hard",
                "branch-to-branch maybe~ 2~ allowed is on, off",
                "preference bgp~ 2~ allowed is express-route, vpn-gateway, as-path",
                "drain~ 1~ drain wants an instance: rs0, rs1",
                "drain rs0 --after 5~ 2~ allowed is a whole number with a unit",
                "drain rs0 --after 2d~ 1~ drain.after",
                "network add 10.0.0.0/16~ 1~ is there twice",
                "peering add spoke1 10.1.2.3/16~ 2~ 10.1.2.3/16",
                "peering add spoke1 10.0.1.0/24 --next-hop 10.0.0.4~ 1~ 10.0.0.0/16",
                "peering remove spoke1~ 1~ there is no peering 'spoke1'",
                "effective nowhere~ 1~ there is no route table 'nowhere'",
                "network remove 10.7.0.0/16~ 1~ there is no network 10.7.0.0/16",
                "peer add name=nva3~ 1~ peer.nva3.address is missing; peer.nva3.asn is missing",
                "peer add name=a address=10.0.0.1 asn=65518~ 1~ reserved by Azure [ARS-12]",
                "peer add name=a address=10.0.0.1 asn=65003 colour=red~ 1~ is not a setting: allowed are name, address",
                "peer add name=a address=10.0.0.1 asn=65003 importPolicy=x~ 1~ allowed is accept-all",
                "peer add name=nva1 address=10.0.0.1 asn=65003~ 1~ nva1",
                "peer add foo~ 2~ 'foo' is no KEY=VALUE",
                "peer update nva1 holdTime=2s~ 1~ is not in 3s to",
                "peer update nva1 name=nva7~ 1~ peer.nva1.name is not a setting",
                "peer remove x~ 1~ there is no peer 'x'"
            })
    void refusals(String arguments, int code, String wanted) {
        CtlRig.Said said = rig.ctl(arguments.split(" ", -1));
        assertEquals(code, said.code(), said::toString);
        assertTrue(said.err().contains(wanted), said::toString);
        assertEquals("", said.out());
    }
}
