package dev.waymark.examples.app;

import dev.waymark.examples.decode.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code waymark encode}. */
@Command(
        name = "encode",
        description = {
            "Writes the messages that lines of JSON stand for: the inverse of waymark decode.",
            "",
            "A line has the type and the fields that decode prints. An UPDATE is written as the server writes it: attributes "
                    + "in ascending order, withdrawals and each family in messages of their own, as few as possible. Of the "
                    + "options below those about AS numbers, message size and next hops count.%n"
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  echo '{\"type\": \"keepalive\"}' | waymark encode",
            "  waymark decode session.bgp | waymark encode --form=raw > again.bgp",
            "  waymark decode --as4=false old.hex | waymark encode --as4=true"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every line was written",
            "2:the command line is wrong, or a line could not be written; the others were"
        })
final class EncodeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Files to read; - or none: standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--form",
            defaultValue = "hex",
            paramLabel = "FORM",
            description =
                    "hex: a message a line; json: lines with id and hex; raw: the octets. Default: ${DEFAULT-VALUE}")
    private Encoding.Form form;

    @Override
    public Integer call() {
        Encoding encoding = new Encoding(ContextOptions.read(spec), form, DecodeCommand.bufferedOutput(), System.err);
        Inputs.readAll(files, spec, encoding::read);
        return encoding.hasErrors() ? ServeCommand.WRONG : ServeCommand.OK;
    }
}
