package dev.waymark.examples.app;

import dev.waymark.examples.decode.ContextKey;
import dev.waymark.examples.decode.DecodeContext;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The options that say what session a message came on: one for each key of a context. Stateless. */
final class ContextOptions {
    private ContextOptions() {}

    /** Adds the options to a command. */
    static void addTo(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        for (ContextKey key : ContextKey.values()) {
            OptionSpec.Builder option = OptionSpec.builder(key.optionName())
                    .type(String.class)
                    .paramLabel(key.label())
                    .description(key.description());
            spec.addOption((key.isFlag() ? option.arity("0..1").fallbackValue("true") : option.arity("1")).build());
        }
    }

    /** Returns the context that the options give. */
    static DecodeContext read(CommandSpec spec) {
        DecodeContext context = DecodeContext.empty();
        for (ContextKey key : ContextKey.values()) {
            String text = spec.findOption(key.optionName()).getValue();
            if (text == null) {
                continue;
            }
            try {
                context = context.with(key, text);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), key.optionName() + ": " + e.getMessage(), e);
            }
        }
        return context;
    }
}
