package dev.waymark.examples.app;

import dev.waymark.examples.decode.DecodeContext;
import dev.waymark.examples.decode.Decoding;
import dev.waymark.examples.decode.Paint;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code waymark decode}. */
@Command(
        name = "decode",
        description = {
            "Says what the server would make of BGP messages: one line of JSON for each, in order.",
            "",
            "Each message is judged by itself, by the classes that sessions use, the state machine included. Its outcome is "
                    + "accept, ignore, attribute-discard, treat-as-withdraw, session-reset (with code and subcode) or close. "
                    + "An UPDATE has what it announces and withdraws after that outcome, and the attributes as they would be "
                    + "passed on; an OPEN has every capability.",
            "",
            "Input is one of: hexadecimal, a message a line; BGP messages as octets, one after another; lines of JSON "
                    + "such as {\"id\": 1, \"hex\": \"ffff...\", \"context\": {\"state\": \"OpenSent\", \"peer_as\": 65001}}. A "
                    + "context has the names of the options below with _ for -, and wins over them. Empty lines and lines "
                    + "that begin with # are left out.",
            "",
            "What is no message (not hexadecimal, incomplete, a wrong context) is said on standard error with its line, and "
                    + "in the output as {\"id\": ..., \"error\": ...}; the rest is decoded, and the exit code is 2.%n"
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  echo ffffffffffffffffffffffffffffffff001304 | waymark decode",
            "  waymark decode --pretty --as4=false message.hex",
            "  waymark decode --peer-as=65001 --local-addr=192.0.2.1 session.bgp | jq .outcome",
            "  waymark decode session.bgp | waymark encode"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every message was judged, whatever came out",
            "2:the command line is wrong, or something was no message"
        })
final class DecodeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Files to read; - or none: standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = {"-p", "--pretty"},
            description =
                    "Print for people: octets beside their meaning, in colours on a terminal unless NO_COLOR is set.")
    private boolean isPretty;

    @Override
    public Integer call() {
        DecodeContext context = ContextOptions.read(spec);
        PrintStream out = bufferedOutput();
        Paint paint = Terminal.takesColours() ? Paint.COLOURED : Paint.PLAIN;
        Decoding decoding =
                isPretty ? Decoding.pretty(context, out, System.err, paint) : new Decoding(context, out, System.err);
        Inputs.readAll(files, spec, decoding::read);
        return decoding.hasErrors() ? ServeCommand.WRONG : ServeCommand.OK;
    }

    /** Standard output writes each line by itself, which is slow for many. Its errors are seen, as of {@code | head}. */
    static PrintStream bufferedOutput() {
        PrintStream target = System.out;
        return new PrintStream(new BufferedOutputStream(target, 1 << 16), false, StandardCharsets.UTF_8) {
            @Override
            public boolean checkError() {
                return super.checkError() || target.checkError();
            }
        };
    }
}
