package dev.waymark.examples.interop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Captures BGP in a namespace, and tells afterwards what was there, in Wireshark's words. */
final class Tshark implements AutoCloseable {
    private final Path file;
    private final DaemonProcess process;

    /** A NOTIFICATION or a ROUTE-REFRESH. */
    record Message(String from, String to, int type, String code, String subcode) {
        static final int NOTIFICATION = 3;
        static final int ROUTE_REFRESH = 5;
    }

    private Tshark(Path file, DaemonProcess process) {
        this.file = file;
        this.process = process;
    }

    /** Starts a capture, and returns when it runs. */
    static Tshark start(NetworkNamespace namespace, Path folder) {
        Path file = folder.resolve("bgp.pcapng");
        DaemonProcess process = namespace.start(
                folder,
                List.of(Programs.path("tshark"), "-i", "lo", "-f", "tcp port 179", "-q", "-w", file.toString()));
        try {
            process.awaitLog("Capture started");
        } catch (AssertionError e) {
            process.close();
            throw e;
        }
        return new Tshark(file, process);
    }

    /** Ends the capture and returns all NOTIFICATIONs and ROUTE-REFRESHes in it, in order. */
    List<Message> end() {
        process.close();
        String text = Programs.run(
                "tshark",
                "-r",
                file.toString(),
                "-Y",
                "bgp.type == 3 || bgp.type == 5",
                "-T",
                "fields",
                "-E",
                "separator=;",
                "-e",
                "ip.src",
                "-e",
                "ip.dst",
                "-e",
                "bgp.type",
                "-e",
                "bgp.notify.major_error",
                "-e",
                "bgp.notify.minor_error_cease");
        return text.lines()
                .filter(line -> line.indexOf(';') > 0)
                .flatMap(Tshark::messages)
                .toList();
    }

    /** A segment may have several messages, whose types are listed; only one of them can be a NOTIFICATION. */
    private static Stream<Message> messages(String line) {
        String[] fields = line.split(";", -1);
        List<Message> messages = new ArrayList<>();
        for (String type : fields[2].split(",", -1)) {
            int number = Integer.parseInt(type);
            if (number == Message.NOTIFICATION) {
                messages.add(new Message(fields[0], fields[1], number, fields[3], fields[4]));
            } else if (number == Message.ROUTE_REFRESH) {
                messages.add(new Message(fields[0], fields[1], number, "", ""));
            }
        }
        return messages.stream();
    }

    @Override
    public void close() {
        process.close();
    }
}
